import { lastStateOf } from "../core/decider.ts";
import type { LikeEvent } from "./events.ts";

/** Whether one person likes one post. */
export const likeState = (postId: number, userId: number) =>
  lastStateOf(`like-${postId}-${userId}`, {
    initial: false as boolean,
    evolve: (_: boolean, event: LikeEvent): boolean => event.type === "PostLiked",
  });
