import type { DomainEvent } from "../core/event.ts";
import type { PersonalOf } from "../core/personal.ts";

export type StoryCreated = DomainEvent<"StoryCreated", {
  readonly storyId: number;
  readonly authorId: number;
  readonly content: string | null;
  readonly imageUrl: string | null;
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
  StoryCreated: { whose: "authorId", erased: { content: "[erased]", imageUrl: null } },
} satisfies PersonalOf<StoryEvent>;
