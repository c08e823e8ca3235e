/**
 * All that is somebody's own or was sent to them, oldest first, a page after another: each query
 * goes on after the `id` of the last item (0 at the beginning) at the cost of one seek.
 */
import { list, one } from "../core/query.ts";
import { sql } from "../core/statement.ts";
import { type ImageView, readImage, readImages } from "../media/image.ts";
import { nameOfCorrespondent } from "../message/queries.ts";

/** Which part of somebody's things: `limit` after an id. */
export interface Part {
  readonly userId: number;
  readonly after: number;
  readonly limit: number;
}

interface Item {
  readonly id: number;
  readonly created_at: string;
}

export interface OwnProfile {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly full_name: string | null;
  readonly bio: string | null;
  readonly profile_image_url: string | null;
  readonly created_at: string;
}

export interface OwnPost extends Item {
  readonly content: string | null;
  readonly images: readonly ImageView[];
  readonly like_count: number;
  readonly comment_count: number;
  readonly originally_posted_at: string | null;
}

export interface OwnStory extends Item {
  readonly content: string | null;
  readonly image: ImageView | null;
  readonly expires_at: string;
}

export interface OwnComment extends Item {
  readonly post_id: number;
  readonly content: string;
}

/** Its id is that of the post. */
export type OwnLike = Item;

/** Its id is its place on the film. */
export interface OwnFollow {
  readonly id: number;
  readonly user_id: number;
  readonly username: string;
}

export interface OwnMessage extends Item {
  readonly sender_id: number;
  readonly receiver_id: number;
  readonly other_username: string;
  readonly content: string;
  readonly image: ImageView | null;
}

export interface OwnNotification extends Item {
  readonly type: "like" | "comment" | "follow";
  readonly actor_id: number;
  readonly actor_username: string;
  readonly post_id: number | null;
}

export interface OwnMedia extends Item {
  readonly hash: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  readonly animated: boolean;
  readonly alt: string;
}

export const getOwnProfile = one(
  ({ userId }: Pick<Part, "userId">) =>
    sql`
    SELECT id, username, email, full_name, bio, profile_image_url, created_at
    FROM user_projection WHERE id = ${userId}`,
  (row) => row as unknown as OwnProfile,
);

export const getOwnPosts = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT id, content, image_url, images, like_count, comment_count, created_at,
      originally_posted_at
    FROM post_projection WHERE author_id = ${userId} AND id > ${after} ORDER BY id LIMIT ${limit}`,
  ({ image_url, images, ...post }): OwnPost => ({
    ...post as unknown as OwnPost,
    images: readImages(images as string | null, image_url as string | null),
  }),
);

export const getOwnStories = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT id, content, image_url, image, created_at, expires_at
    FROM story_projection WHERE author_id = ${userId} AND id > ${after} ORDER BY id LIMIT ${limit}`,
  ({ image_url, image, ...story }): OwnStory => ({
    ...story as unknown as OwnStory,
    image: readImage(image as string | null, image_url as string | null),
  }),
);

export const getOwnComments = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT id, post_id, content, created_at
    FROM comment_projection WHERE author_id = ${userId} AND id > ${after}
    ORDER BY id LIMIT ${limit}`,
  (row) => row as unknown as OwnComment,
);

export const getOwnLikes = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT post_id AS id, created_at
    FROM like_projection WHERE user_id = ${userId} AND post_id > ${after}
    ORDER BY post_id LIMIT ${limit}`,
  (row) => row as unknown as OwnLike,
);

const readFollow = (row: object) => row as unknown as OwnFollow;

/** Whom somebody follows, the first followed first. */
export const getOwnFollowing = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT f.position AS id, u.id AS user_id, u.username
    FROM follow_projection f JOIN user_projection u ON u.id = f.followee_id AND u.is_active = 1
    WHERE f.follower_id = ${userId} AND f.position > ${after} ORDER BY f.position LIMIT ${limit}`,
  readFollow,
);

export const getOwnFollowers = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT f.position AS id, u.id AS user_id, u.username
    FROM follow_projection f JOIN user_projection u ON u.id = f.follower_id AND u.is_active = 1
    WHERE f.followee_id = ${userId} AND f.position > ${after} ORDER BY f.position LIMIT ${limit}`,
  readFollow,
);

/** The ids of those with whom somebody has exchanged messages. */
export const getCorrespondents = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT other_id AS id FROM conversation_projection
    WHERE user_id = ${userId} AND other_id > ${after} ORDER BY other_id LIMIT ${limit}`,
  (row) => row as unknown as Pick<Item, "id">,
);

/** What two people wrote to each other. */
export const getCorrespondence = list(
  ({ userId, otherId, after, limit }: Part & { readonly otherId: number }) =>
    sql`
    SELECT m.id, m.sender_id, m.receiver_id, ${nameOfCorrespondent} AS other_username, m.content,
      m.image, m.created_at
    FROM message_projection m JOIN user_projection u ON u.id = ${otherId}
    WHERE m.low_user_id = ${Math.min(userId, otherId)}
      AND m.high_user_id = ${Math.max(userId, otherId)} AND m.id > ${after}
    ORDER BY m.id LIMIT ${limit}`,
  ({ image, ...message }): OwnMessage => ({
    ...message as unknown as OwnMessage,
    image: readImage(image as string | null),
  }),
);

export const getOwnNotifications = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT n.id, n.type, n.actor_id, u.username AS actor_username,
      NULLIF(n.post_id, 0) AS post_id, n.created_at
    FROM notification_projection n
    JOIN user_projection u ON u.id = n.actor_id AND u.is_active = 1
    WHERE n.user_id = ${userId} AND n.id > ${after} ORDER BY n.id LIMIT ${limit}`,
  (row) => row as unknown as OwnNotification,
);

export const getOwnMedia = list(
  ({ userId, after, limit }: Part) =>
    sql`
    SELECT id, hash, width, height, animated, alt, created_at
    FROM media_projection WHERE owner_id = ${userId} AND id > ${after} ORDER BY id LIMIT ${limit}`,
  (row): OwnMedia => ({ ...row as unknown as OwnMedia, animated: row.animated === 1 }),
);
