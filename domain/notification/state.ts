import type { CommentEvent } from "../comment/events.ts";
import { lastStateOf, stateOf, type StreamState } from "../core/decider.ts";
import type { RecordedEvent } from "../core/event.ts";
import type { FollowEvent } from "../follow/events.ts";
import type { LikeEvent } from "../like/events.ts";
import type { PostEvent } from "../post/events.ts";
import type { AllNotificationsRead, NotificationRead } from "./events.ts";

/** What a notification tells of. */
export type NotificationSource =
  | { readonly type: "like"; readonly postId: number; readonly actorId: number }
  | { readonly type: "comment"; readonly postId: number; readonly commentId: number }
  | { readonly type: "follow"; readonly followerId: number; readonly followeeId: number };

/** Whom a notification of this is for; null where there is nobody, as with a deleted post. */
export function recipientState(source: NotificationSource): StreamState<number | null> {
  if (source.type === "follow") {
    return lastStateOf(`follow-${source.followerId}-${source.followeeId}`, {
      initial: null as number | null,
      evolve: (_: number | null, event: FollowEvent): number | null => event.data.followeeId,
    });
  }
  return stateOf(`post-${source.postId}`, {
    initial: null as number | null,
    evolve: (_: number | null, event: PostEvent): number | null =>
      event.type === "PostCreated" ? event.data.authorId : null,
  });
}

type Made = RecordedEvent<LikeEvent | CommentEvent | FollowEvent>;

const standing = {
  initial: null as number | null,
  evolve(_: number | null, event: Made): number | null {
    switch (event.type) {
      case "PostLiked":
      case "CommentCreated":
      case "UserFollowed":
        return event.position;
      default:
        return null;
    }
  },
};

/** Position of the event that still stands, which is the notification's id; null if it was undone. */
export function standingState(source: NotificationSource): StreamState<number | null> {
  switch (source.type) {
    case "like":
      return lastStateOf(`like-${source.postId}-${source.actorId}`, standing);
    case "comment":
      return lastStateOf(`comment-${source.commentId}`, standing);
    case "follow":
      return lastStateOf(`follow-${source.followerId}-${source.followeeId}`, standing);
  }
}

/** Whether a notification was read by itself. */
export const readState = (notificationId: number) =>
  lastStateOf(`notification-${notificationId}`, {
    initial: false as boolean,
    evolve: (_: boolean, __: NotificationRead): boolean => true,
  });

/** Up to which id a person has read all notifications; 0 at first. */
export const readUpToState = (userId: number) =>
  lastStateOf(`notifications-${userId}`, {
    initial: 0,
    evolve: (_: number, event: AllNotificationsRead): number => event.data.upTo,
  });
