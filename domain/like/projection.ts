import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { PostEvent } from "../post/events.ts";
import type { LikeEvent } from "./events.ts";

type Seen = RecordedEvent<LikeEvent | PostEvent>;

/** `like_projection`: who likes what. */
export const likeProjection: ReadModel = {
  version: 2,
  tables: ["like_projection"],
  create: [
    `CREATE TABLE like_projection (
      post_id INTEGER NOT NULL,
      user_id INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (post_id, user_id)
    ) WITHOUT ROWID`,
    "CREATE INDEX like_by_user ON like_projection (user_id)",
  ],
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "PostLiked":
      return [sql`
        INSERT INTO like_projection (post_id, user_id, created_at)
        VALUES (${event.data.postId}, ${event.data.userId}, ${event.created_at})`];
    case "PostUnliked":
      return [sql`
        DELETE FROM like_projection
        WHERE post_id = ${event.data.postId} AND user_id = ${event.data.userId}`];
    case "PostDeleted":
      return [sql`DELETE FROM like_projection WHERE post_id = ${event.data.postId}`];
    default:
      return [];
  }
}
