import type { DomainEvent } from "../core/event.ts";
import type { ImageFacts } from "../core/image.ts";
import type { PersonalOf } from "../core/personal.ts";

export type StoryCreated = DomainEvent<"StoryCreated", {
  readonly storyId: number;
  readonly authorId: number;
  readonly content: string | null;
  /** A picture that is linked from elsewhere. */
  readonly imageUrl: string | null;
  /** A picture that is kept here. */
  readonly image: ImageFacts | null;
  /** ISO 8601 in UTC with milliseconds: 24 hours after it was created. */
  readonly expiresAt: string;
}>;

export type StoryDeleted = DomainEvent<"StoryDeleted", {
  readonly storyId: number;
  readonly authorId: number;
}>;

/** Somebody other than its author has seen a story, for the first time. */
export type StoryViewed = DomainEvent<"StoryViewed", {
  readonly storyId: number;
  readonly viewerId: number;
}>;

export type StoryEvent = StoryCreated | StoryDeleted | StoryViewed;

export const personal = {
  StoryCreated: { whose: "authorId", erased: { content: "[erased]", imageUrl: null, image: null } },
} satisfies PersonalOf<StoryEvent>;
