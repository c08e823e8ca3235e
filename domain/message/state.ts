import { lastStateOf, stateOf } from "../core/decider.ts";
import type { MessageSent, MessagesErased, MessagesRead } from "./events.ts";

/** Whom a message went from and to; null where there is no such message. */
export type Route = Pick<MessageSent["data"], "senderId" | "receiverId"> | null;

export const messageRoute = (messageId: number) =>
  stateOf(`message-${messageId}`, {
    initial: null as Route,
    evolve: (_: Route, { data: { senderId, receiverId } }: MessageSent): Route => ({
      senderId,
      receiverId,
    }),
  });

/** The last message that a reader has seen of a sender; 0 before the first. */
export const readCursor = (readerId: number, senderId: number) =>
  lastStateOf(`read-${readerId}-${senderId}`, {
    initial: 0,
    evolve: (_: number, event: MessagesRead): number => event.data.upTo,
  });

/** The last of a sender's messages to somebody that is erased; 0 before the first. */
export const erasedCursor = (senderId: number, receiverId: number) =>
  lastStateOf(`erased-${senderId}-${receiverId}`, {
    initial: 0,
    evolve: (_: number, event: MessagesErased): number => event.data.upTo,
  });
