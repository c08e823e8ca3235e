import type { DomainEvent } from "../core/event.ts";
import type { ImageFacts } from "../core/image.ts";
import type { PersonalOf } from "../core/personal.ts";

export type MessageSent = DomainEvent<"MessageSent", {
  readonly messageId: number;
  readonly senderId: number;
  readonly receiverId: number;
  /** Empty where there is only a picture. */
  readonly content: string;
  readonly image: ImageFacts | null;
}>;

/** A reader has seen all that a sender sent them, up to and including a message. */
export type MessagesRead = DomainEvent<"MessagesRead", {
  readonly readerId: number;
  readonly senderId: number;
  /** The id of the last message seen. */
  readonly upTo: number;
}>;

/** What somebody sent to somebody else is erased, from after one message up to another. */
export type MessagesErased = DomainEvent<"MessagesErased", {
  readonly senderId: number;
  readonly receiverId: number;
  /** The id of the last message erased before; 0 at first. */
  readonly after: number;
  readonly upTo: number;
}>;

export type MessageEvent = MessageSent | MessagesRead | MessagesErased;

export const personal = {
  MessageSent: { whose: "senderId", erased: { content: "[erased]", image: null } },
} satisfies PersonalOf<MessageEvent>;
