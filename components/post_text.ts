import type { Post } from "../web/schemas.ts";
import { excerpt } from "./rich_text.ts";

type Author = Pick<Post, "author_username" | "author_full_name">;

/** The name people chose, else the username. */
export function authorName(post: Author): string {
  return post.author_full_name ?? post.author_username;
}

/**
 * What is said of a post's picture where its author has not: the caption tells what is in it, as far
 * as anybody has.
 *
 * @param index of the picture in its album
 */
export function pictureAlt(post: Author & Pick<Post, "content" | "images">, index = 0): string {
  const caption = post.content?.replace(/\s+/g, " ") ?? "";
  const count = post.images.length;
  const which = count > 1 ? ` ${index + 1} of ${count}` : "";
  return `Photo${which} by ${authorName(post)}${
    caption && `: ${excerpt(caption, 100) ?? caption}`
  }`;
}
