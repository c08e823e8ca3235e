import type { DomainEvent } from "../core/event.ts";
import type { PersonalOf } from "../core/personal.ts";

export type MessageSent = DomainEvent<"MessageSent", {
  readonly messageId: number;
  readonly senderId: number;
  readonly receiverId: number;
  readonly content: string;
}>;

/** A reader has seen all that a sender sent them, up to and including a message. */
export type MessagesRead = DomainEvent<"MessagesRead", {
  readonly readerId: number;
  readonly senderId: number;
  /** The id of the last message seen. */
  readonly upTo: number;
}>;

export type MessageEvent = MessageSent | MessagesRead;

export const personal = {
  MessageSent: { whose: "senderId", erased: { content: "[erased]" } },
} satisfies PersonalOf<MessageEvent>;
