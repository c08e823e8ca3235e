import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { forbidden, invalid, notFound } from "../core/errors.ts";
import { dataOf } from "../core/event.ts";
import { attach, requireAttachable } from "../media/attach.ts";
import type { MediaAttached } from "../media/events.ts";
import { mediaStates } from "../media/state.ts";
import type { StoryCreated, StoryDeleted, StoryViewed } from "./events.ts";
import { requireActive, requirePublished, storyState, storyViewState } from "./state.ts";

const LIFETIME = 24 * 60 * 60 * 1000;

export interface CreateStory {
  readonly by: number;
  readonly content: string | null;
  readonly imageUrl: string | null;
  /** A picture that the author uploaded; then none may be linked. */
  readonly media?: number | undefined;
}

export const createStory = command({
  streams: ({ by, media }: CreateStory) => ({
    authorExists: userExists(by),
    ...mediaStates(media === undefined ? [] : [media]),
  }),
  decide(
    { by, content, imageUrl, media },
    { authorExists, ...states },
    { id, now },
  ): (StoryCreated | MediaAttached)[] {
    if (!authorExists) throw notFound("User");
    if ((content ?? "").trim() === "" && imageUrl === null && media === undefined) {
      throw invalid("Write something or add a picture", "content");
    }
    if (media !== undefined && imageUrl !== null) throw invalid("Must be one picture", "image_url");
    const images = requireAttachable(media === undefined ? [] : [media], states, by);
    const expiresAt = new Date(now.getTime() + LIFETIME).toISOString();
    const storyId = id("story");
    const image = images[0] ?? null;
    return [
      {
        type: "StoryCreated",
        data: { storyId, authorId: by, content, imageUrl, image, expiresAt },
      },
      ...attach(images, by, { kind: "story", id: storyId }),
    ];
  },
  result: (events) => ({ storyId: dataOf(events, "StoryCreated").storyId }),
});

export interface DeleteStory {
  readonly by: number;
  readonly storyId: number;
}

/** Its author may delete a story that has run out; to everybody else that one is gone. */
export const deleteStory = command({
  streams: ({ storyId }: DeleteStory) => ({ story: storyState(storyId) }),
  decide({ by, storyId }, { story }, { now }): StoryDeleted[] {
    if (requirePublished(story).authorId !== by) {
      requireActive(story, now);
      throw forbidden("Only its author can delete a story");
    }
    return [{ type: "StoryDeleted", data: { storyId, authorId: by } }];
  },
  result: () => null,
});

export interface ViewStory {
  readonly by: number;
  readonly storyId: number;
}

/** Records that somebody has seen a story: once a person, and never of its author. */
export const viewStory = command({
  streams: ({ by, storyId }: ViewStory) => ({
    story: storyState(storyId),
    seen: storyViewState(storyId, by),
  }),
  decide({ by, storyId }, { story, seen }, { now }): StoryViewed[] {
    const { authorId } = requireActive(story, now);
    if (seen || authorId === by) return [];
    return [{ type: "StoryViewed", data: { storyId, viewerId: by } }];
  },
  result: () => ({ seen: true }),
});
