import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { notFound, refused } from "../core/errors.ts";
import type { UserFollowed, UserUnfollowed } from "./events.ts";
import { followState } from "./state.ts";

export interface FollowUser {
  readonly by: number;
  readonly userId: number;
}

const streams = ({ by, userId }: FollowUser) => ({
  followeeExists: userExists(userId),
  following: followState(by, userId),
});

export const followUser = command({
  streams,
  decide({ by, userId }, { followeeExists, following }): UserFollowed[] {
    if (by === userId) throw refused("You cannot follow yourself");
    if (!followeeExists) throw notFound("User");
    if (following) throw refused("Already following this person");
    return [{ type: "UserFollowed", data: { followerId: by, followeeId: userId } }];
  },
  result: () => ({ following: true }),
});

export type UnfollowUser = FollowUser;

export const unfollowUser = command({
  streams,
  decide({ by, userId }, { followeeExists, following }): UserUnfollowed[] {
    // Also somebody whose account is closed.
    if (following) {
      return [{ type: "UserUnfollowed", data: { followerId: by, followeeId: userId } }];
    }
    throw followeeExists ? refused("Not following this person") : notFound("User");
  },
  result: () => ({ following: false }),
});
