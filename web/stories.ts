import { ringPath } from "../components/storytelling.ts";
import { notFound } from "../domain/core/errors.ts";
import type { StorytellerView, StoryView } from "../domain/story/queries.ts";
import type { Story } from "./schemas.ts";
import type { Ctx } from "./state.ts";

/** The rings of a tray, and the stories of one person, that are read at most. */
const MOST = 100;

/** Who asks, and when: a story is gone in the moment it is asked for too late. */
export const askerOf = ({ state: { caller, clock } }: Ctx) => ({
  viewer: caller!.id,
  now: clock().toISOString(),
});

/** A story as the caller sees it, or a refusal: also of one that has run out. */
export async function requireStory(ctx: Ctx, id: number): Promise<StoryView> {
  const story = await ctx.state.filmroll.queries.ask("GetStory", { id, ...askerOf(ctx) });
  if (story === null) throw notFound("Story");
  return story;
}

/** Whose stories the caller has to see. */
export const storyTray = (ctx: Ctx): Promise<StorytellerView[]> =>
  ctx.state.filmroll.queries.ask("GetStoryTray", { limit: MOST, ...askerOf(ctx) });

/** A person's active stories, in the order they were told. */
export const storiesOf = (ctx: Ctx, userId: number): Promise<StoryView[]> =>
  ctx.state.filmroll.queries.ask("GetUserStories", { id: userId, limit: MOST, ...askerOf(ctx) });

/** What the viewer shows. */
export interface StoryPageData {
  /** All of their author's, in the order they were told. */
  readonly stories: readonly Story[];
  /** Index of the one to begin with. */
  readonly start: number;
  /** Ids of the people whose stories follow, in their order. */
  readonly after: readonly number[];
  /** The path that the viewer closes to, with the ring that led to it as its fragment. */
  readonly close: string;
}

/** A story among those of its author, and where to go from there. */
export async function storyPage(ctx: Ctx, story: StoryView): Promise<StoryPageData> {
  const [told, tray] = await Promise.all([storiesOf(ctx, story.author_id), storyTray(ctx)]);
  const index = told.findIndex(({ id }) => id === story.id);
  const isInTray = tray.some(({ id }) => id === story.author_id);
  return {
    stories: index < 0 ? [story] : told,
    start: Math.max(index, 0),
    after: afterIn(tray, story.author_id),
    close: isInTray ? ringPath(story.author_id) : `/@${story.author_username}`,
  };
}

/**
 * Whose stories follow a person's. From what is unseen it goes on to what is unseen only: what was
 * seen on the way stands at the end of the tray, and would come again.
 */
export function afterIn(
  tray: readonly { readonly id: number; readonly seen: boolean }[],
  id: number,
): number[] {
  const place = tray.findIndex((person) => person.id === id);
  if (place < 0) return [];
  const run = tray.slice(place);
  const end = run.findIndex(({ seen }, index) => seen && run[index - 1]?.seen === false);
  return run.slice(1, end < 0 ? undefined : end).map(({ id }) => id);
}
