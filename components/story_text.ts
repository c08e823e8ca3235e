import type { Story } from "../web/schemas.ts";
import { pictureAlt } from "./post_text.ts";

/** Alternative text of a story's picture. Words that are shown beside it need no saying twice. */
export function storyAlt(story: Story): string {
  return pictureAlt({ ...story, content: null, images: [] });
}

/** Newest first becomes person by person: who told last first, and of each the oldest first. */
export function byStoryteller(stories: readonly Story[]): Story[] {
  const groups = new Map<number, Story[]>();
  for (const story of stories) {
    const group = groups.get(story.author_id) ?? [];
    groups.set(story.author_id, [story, ...group]);
  }
  return [...groups.values()].flat();
}
