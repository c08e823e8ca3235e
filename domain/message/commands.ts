import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { invalid, notFound, refused } from "../core/errors.ts";
import type { MessageSent, MessagesRead } from "./events.ts";
import { messageRoute, readCursor } from "./state.ts";

export interface SendMessage {
  readonly by: number;
  readonly receiverId: number;
  readonly content: string;
}

export const sendMessage = command({
  streams: ({ by, receiverId }: SendMessage) => ({
    senderExists: userExists(by),
    receiverExists: userExists(receiverId),
  }),
  decide(
    { by, receiverId, content },
    { senderExists, receiverExists },
    { id },
  ): MessageSent[] {
    if (by === receiverId) throw refused("You cannot write to yourself");
    if (!senderExists) throw notFound("User");
    if (!receiverExists) throw notFound("Receiver");
    if (content.trim() === "") throw invalid("Must not be empty", "content");
    return [{
      type: "MessageSent",
      data: { messageId: id("message"), senderId: by, receiverId, content },
    }];
  },
  result: ([sent]) => ({ messageId: sent!.data.messageId }),
});

export interface MarkMessagesRead {
  readonly by: number;
  readonly senderId: number;
  /** The last message of the sender that is read; all before it are read too. */
  readonly upTo: number;
}

/** One fact for any number of messages, so that catching up costs the same after one or 100,000. */
export const markMessagesRead = command({
  streams: ({ by, senderId, upTo }: MarkMessagesRead) => ({
    message: messageRoute(upTo),
    cursor: readCursor(by, senderId),
  }),
  decide({ by, senderId, upTo }, { message, cursor }): MessagesRead[] {
    if (message?.senderId !== senderId || message.receiverId !== by) throw notFound("Message");
    if (upTo <= cursor) return [];
    return [{ type: "MessagesRead", data: { readerId: by, senderId, upTo } }];
  },
  result: () => null,
});
