import type { UserErased } from "../account/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { ImportEvent } from "./events.ts";

/** `import_projection`: archives that people brought, and how far they are. */
export const importProjection: ReadModel = {
  version: 2,
  tables: ["import_projection"],
  create: [
    `CREATE TABLE import_projection (
      id INTEGER PRIMARY KEY,
      user_id INTEGER NOT NULL,
      source TEXT NOT NULL,
      total INTEGER NOT NULL,
      done INTEGER NOT NULL,
      skipped INTEGER NOT NULL,
      outcome TEXT,
      problem TEXT,
      created_at TEXT NOT NULL,
      advanced_at TEXT NOT NULL
    )`,
    "CREATE INDEX import_by_user ON import_projection (user_id, id)",
    "CREATE INDEX import_running ON import_projection (id) WHERE outcome IS NULL",
  ],
  project: (event) => project(event as RecordedEvent<ImportEvent | UserErased>),
};

function project(event: RecordedEvent<ImportEvent | UserErased>): Statement[] {
  switch (event.type) {
    case "ImportStarted": {
      const { importId, userId, source, total } = event.data;
      const at = event.created_at;
      return [sql`
        INSERT INTO import_projection
          (id, user_id, source, total, done, skipped, created_at, advanced_at)
        VALUES (${importId}, ${userId}, ${source}, ${total}, 0, 0, ${at}, ${at})`];
    }
    case "ImportAdvanced": {
      const { importId, done, skipped } = event.data;
      return [sql`
        UPDATE import_projection
        SET done = ${done}, skipped = ${skipped}, advanced_at = ${event.created_at}
        WHERE id = ${importId}`];
    }
    case "ImportEnded": {
      const { importId, done, skipped, outcome, problem } = event.data;
      return [sql`
        UPDATE import_projection
        SET done = ${done}, skipped = ${skipped}, outcome = ${outcome}, problem = ${problem}
        WHERE id = ${importId}`];
    }
    case "UserErased":
      return [sql`DELETE FROM import_projection WHERE user_id = ${event.data.userId}`];
    default:
      return [];
  }
}
