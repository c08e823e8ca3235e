import { list } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { Attachment } from "../media/events.ts";
import { personal } from "../message/events.ts";

const { erased } = personal.MessageSent;

/** Somebody whose grace is over. */
export interface Leaver {
  readonly userId: number;
  readonly username: string;
  readonly email: string;
}

/** Whose time has come (`now` as ISO 8601 in UTC with milliseconds), the longest due first. */
export const getLeavers = list(
  ({ now, limit }: { now: string; limit: number }) =>
    sql`
    SELECT id, username, email FROM user_projection
    WHERE erase_at <= ${now} ORDER BY erase_at, id LIMIT ${limit}`,
  ({ id, username, email }): Leaver => ({ userId: id, username, email }) as Leaver,
);

/** Something that a person made and that others see or count. */
export type Remain =
  | { readonly kind: "post" | "story" | "following" | "follower" | "like"; readonly id: number }
  | { readonly kind: "comment"; readonly id: number; readonly postId: number }
  | { readonly kind: "media"; readonly id: number; readonly attachedTo: Attachment | null };

/** Some of what is left of a person, but for messages; nothing once all is gone. */
export const getRemains = list(
  ({ userId, limit }: { userId: number; limit: number }) => {
    const some = (columns: Statement): Statement =>
      sql`SELECT * FROM (${columns} LIMIT ${limit}) AS found`;
    const posts = sql`
      SELECT 'post' AS kind, id, CAST(NULL AS BIGINT) AS other, NULL AS attached_kind
      FROM post_projection WHERE author_id = ${userId}`;
    const stories = sql`
      SELECT 'story', id, CAST(NULL AS BIGINT), NULL FROM story_projection WHERE author_id = ${userId}`;
    const comments = sql`
      SELECT 'comment', id, post_id, NULL FROM comment_projection WHERE author_id = ${userId}`;
    const likes = sql`
      SELECT 'like', post_id, CAST(NULL AS BIGINT), NULL FROM like_projection WHERE user_id = ${userId}`;
    const following = sql`
      SELECT 'following', followee_id, CAST(NULL AS BIGINT), NULL FROM follow_projection
      WHERE follower_id = ${userId}`;
    const followers = sql`
      SELECT 'follower', follower_id, CAST(NULL AS BIGINT), NULL FROM follow_projection
      WHERE followee_id = ${userId}`;
    const pictures = sql`
      SELECT 'media', id, attached_id, attached_kind FROM media_projection
      WHERE owner_id = ${userId}`;
    return sql`
      ${some(posts)} UNION ALL ${some(stories)} UNION ALL ${some(comments)}
      UNION ALL ${some(likes)} UNION ALL ${some(following)} UNION ALL ${some(followers)}
      UNION ALL ${some(pictures)}`;
  },
  ({ kind, id, other, attached_kind }): Remain => {
    switch (kind) {
      case "comment":
        return { kind, id, postId: other } as Remain;
      case "media":
        return {
          kind,
          id,
          attachedTo: attached_kind === null ? null : { kind: attached_kind, id: other },
        } as Remain;
      default:
        return { kind, id } as Remain;
    }
  },
);

/** What a person sent to somebody, up to a message. */
export interface SentMessages {
  readonly receiverId: number;
  readonly upTo: number;
}

/** Some of the messages of a person that can be read still, by receiver. */
export const getReadableMessages = list(
  ({ userId, limit }: { userId: number; limit: number }) =>
    sql`
    SELECT receiver_id, max(id) AS id FROM (
      SELECT m.id, m.receiver_id
      FROM conversation_projection c JOIN message_projection m
        ON m.low_user_id = CASE WHEN c.user_id < c.other_id THEN c.user_id ELSE c.other_id END
        AND m.high_user_id = CASE WHEN c.user_id < c.other_id THEN c.other_id ELSE c.user_id END
      WHERE c.user_id = ${userId} AND m.sender_id = ${userId}
        AND (m.content <> ${erased.content} OR m.image IS NOT NULL)
      LIMIT ${limit}) AS found
    GROUP BY receiver_id`,
  ({ receiver_id, id }): SentMessages => ({ receiverId: receiver_id, upTo: id }) as SentMessages,
);
