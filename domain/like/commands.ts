import { command } from "../core/decider.ts";
import { postState, requirePublished } from "../post/state.ts";
import type { LikeEvent } from "./events.ts";
import { likeState } from "./state.ts";

export interface ToggleLike {
  readonly by: number;
  readonly postId: number;
}

/** Likes what is not liked and unlikes what is. */
export const toggleLike = command({
  streams: ({ postId, by }: ToggleLike) => ({
    post: postState(postId),
    liked: likeState(postId, by),
  }),
  decide({ postId, by }, { post, liked }): LikeEvent[] {
    requirePublished(post);
    return [{ type: liked ? "PostUnliked" : "PostLiked", data: { postId, userId: by } }];
  },
  result: (_, __, { liked }) => ({ liked: !liked }),
});

export interface LikePost {
  readonly by: number;
  readonly postId: number;
}

/** Likes, and never unlikes: what a double tap means. */
export const likePost = command({
  streams: toggleLike.streams as (
    command: LikePost,
  ) => ReturnType<typeof toggleLike.streams>,
  decide({ postId, by }, { post, liked }): LikeEvent[] {
    requirePublished(post);
    return liked ? [] : [{ type: "PostLiked", data: { postId, userId: by } }];
  },
  result: () => ({ liked: true }),
});
