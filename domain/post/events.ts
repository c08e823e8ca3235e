import type { DomainEvent } from "../core/event.ts";
import type { ImageFacts } from "../core/image.ts";
import type { PersonalOf } from "../core/personal.ts";

export type PostCreated = DomainEvent<"PostCreated", {
  readonly postId: number;
  readonly authorId: number;
  readonly content: string | null;
  /** A picture that is linked from elsewhere. */
  readonly imageUrl: string | null;
  /** Pictures that are kept here, in their order. */
  readonly images: readonly ImageFacts[];
  /** Of the content, lower-case, each once, in order of appearance. */
  readonly hashtags: readonly string[];
  /** When it was first posted, on another server (ISO 8601 in UTC); only where it was imported. */
  readonly originallyPostedAt?: string;
}>;

export type PostDeleted = DomainEvent<"PostDeleted", {
  readonly postId: number;
  readonly authorId: number;
}>;

export type PostEvent = PostCreated | PostDeleted;

export const personal = {
  PostCreated: {
    whose: "authorId",
    erased: { content: "[erased]", imageUrl: null, images: [], hashtags: [] },
  },
} satisfies PersonalOf<PostEvent>;
