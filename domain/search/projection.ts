import type { AccountEvent } from "../account/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { PostEvent } from "../post/events.ts";
import { create, tables } from "./fts5.ts";

type Seen = RecordedEvent<AccountEvent | PostEvent>;

/**
 * `user_search_projection` and `hashtag_search_projection`: the words by which people and hashtags
 * are found. What they look like, and whether a hashtag has posts, stands in their own read models.
 */
export const searchProjection: ReadModel = {
  version: 1,
  tables,
  create,
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "UserRegistered": {
      const { userId, username, fullName } = event.data;
      return [sql`
        INSERT INTO user_search_projection (rowid, username, full_name)
        VALUES (${userId}, ${username}, ${normalised(fullName)})`];
    }
    case "ProfileUpdated": {
      const { userId, fullName } = event.data;
      if (fullName === undefined) return [];
      return [sql`
        UPDATE user_search_projection SET full_name = ${normalised(fullName)}
        WHERE rowid = ${userId}`];
    }
    case "PostCreated":
      return event.data.hashtags.map((name) =>
        sql`
        INSERT INTO hashtag_search_projection (rowid, name)
        SELECT h.id, h.name FROM hashtag_projection h
        WHERE h.name = ${name}
          AND NOT EXISTS (SELECT 1 FROM hashtag_search_projection s WHERE s.rowid = h.id)`
      );
    default:
      return [];
  }
}

const normalised = (fullName: string | null): string | null => fullName?.normalize("NFKC") ?? null;
