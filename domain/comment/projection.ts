import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { PostEvent } from "../post/events.ts";
import type { CommentEvent } from "./events.ts";

type Seen = RecordedEvent<CommentEvent | PostEvent>;

/** `comment_projection`: the comments that stand. */
export const commentProjection: ReadModel = {
  version: 2,
  tables: ["comment_projection"],
  create: [
    `CREATE TABLE comment_projection (
      id INTEGER PRIMARY KEY,
      post_id INTEGER NOT NULL,
      author_id INTEGER NOT NULL,
      content TEXT NOT NULL,
      created_at TEXT NOT NULL
    )`,
    "CREATE INDEX comment_by_post ON comment_projection (post_id, id)",
    "CREATE INDEX comment_by_author ON comment_projection (author_id, id)",
  ],
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "CommentCreated": {
      const { commentId, postId, authorId, content } = event.data;
      return [sql`
        INSERT INTO comment_projection (id, post_id, author_id, content, created_at)
        VALUES (${commentId}, ${postId}, ${authorId}, ${content}, ${event.created_at})`];
    }
    case "CommentDeleted":
      return [sql`DELETE FROM comment_projection WHERE id = ${event.data.commentId}`];
    case "PostDeleted":
      return [sql`DELETE FROM comment_projection WHERE post_id = ${event.data.postId}`];
    default:
      return [];
  }
}
