import type { DomainEvent } from "../core/event.ts";
import type { PersonalOf } from "../core/personal.ts";

export type CommentCreated = DomainEvent<"CommentCreated", {
  readonly commentId: number;
  readonly postId: number;
  readonly authorId: number;
  readonly content: string;
}>;

export type CommentDeleted = DomainEvent<"CommentDeleted", {
  readonly commentId: number;
  readonly postId: number;
  readonly authorId: number;
}>;

export type CommentEvent = CommentCreated | CommentDeleted;

export const personal = {
  CommentCreated: { whose: "authorId", erased: { content: "[erased]" } },
} satisfies PersonalOf<CommentEvent>;
