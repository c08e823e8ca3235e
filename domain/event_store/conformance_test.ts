import { conformance, type Engine } from "./conformance.ts";
import { LONGEST_QUEUE } from "./group_commit.ts";
import { PostgresEventStore } from "./postgres/postgres_event_store.ts";
import { type PostgresServer, startPostgres } from "./postgres/testing.ts";
import { SqliteEventStore } from "./sqlite/sqlite_event_store.ts";

let postgres: PostgresServer;
Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
});
Deno.test.afterAll(() => postgres.stop());

const engines: readonly Engine[] = [
  {
    name: "SQLite in memory",
    persists: false,
    longestQueue: LONGEST_QUEUE,
    place: () =>
      Promise.resolve({
        open: (options) => Promise.resolve(SqliteEventStore.open(":memory:", options)),
        remove: () => Promise.resolve(),
      }),
  },
  {
    name: "SQLite on disk",
    persists: true,
    longestQueue: LONGEST_QUEUE,
    async place() {
      const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
      return {
        open: (options) => Promise.resolve(SqliteEventStore.open(`${folder}/film.db`, options)),
        remove: () => Deno.remove(folder, { recursive: true }),
      };
    },
  },
  {
    name: "PostgreSQL",
    persists: true,
    longestQueue: LONGEST_QUEUE,
    async place() {
      const url = await postgres.createDatabase();
      return {
        open: (options) => PostgresEventStore.open(url, options),
        remove: () => Promise.resolve(),
      };
    },
  },
];

engines.forEach(conformance);
