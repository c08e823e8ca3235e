import { contextOf } from "../core/context.ts";
import { searchProjection } from "./projection.ts";
import {
  getHashtag,
  getPopularHashtags,
  getPopularPosts,
  getPostsByHashtag,
  getRecentPosts,
  searchHashtags,
  searchUsers,
} from "./queries.ts";

/** Finding people, hashtags and posts. */
export const search = contextOf<never>()({
  name: "search",
  streams: {},
  commands: {},
  queries: {
    SearchUsers: searchUsers,
    SearchHashtags: searchHashtags,
    GetHashtag: getHashtag,
    GetPostsByHashtag: getPostsByHashtag,
    GetRecentPosts: getRecentPosts,
    GetPopularPosts: getPopularPosts,
    GetPopularHashtags: getPopularHashtags,
  },
  readModel: searchProjection,
});
