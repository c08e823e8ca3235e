import type { DomainEvent } from "../core/event.ts";

export type PostCreated = DomainEvent<"PostCreated", {
  readonly postId: number;
  readonly authorId: number;
  readonly content: string | null;
  readonly imageUrl: string | null;
  /** Of the content, lower-case, each once, in order of appearance. */
  readonly hashtags: readonly string[];
}>;

export type PostDeleted = DomainEvent<"PostDeleted", {
  readonly postId: number;
  readonly authorId: number;
}>;

export type PostEvent = PostCreated | PostDeleted;
