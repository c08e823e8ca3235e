import { command } from "../core/decider.ts";
import { postState, requirePublished } from "../post/state.ts";
import type { LikeEvent } from "./events.ts";
import { likeState } from "./state.ts";

export interface ToggleLike {
  readonly by: number;
  readonly postId: number;
}

const streams = ({ postId, by }: ToggleLike) => ({
  post: postState(postId),
  liked: likeState(postId, by),
});

/** Likes what is not liked and unlikes what is. */
export const toggleLike = command({
  streams,
  decide({ postId, by }, { post, liked }): LikeEvent[] {
    requirePublished(post);
    return [{ type: liked ? "PostUnliked" : "PostLiked", data: { postId, userId: by } }];
  },
  result: (_, __, { liked }) => ({ liked: !liked }),
});

export interface SetLike extends ToggleLike {
  readonly liked: boolean;
}

/** Makes it liked or not, whatever it was: what a double tap means, and what can be sent again. */
export const setLike = command({
  streams: (command: SetLike) => streams(command),
  decide({ postId, by, liked: wanted }, { post, liked }): LikeEvent[] {
    requirePublished(post);
    if (liked === wanted) return [];
    return [{ type: wanted ? "PostLiked" : "PostUnliked", data: { postId, userId: by } }];
  },
  result: (_, { liked }) => ({ liked }),
});
