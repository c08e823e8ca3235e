/** The test language bound to the program's contexts, with the people and things most tests need. */
import { scenariosOf } from "./core/scenario.ts";
import type { EventsOf } from "./core/bus.ts";
import type { PostCreated } from "./post/events.ts";
import { SqliteEventStore } from "./event_store/sqlite/sqlite_event_store.ts";
import { contexts } from "./mod.ts";

export { NOW } from "./core/scenario.ts";

export type FilmrollEvent = EventsOf<typeof contexts>;

export const given = scenariosOf(
  contexts,
  (options) => SqliteEventStore.open(":memory:", options),
);

/** Names in order of id: Alice is 1. */
const NAMES = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank"];

export const nameOf = (userId: number): string => NAMES[userId - 1] ?? `Person${userId}`;

export const registered = (userId: number): FilmrollEvent => ({
  type: "UserRegistered",
  data: {
    userId,
    username: nameOf(userId),
    email: `${nameOf(userId).toLowerCase()}@example.com`,
    fullName: null,
  },
});

export const posted = (
  postId: number,
  authorId: number,
  fields: Partial<PostCreated["data"]> = {},
): FilmrollEvent => ({
  type: "PostCreated",
  data: { postId, authorId, content: `Post ${postId}`, imageUrl: null, hashtags: [], ...fields },
});

export const deletedPost = (postId: number, authorId: number): FilmrollEvent => ({
  type: "PostDeleted",
  data: { postId, authorId },
});

export const liked = (postId: number, userId: number): FilmrollEvent => ({
  type: "PostLiked",
  data: { postId, userId },
});

export const unliked = (postId: number, userId: number): FilmrollEvent => ({
  type: "PostUnliked",
  data: { postId, userId },
});

export const commented = (
  commentId: number,
  postId: number,
  authorId: number,
): FilmrollEvent => ({
  type: "CommentCreated",
  data: { commentId, postId, authorId, content: `Comment ${commentId}` },
});

export const deletedComment = (
  commentId: number,
  postId: number,
  authorId: number,
): FilmrollEvent => ({ type: "CommentDeleted", data: { commentId, postId, authorId } });

export const followed = (followerId: number, followeeId: number): FilmrollEvent => ({
  type: "UserFollowed",
  data: { followerId, followeeId },
});

export const unfollowed = (followerId: number, followeeId: number): FilmrollEvent => ({
  type: "UserUnfollowed",
  data: { followerId, followeeId },
});
