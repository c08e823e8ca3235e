import type { Post } from "../web/schemas.ts";
import { excerpt } from "./rich_text.ts";

type Author = Pick<Post, "author_username" | "author_full_name">;

/** The name people chose, else the username. */
export function authorName(post: Author): string {
  return post.author_full_name ?? post.author_username;
}

/** Alternative text of a post's picture: the caption says what is in it, as far as anybody has. */
export function pictureAlt(post: Author & Pick<Post, "content">): string {
  const caption = post.content?.replace(/\s+/g, " ") ?? "";
  return `Photo by ${authorName(post)}${caption && `: ${excerpt(caption, 100) ?? caption}`}`;
}
