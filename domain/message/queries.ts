import { list, one, type Page, type Row } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";
import { type ImageView, readImage } from "../media/image.ts";

/** A message as the contract's `Message`. */
export interface MessageView {
  readonly id: number;
  readonly sender_id: number;
  readonly receiver_id: number;
  /** Empty where there is only a picture. */
  readonly content: string;
  readonly image: ImageView | null;
  readonly is_read: boolean;
  readonly created_at: string;
}

/** A conversation as the contract's `Conversation`, with what its row shows of the other person. */
export interface ConversationView {
  /** Of the last message: by it a list of conversations goes on. */
  readonly id: number;
  readonly other_user_id: number;
  readonly other_username: string;
  readonly other_full_name: string | null;
  readonly other_profile_image_url: string | null;
  readonly unread_count: number;
  readonly last_message: MessageView;
}

/** Somebody to write to, or whose account was deleted and whose messages stay. */
export interface CorrespondentView {
  readonly id: number;
  readonly username: string;
  readonly full_name: string | null;
  readonly profile_image_url: string | null;
  readonly is_active: boolean;
}

/** What a person `u` is called by who has a conversation with them, also once their account is deleted. */
export const nameOfCorrespondent: Statement =
  sql`CASE WHEN u.is_active = 1 THEN u.username ELSE 'deleted-' || u.id END`;

/** The columns by which a person `u` is known, unless their account was deleted. */
const correspondentColumns: Statement = sql`
  ${nameOfCorrespondent} AS username,
  CASE WHEN u.is_active = 1 THEN u.full_name ELSE 'Deleted account' END AS full_name,
  CASE WHEN u.is_active = 1 THEN u.profile_image_url END AS profile_image_url`;

/** Whose conversations are asked for; nobody reads another's. */
interface Reader {
  readonly viewer: number;
}

/** The columns of {@linkcode MessageView}, of a message `m`, read or not by its receiver's row `r`. */
const messageColumns = sql`
  m.id, m.sender_id, m.receiver_id, m.content, m.image, m.created_at,
  m.id <= r.read_up_to AS is_read`;

const readMessage = (row: Row): MessageView => ({
  id: row.id as number,
  sender_id: row.sender_id as number,
  receiver_id: row.receiver_id as number,
  content: row.content as string,
  image: readImage(row.image as string | null),
  is_read: row.is_read === 1,
  created_at: row.created_at as string,
});

/** A message that the viewer sent or received; null for everybody else. */
export const getMessage = one(
  ({ id, viewer }: { id: number } & Reader) =>
    sql`
    SELECT ${messageColumns}
    FROM message_projection m
    JOIN conversation_projection r ON r.user_id = m.receiver_id AND r.other_id = m.sender_id
    WHERE m.id = ${id} AND ${viewer} IN (m.sender_id, m.receiver_id)`,
  readMessage,
);

/** Whom the viewer can write to, or has a conversation with; null for everybody else. */
export const getCorrespondent = one(
  ({ id, viewer }: { id: number } & Reader) =>
    sql`
    SELECT u.id, u.is_active, ${correspondentColumns}
    FROM user_projection u
    WHERE u.id = ${id} AND (u.is_active = 1 OR EXISTS (
      SELECT 1 FROM conversation_projection WHERE user_id = ${viewer} AND other_id = ${id}))`,
  (row): CorrespondentView => ({
    ...(row as unknown as CorrespondentView),
    is_active: row.is_active === 1,
  }),
);

/** What the viewer and another person wrote to each other, newest first. */
export const getConversation = list(
  ({ viewer, otherId, limit, offset, before }: { otherId: number } & Reader & Page) =>
    sql`
    SELECT ${messageColumns}
    FROM message_projection m
    JOIN conversation_projection r ON r.user_id = m.receiver_id AND r.other_id = m.sender_id
    WHERE m.low_user_id = ${Math.min(viewer, otherId)}
      AND m.high_user_id = ${Math.max(viewer, otherId)}
      AND m.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY m.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readMessage,
);

/**
 * The viewer's conversations with the latest message of each, the latest first. `before` is the id
 * of the last message of the last conversation seen.
 */
export const getConversations = list(
  ({ viewer, limit, offset, before }: Reader & Page) =>
    sql`
    SELECT ${messageColumns}, c.other_id, c.unread_count, ${correspondentColumns}
    FROM conversation_projection c
    JOIN message_projection m ON m.id = c.last_message_id
    JOIN conversation_projection r ON r.user_id = m.receiver_id AND r.other_id = m.sender_id
    JOIN user_projection u ON u.id = c.other_id
    WHERE c.user_id = ${viewer} AND c.last_message_id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY c.last_message_id DESC LIMIT ${limit} OFFSET ${offset}`,
  (row): ConversationView => ({
    id: row.id as number,
    other_user_id: row.other_id as number,
    other_username: row.username as string,
    other_full_name: row.full_name as string | null,
    other_profile_image_url: row.profile_image_url as string | null,
    unread_count: row.unread_count as number,
    last_message: readMessage(row),
  }),
);

/** The id of the last message that a person sent to the viewer; null where there is none. */
export const getLastReceivedMessageId = one(
  ({ viewer, senderId }: { senderId: number } & Reader) =>
    sql`
    SELECT last_received_id FROM conversation_projection
    WHERE user_id = ${viewer} AND other_id = ${senderId} AND last_received_id > 0`,
  (row) => row.last_received_id as number,
);

/** How many messages to the viewer are unread, in all conversations; never null. */
export const getUnreadMessageCount = one(
  ({ viewer }: Reader) =>
    sql`
    SELECT coalesce(sum(unread_count), 0) AS unread_count FROM conversation_projection
    WHERE user_id = ${viewer} AND unread_count > 0`,
  (row) => row.unread_count as number,
);
