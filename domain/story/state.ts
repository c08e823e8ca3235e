import { lastStateOf, stateOf } from "../core/decider.ts";
import { notFound } from "../core/errors.ts";
import type { StoryCreated, StoryDeleted, StoryViewed } from "./events.ts";

export type StoryState =
  | { readonly status: "unknown" | "deleted" }
  | { readonly status: "published"; readonly authorId: number; readonly expiresAt: string };

const unknown: StoryState = { status: "unknown" };

function evolve(_: StoryState, event: StoryCreated | StoryDeleted): StoryState {
  if (event.type === "StoryDeleted") return { status: "deleted" };
  const { authorId, expiresAt } = event.data;
  return { status: "published", authorId, expiresAt };
}

export const storyState = (storyId: number) =>
  stateOf(`story-${storyId}`, { initial: unknown, evolve });

/** Whether one person has seen one story. */
export const storyViewState = (storyId: number, viewerId: number) =>
  lastStateOf(`story-view-${storyId}-${viewerId}`, {
    initial: false as boolean,
    evolve: (_: boolean, _event: StoryViewed): boolean => true,
  });

export type PublishedStory = Extract<StoryState, { status: "published" }>;

const isExpired = ({ expiresAt }: PublishedStory, now: Date): boolean =>
  now.getTime() >= Date.parse(expiresAt);

export function requirePublished(story: StoryState): PublishedStory {
  if (story.status !== "published") throw notFound("Story");
  return story;
}

/** A story that stands and has not run out. */
export function requireActive(story: StoryState, now: Date): PublishedStory {
  const published = requirePublished(story);
  if (isExpired(published, now)) throw notFound("Story");
  return published;
}
