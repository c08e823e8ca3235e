import { contextOf } from "../core/context.ts";
import { followUser, unfollowUser } from "./commands.ts";
import type { FollowEvent } from "./events.ts";
import { followProjection } from "./projection.ts";
import { getFolloweeIds, getUserFollowers, getUserFollowing } from "./queries.ts";
import { followState } from "./state.ts";

const stream = ({ followerId, followeeId }: FollowEvent["data"]) =>
  `follow-${followerId}-${followeeId}`;

/** Who follows whom. */
export const follow = contextOf<FollowEvent>()({
  name: "follow",
  streams: { UserFollowed: stream, UserUnfollowed: stream },
  states: { follow: followState },
  commands: { FollowUser: followUser, UnfollowUser: unfollowUser },
  queries: {
    GetUserFollowers: getUserFollowers,
    GetUserFollowing: getUserFollowing,
    GetFolloweeIds: getFolloweeIds,
  },
  readModel: followProjection,
});
