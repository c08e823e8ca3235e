import type { Story } from "../web/schemas.ts";
import { authorName, pictureAlt } from "./post_text.ts";

/** What the viewer is called while it shows a story. */
export const storyTitle = (story: Story): string => `Story by ${authorName(story)}`;

/** Alternative text of a story's picture. Words that are shown beside it need no saying twice. */
export function storyAlt(story: Story): string {
  return pictureAlt({ ...story, content: null, images: [] });
}
