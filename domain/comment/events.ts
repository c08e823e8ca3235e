import type { DomainEvent } from "../core/event.ts";

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
