import { lastStateOf } from "../core/decider.ts";
import type { FollowEvent } from "./events.ts";

/** Whether one person follows another. */
export const followState = (followerId: number, followeeId: number) =>
  lastStateOf(`follow-${followerId}-${followeeId}`, {
    initial: false as boolean,
    evolve: (_: boolean, event: FollowEvent): boolean => event.type === "UserFollowed",
  });
