import { contextOf } from "../core/context.ts";
import { setLike, toggleLike } from "./commands.ts";
import type { LikeEvent } from "./events.ts";
import { likeProjection } from "./projection.ts";
import { getLikeCount } from "./queries.ts";
import { likeState } from "./state.ts";

const stream = ({ postId, userId }: LikeEvent["data"]) => `like-${postId}-${userId}`;

/** Likes: a stream for each person and post, so that the millionth like costs what the first did. */
export const like = contextOf<LikeEvent>()({
  name: "like",
  streams: { PostLiked: stream, PostUnliked: stream },
  states: { like: likeState },
  commands: { ToggleLike: toggleLike, SetLike: setLike },
  queries: { GetLikeCount: getLikeCount },
  readModel: likeProjection,
});
