import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import { describedImage } from "../dialect/dialect.ts";
import type { MediaDescribed } from "../media/events.ts";
import { idIfKind, imageColumn } from "../media/image.ts";
import {
  type MessageEvent,
  type MessageSent,
  type MessagesErased,
  type MessagesRead,
  personal,
} from "./events.ts";

/**
 * `message_projection`: what was written. The two people are kept in order of id as well, so that one
 * index finds a conversation whoever wrote.
 *
 * `conversation_projection`: a conversation as one of its two people sees it. How far they have read
 * is one number, from which follows which messages are read.
 */
export const messageProjection: ReadModel = {
  version: 2,
  tables: ["message_projection", "conversation_projection"],
  create: [
    `CREATE TABLE message_projection (
      id INTEGER PRIMARY KEY,
      low_user_id INTEGER NOT NULL,
      high_user_id INTEGER NOT NULL,
      sender_id INTEGER NOT NULL,
      receiver_id INTEGER NOT NULL,
      content TEXT NOT NULL,
      image TEXT,
      created_at TEXT NOT NULL
    )`,
    "CREATE INDEX message_by_pair ON message_projection (low_user_id, high_user_id, id)",
    `CREATE TABLE conversation_projection (
      user_id INTEGER NOT NULL,
      other_id INTEGER NOT NULL,
      last_message_id INTEGER NOT NULL,
      last_received_id INTEGER NOT NULL,
      read_up_to INTEGER NOT NULL,
      unread_count INTEGER NOT NULL,
      PRIMARY KEY (user_id, other_id)
    ) WITHOUT ROWID`,
    `CREATE INDEX conversation_by_latest
     ON conversation_projection (user_id, last_message_id)`,
    `CREATE INDEX conversation_unread ON conversation_projection (user_id, unread_count)
     WHERE unread_count > 0`,
  ],
  project: (event) => project(event as RecordedEvent<MessageEvent | MediaDescribed>),
};

function project(event: RecordedEvent<MessageEvent | MediaDescribed>): Statement[] {
  switch (event.type) {
    case "MessageSent":
      return sent(event.data, event.created_at);
    case "MessagesRead":
      return [read(event.data)];
    case "MessagesErased":
      return [erase(event.data)];
    case "MediaDescribed":
      return [sql`
        UPDATE message_projection SET image = ${describedImage(sql`image`, event.data.alt)}
        WHERE id = ${idIfKind("message", event.data.attachedTo)}`];
    default:
      return [];
  }
}

function sent(
  { messageId, senderId, receiverId, content, image }: MessageSent["data"],
  createdAt: string,
): Statement[] {
  const low = Math.min(senderId, receiverId);
  const high = Math.max(senderId, receiverId);
  return [
    sql`
    INSERT INTO message_projection
      (id, low_user_id, high_user_id, sender_id, receiver_id, content, image, created_at)
    VALUES (${messageId}, ${low}, ${high}, ${senderId}, ${receiverId}, ${content},
      ${imageColumn(image)}, ${createdAt})`,
    sql`
    INSERT INTO conversation_projection
      (user_id, other_id, last_message_id, last_received_id, read_up_to, unread_count)
    VALUES (${senderId}, ${receiverId}, ${messageId}, 0, 0, 0)
    ON CONFLICT (user_id, other_id) DO UPDATE SET last_message_id = excluded.last_message_id`,
    sql`
    INSERT INTO conversation_projection
      (user_id, other_id, last_message_id, last_received_id, read_up_to, unread_count)
    VALUES (${receiverId}, ${senderId}, ${messageId}, ${messageId}, 0, 1)
    ON CONFLICT (user_id, other_id) DO UPDATE SET
      last_message_id = excluded.last_message_id,
      last_received_id = excluded.last_received_id,
      unread_count = conversation_projection.unread_count + 1`,
  ];
}

/** What came while somebody read is counted; as a rule that is nothing. */
const read = ({ readerId, senderId, upTo }: MessagesRead["data"]): Statement =>
  sql`
  UPDATE conversation_projection SET
    read_up_to = ${upTo},
    unread_count = (
      SELECT count(*) FROM message_projection m
      WHERE m.low_user_id = ${Math.min(readerId, senderId)}
        AND m.high_user_id = ${Math.max(readerId, senderId)}
        AND m.id > ${upTo} AND m.sender_id = ${senderId})
  WHERE user_id = ${readerId} AND other_id = ${senderId}`;

const { content: erasedContent, image: erasedImage } = personal.MessageSent.erased;

const erase = ({ senderId, receiverId, after, upTo }: MessagesErased["data"]): Statement =>
  sql`
  UPDATE message_projection SET content = ${erasedContent}, image = ${erasedImage}
  WHERE low_user_id = ${Math.min(senderId, receiverId)}
    AND high_user_id = ${Math.max(senderId, receiverId)}
    AND id > ${after} AND id <= ${upTo} AND sender_id = ${senderId}`;
