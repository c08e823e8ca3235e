import type { AccountEvent } from "../account/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import { indexedName, userIndex, wordsOfName } from "../dialect/dialect.ts";

/** `user_search_projection`: the words by which people are found. */
export const searchProjection: ReadModel = {
  version: 2,
  tables: ["user_search_projection"],
  create: [userIndex],
  words: { user_search_projection: wordsOfName },
  project: (event) => project(event as RecordedEvent<AccountEvent>),
};

function project(event: RecordedEvent<AccountEvent>): Statement[] {
  switch (event.type) {
    case "UserRegistered": {
      const { userId, username, fullName } = event.data;
      return [sql`
        INSERT INTO user_search_projection (rowid, username, full_name)
        VALUES (${userId}, ${indexedName(username)}, ${normalised(fullName)})`];
    }
    case "ProfileUpdated": {
      const { userId, fullName } = event.data;
      if (fullName === undefined) return [];
      return [sql`
        UPDATE user_search_projection SET full_name = ${normalised(fullName)}
        WHERE rowid = ${userId}`];
    }
    case "UserErased":
      return [sql`DELETE FROM user_search_projection WHERE rowid = ${event.data.userId}`];
    default:
      return [];
  }
}

const normalised = (fullName: string | null): Statement =>
  indexedName(fullName?.normalize("NFKC") ?? null);
