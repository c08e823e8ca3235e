import { closedUserIds } from "../account/queries.ts";
import { list, one, type Page, type Row } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";
import { readThumbnail } from "../media/image.ts";

const MESSAGES = {
  like: "liked your post",
  comment: "commented on your post",
  follow: "started following you",
} as const;

export type NotificationType = keyof typeof MESSAGES;

/** A notification as the contract's `Notification`, with what its row on the page shows. */
export interface NotificationView {
  readonly id: number;
  /** Whom it is for. */
  readonly user_id: number;
  readonly actor_id: number;
  readonly actor_username: string;
  readonly actor_full_name: string | null;
  readonly actor_profile_image_url: string | null;
  readonly type: NotificationType;
  /** The post that was liked or commented on; null for a follow. */
  readonly reference_id: number | null;
  /** Of the post's first picture, the smallest there is. */
  readonly reference_image_url: string | null;
  readonly comment_id: number | null;
  /** Null also where the comment was deleted. */
  readonly comment_content: string | null;
  readonly message: (typeof MESSAGES)[NotificationType];
  readonly is_read: boolean;
  /** Whether the reader follows the actor. */
  readonly following: boolean;
  readonly created_at: string;
}

/** A person's notifications, read and unread, as rows `n` with all that a view needs. */
const notificationsOf = (userId: number): Statement =>
  sql`
    SELECT n.id, n.user_id, n.actor_id, u.username AS actor_username,
      u.full_name AS actor_full_name, u.profile_image_url AS actor_profile_image_url, n.type,
      NULLIF(n.post_id, 0) AS reference_id, p.image_url, p.images,
      NULLIF(n.comment_id, 0) AS comment_id, c.content AS comment_content,
      n.is_read = 1 OR n.id <= COALESCE(r.up_to, 0) AS is_read, n.created_at,
      EXISTS (SELECT 1 FROM follow_projection f
              WHERE f.follower_id = ${userId} AND f.followee_id = n.actor_id) AS following
    FROM notification_projection n
    JOIN user_projection u ON u.id = n.actor_id AND u.is_active = 1
    LEFT JOIN post_projection p ON p.id = n.post_id
    LEFT JOIN comment_projection c ON c.id = n.comment_id
    LEFT JOIN notification_read_projection r ON r.user_id = n.user_id
    WHERE n.user_id = ${userId}`;

function readNotification(row: Row): NotificationView {
  const { image_url, images, ...columns } = row;
  const notification = columns as unknown as NotificationView;
  return {
    ...notification,
    reference_image_url: readThumbnail(images as string | null, image_url as string | null),
    message: MESSAGES[notification.type],
    is_read: row.is_read === 1,
    following: row.following === 1,
  };
}

interface Reader {
  /** Who asks: nobody sees another person's notifications. */
  readonly viewer: number;
}

export const getNotifications = list(
  ({ viewer, limit, offset, before }: Reader & Page) =>
    sql`
    ${notificationsOf(viewer)} AND n.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY n.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readNotification,
);

export const getNotification = one(
  ({ id, viewer }: { id: number } & Reader) => sql`${notificationsOf(viewer)} AND n.id = ${id}`,
  readNotification,
);

const unreadOf = (userId: number): Statement =>
  sql`
    FROM notification_projection
    WHERE user_id = ${userId} AND is_read = 0 AND id > COALESCE(
      (SELECT up_to FROM notification_read_projection WHERE user_id = ${userId}), 0)
      AND actor_id NOT IN (${closedUserIds})`;

/** How many are unread, counted up to 100: more reads as "99+" anyway. */
export const getUnreadNotificationCount = one(
  ({ viewer }: Reader) =>
    sql`SELECT count(*) AS unread FROM (SELECT 1 ${unreadOf(viewer)} LIMIT 100) AS counted`,
  (row) => row.unread as number,
);

/** Id of the latest that is unread; 0 where all are read. */
export const getLatestUnreadNotificationId = one(
  ({ viewer }: Reader) => sql`SELECT COALESCE(max(id), 0) AS latest ${unreadOf(viewer)}`,
  (row) => row.latest as number,
);
