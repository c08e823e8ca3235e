import type { Story } from "../web/schemas.ts";

/** Newest first becomes person by person: who told last first, and of each the oldest first. */
export function byStoryteller(stories: readonly Story[]): Story[] {
  const groups = new Map<number, Story[]>();
  for (const story of stories) {
    const group = groups.get(story.author_id) ?? [];
    groups.set(story.author_id, [story, ...group]);
  }
  return [...groups.values()].flat();
}

/** Index of the story to begin a person's with: the first unseen, else the first. */
export const firstToSee = (stories: readonly Pick<Story, "seen">[]): number =>
  Math.max(stories.findIndex(({ seen }) => !seen), 0);

/** A person's ring in the tray, to which their stories close. */
export const ringPath = (userId: number): string => `/#stories-of-${userId}`;
