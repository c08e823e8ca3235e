import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { invalid, notFound, refused } from "../core/errors.ts";
import { dataOf } from "../core/event.ts";
import { attach, requireAttachable } from "../media/attach.ts";
import type { MediaAttached } from "../media/events.ts";
import { mediaStates } from "../media/state.ts";
import type { MessageSent, MessagesErased, MessagesRead } from "./events.ts";
import { erasedCursor, messageRoute, readCursor } from "./state.ts";

export interface SendMessage {
  readonly by: number;
  readonly receiverId: number;
  readonly content: string;
  /** A picture that the sender uploaded. */
  readonly media?: number | undefined;
}

export const sendMessage = command({
  streams: ({ by, receiverId, media }: SendMessage) => ({
    senderExists: userExists(by),
    receiverExists: userExists(receiverId),
    ...mediaStates(media === undefined ? [] : [media]),
  }),
  decide(
    { by, receiverId, content, media },
    { senderExists, receiverExists, ...states },
    { id },
  ): (MessageSent | MediaAttached)[] {
    if (by === receiverId) throw refused("You cannot write to yourself");
    if (!senderExists) throw notFound("User");
    if (!receiverExists) throw notFound("Receiver");
    if (content.trim() === "" && media === undefined) throw invalid("Must not be empty", "content");
    const images = requireAttachable(media === undefined ? [] : [media], states, by);
    const messageId = id("message");
    const image = images[0] ?? null;
    return [
      { type: "MessageSent", data: { messageId, senderId: by, receiverId, content, image } },
      ...attach(images, by, { kind: "message", id: messageId }),
    ];
  },
  result: (events) => ({ messageId: dataOf(events, "MessageSent").messageId }),
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

export interface EraseMessages {
  readonly by: number;
  readonly receiverId: number;
  /** The last message of the sender's that is erased; all before it are, too. */
  readonly upTo: number;
}

/** For who leaves: the receiver still sees that there were messages, and nothing of them. */
export const eraseMessages = command({
  streams: ({ by, receiverId, upTo }: EraseMessages) => ({
    message: messageRoute(upTo),
    cursor: erasedCursor(by, receiverId),
  }),
  decide({ by, receiverId, upTo }, { message, cursor: after }): MessagesErased[] {
    if (message?.senderId !== by || message.receiverId !== receiverId) throw notFound("Message");
    if (upTo <= after) return [];
    return [{ type: "MessagesErased", data: { senderId: by, receiverId, after, upTo } }];
  },
  result: () => null,
});
