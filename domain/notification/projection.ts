import type { UserErased } from "../account/events.ts";
import type { CommentEvent } from "../comment/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { FollowEvent } from "../follow/events.ts";
import type { LikeEvent } from "../like/events.ts";
import type { PostEvent } from "../post/events.ts";
import type { NotificationEvent } from "./events.ts";

type Seen = RecordedEvent<
  NotificationEvent | LikeEvent | CommentEvent | FollowEvent | PostEvent | UserErased
>;

/**
 * `notification_projection`: what others' likes, comments and follows tell a person. A row's id is
 * the position of the event that made it, so that a rebuild hands out the same ids. `post_id` and
 * `comment_id` are 0 where there is none, so that one unique index tells equal sources.
 * `notification_read_projection`: up to which id a person has read all.
 *
 * Undoing withdraws what is unread; what was read stays, and is not told a second time when the
 * same person likes or follows again. Deleting a post removes all that tells of it.
 */
export const notificationProjection: ReadModel = {
  version: 1,
  tables: ["notification_projection", "notification_read_projection"],
  create: [
    `CREATE TABLE notification_projection (
      id INTEGER PRIMARY KEY,
      user_id INTEGER NOT NULL,
      actor_id INTEGER NOT NULL,
      type TEXT NOT NULL,
      post_id INTEGER NOT NULL,
      comment_id INTEGER NOT NULL,
      is_read INTEGER NOT NULL,
      created_at TEXT NOT NULL
    )`,
    `CREATE UNIQUE INDEX notification_by_source ON notification_projection
      (post_id, actor_id, type, comment_id, user_id)`,
    "CREATE INDEX notification_by_user ON notification_projection (user_id, id)",
    "CREATE INDEX notification_unread ON notification_projection (user_id, id) WHERE is_read = 0",
    `CREATE TABLE notification_read_projection (
      user_id INTEGER PRIMARY KEY,
      up_to INTEGER NOT NULL
    )`,
  ],
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "PostLiked":
      return [tellAuthor(event, event.data.postId, event.data.userId, "like", 0)];
    case "PostUnliked":
      return [withdraw(sql`
        post_id = ${event.data.postId} AND actor_id = ${event.data.userId} AND type = 'like'`)];
    case "CommentCreated": {
      const { postId, authorId, commentId } = event.data;
      return [tellAuthor(event, postId, authorId, "comment", commentId)];
    }
    case "CommentDeleted":
      return [withdraw(sql`
        post_id = ${event.data.postId} AND actor_id = ${event.data.authorId} AND type = 'comment'
          AND comment_id = ${event.data.commentId}`)];
    case "PostDeleted":
      return [sql`DELETE FROM notification_projection WHERE post_id = ${event.data.postId}`];
    case "UserFollowed":
      return [sql`
        INSERT INTO notification_projection (id, user_id, actor_id, type, post_id, comment_id,
          is_read, created_at)
        VALUES (${event.position}, ${event.data.followeeId}, ${event.data.followerId}, 'follow', 0,
          0, 0, ${event.created_at})
        ON CONFLICT DO NOTHING`];
    case "UserUnfollowed":
      return [withdraw(sql`
        post_id = 0 AND actor_id = ${event.data.followerId} AND type = 'follow' AND comment_id = 0
          AND user_id = ${event.data.followeeId}`)];
    case "NotificationRead":
      return [sql`
        UPDATE notification_projection SET is_read = 1
        WHERE id = ${event.data.notificationId} AND user_id = ${event.data.userId}`];
    case "AllNotificationsRead":
      return [sql`
        INSERT INTO notification_read_projection (user_id, up_to)
        VALUES (${event.data.userId}, ${event.data.upTo})
        ON CONFLICT (user_id) DO UPDATE SET up_to = excluded.up_to`];
    case "UserErased":
      return [
        sql`DELETE FROM notification_projection WHERE user_id = ${event.data.userId}`,
        sql`DELETE FROM notification_projection WHERE actor_id = ${event.data.userId}`,
        sql`DELETE FROM notification_read_projection WHERE user_id = ${event.data.userId}`,
      ];
    default:
      return [];
  }
}

/** Tells a post's author, unless it is they who act. */
const tellAuthor = (
  { position, created_at }: Seen,
  postId: number,
  actorId: number,
  type: "like" | "comment",
  commentId: number,
): Statement =>
  sql`
  INSERT INTO notification_projection (id, user_id, actor_id, type, post_id, comment_id, is_read,
    created_at)
  SELECT ${position}, author_id, ${actorId}, ${type}, ${postId}, ${commentId}, 0, ${created_at}
  FROM post_projection WHERE id = ${postId} AND author_id <> ${actorId}
  ON CONFLICT DO NOTHING`;

const withdraw = (which: Statement): Statement =>
  sql`
  DELETE FROM notification_projection
  WHERE ${which} AND is_read = 0 AND id > COALESCE(
    (SELECT r.up_to FROM notification_read_projection r
     WHERE r.user_id = notification_projection.user_id), 0)`;
