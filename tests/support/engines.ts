import { type PostgresServer, startPostgres } from "../../domain/event_store/postgres/testing.ts";
import { type ServerOptions, startFilmroll, type TestServer } from "./server.ts";

type Start = (options?: Omit<ServerOptions, "databaseUrl">) => Promise<TestServer>;

/** Declares the same test for a Filmroll on each engine, all on the one PostgreSQL of the file. */
export function onEachEngine(
  name: string,
  run: (startFilmroll: Start, t: Deno.TestContext) => Promise<void>,
): void {
  for (const [engine, start] of Object.entries(engines)) {
    Deno.test(`${engine}: ${name}`, (t) => run(start, t));
  }
}

const engines: Readonly<Record<string, Start>> = {
  SQLite: startFilmroll,
  PostgreSQL: async (options = {}) =>
    await startFilmroll({ ...options, databaseUrl: await postgres.createDatabase() }),
};

let postgres: PostgresServer;

Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
});

Deno.test.afterAll(() => postgres.stop());
