import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { FollowEvent } from "./events.ts";

/**
 * `follow_projection`: who follows whom, and since which position of the film.
 * `unfollow_projection`: the same of who did until they left, since a page may go on from them.
 */
export const followProjection: ReadModel = {
  version: 2,
  tables: ["follow_projection", "unfollow_projection"],
  create: [
    `CREATE TABLE follow_projection (
      follower_id INTEGER NOT NULL,
      followee_id INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (follower_id, followee_id)
    ) WITHOUT ROWID`,
    `CREATE TABLE unfollow_projection (
      follower_id INTEGER NOT NULL,
      followee_id INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (follower_id, followee_id)
    ) WITHOUT ROWID`,
    "CREATE INDEX following_by_time ON follow_projection (follower_id, position)",
    "CREATE INDEX followers_by_time ON follow_projection (followee_id, position)",
  ],
  project: (event) => project(event as RecordedEvent<FollowEvent>),
};

function project(event: RecordedEvent<FollowEvent>): Statement[] {
  switch (event.type) {
    case "UserFollowed":
      return [sql`
        INSERT INTO follow_projection (follower_id, followee_id, position)
        VALUES (${event.data.followerId}, ${event.data.followeeId}, ${event.position})`];
    case "UserUnfollowed":
      return [
        sql`
        INSERT INTO unfollow_projection (follower_id, followee_id, position)
        SELECT follower_id, followee_id, position FROM follow_projection WHERE ${isOf(event.data)}
        ON CONFLICT (follower_id, followee_id) DO UPDATE SET position = excluded.position`,
        sql`DELETE FROM follow_projection WHERE ${isOf(event.data)}`,
      ];
    default:
      return [];
  }
}

const isOf = ({ followerId, followeeId }: FollowEvent["data"]): Statement =>
  sql`follower_id = ${followerId} AND followee_id = ${followeeId}`;
