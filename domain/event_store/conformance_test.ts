import { conformance, type Engine } from "./conformance.ts";
import { LONGEST_QUEUE, SqliteEventStore } from "./sqlite/sqlite_event_store.ts";

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
];

engines.forEach(conformance);
