import type { DomainEvent } from "../core/event.ts";
import type { PersonalOf } from "../core/personal.ts";

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

export const personal = {
  PostCreated: {
    whose: "authorId",
    erased: { content: "[erased]", imageUrl: null, hashtags: [] },
  },
} satisfies PersonalOf<PostEvent>;
