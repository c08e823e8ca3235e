import { contextOf } from "../core/context.ts";
import {
  getCorrespondence,
  getCorrespondents,
  getOwnComments,
  getOwnFollowers,
  getOwnFollowing,
  getOwnLikes,
  getOwnMedia,
  getOwnNotifications,
  getOwnPosts,
  getOwnProfile,
  getOwnStories,
} from "./queries.ts";

/** All that somebody can take along. Keeps nothing of its own: it reads what the others keep. */
export const archive = contextOf<never>()({
  name: "archive",
  streams: {},
  commands: {},
  queries: {
    GetOwnProfile: getOwnProfile,
    GetOwnPosts: getOwnPosts,
    GetOwnStories: getOwnStories,
    GetOwnComments: getOwnComments,
    GetOwnLikes: getOwnLikes,
    GetOwnFollowing: getOwnFollowing,
    GetOwnFollowers: getOwnFollowers,
    GetCorrespondents: getCorrespondents,
    GetCorrespondence: getCorrespondence,
    GetOwnNotifications: getOwnNotifications,
    GetOwnMedia: getOwnMedia,
  },
});
