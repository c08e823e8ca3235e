import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { FollowEvent } from "./events.ts";

/** `follow_projection`: who follows whom, and since which position of the film. */
export const followProjection: ReadModel = {
  version: 1,
  tables: ["follow_projection"],
  create: [
    `CREATE TABLE follow_projection (
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
      return [sql`
        DELETE FROM follow_projection
        WHERE follower_id = ${event.data.followerId} AND followee_id = ${event.data.followeeId}`];
    default:
      return [];
  }
}
