import { stateOf } from "../core/decider.ts";
import { forbidden, notFound } from "../core/errors.ts";
import type { Sealed } from "../core/personal.ts";
import type { personal, PostEvent } from "./events.ts";

export type PostState =
  | { readonly status: "unknown" | "deleted" }
  | { readonly status: "published"; readonly authorId: number };

const unknown: PostState = { status: "unknown" };

function evolve(_: PostState, event: Sealed<PostEvent, typeof personal>): PostState {
  return event.type === "PostCreated"
    ? { status: "published", authorId: event.data.authorId }
    : { status: "deleted" };
}

export const postState = (postId: number) =>
  stateOf(`post-${postId}`, { initial: unknown, evolve, isSealed: true });

export type PublishedPost = Extract<PostState, { status: "published" }>;

export function requirePublished(post: PostState): PublishedPost {
  if (post.status !== "published") throw notFound("Post");
  return post;
}

export function requireAuthor(post: PublishedPost, userId: number): void {
  if (post.authorId !== userId) throw forbidden("Only its author can delete a post");
}
