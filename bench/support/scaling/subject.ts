/** The two engines as something to measure: a store, and a connection beside it. */
import { DatabaseSync } from "node:sqlite";
import { schemaOf } from "../../../domain/core/bus.ts";
import type { Row } from "../../../domain/core/query.ts";
import type { Statement } from "../../../domain/core/statement.ts";
import { MasterKey } from "../../../domain/event_store/master_key.ts";
import { connect, run } from "../../../domain/event_store/postgres/connection.ts";
import { PostgresEventStore } from "../../../domain/event_store/postgres/postgres_event_store.ts";
import { schemaNameOf } from "../../../domain/event_store/postgres/read_models.ts";
import { startPostgres } from "../../../domain/event_store/postgres/testing.ts";
import { SqliteEventStore } from "../../../domain/event_store/sqlite/sqlite_event_store.ts";
import { contexts, type Filmroll, openFilmroll } from "../../../domain/mod.ts";
import { childrenOf, cpuSeconds } from "../processes.ts";

export interface Subject extends AsyncDisposable {
  readonly name: string;
  readonly filmroll: Filmroll;
  /** Asks as the program does. */
  query(statement: Statement): Promise<readonly Row[]>;
  /** Runs statements on a connection of its own, in one transaction; answers the last one's rows. */
  run(...statements: Statement[]): Promise<readonly Row[]>;
  /** Processor time that the database took until now, in seconds. */
  cpuSeconds(): number;
  /** Brings the tables' statistics up to date. */
  analyze(): Promise<void>;
}

/** A PostgreSQL, with what only that tells. */
export interface PostgresSubject extends Subject {
  /** Bytes in tables and indexes, and in the log since it began. */
  bytes(): Promise<{ readonly kept: number; readonly logged: number }>;
  /** Seconds until somebody who listens hears. */
  notify(): Promise<number>;
}

const schema = schemaOf(contexts);
const masterKey = new MasterKey("a master key for measuring, of 32 characters");

/** SQLite works in the process that asks it, so its time is this process'. */
export async function openSqlite(): Promise<Subject> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
  const path = `${folder}/film.db`;
  const store = SqliteEventStore.open(path, { schema, masterKey });
  const beside = new DatabaseSync(path);
  beside.exec("PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536");
  const all = ({ texts, params }: Statement) =>
    beside.prepare(texts.join("?")).all(...params) as Row[];
  return {
    name: "SQLite",
    filmroll: openFilmroll(store),
    query: (statement) => store.query(statement),
    // deno-lint-ignore require-await -- as with every engine
    async run(...statements) {
      beside.exec("BEGIN IMMEDIATE");
      const rows = statements.map(all).at(-1) ?? [];
      beside.exec("COMMIT");
      return rows;
    },
    cpuSeconds: () => cpuSeconds(Deno.pid),
    analyze: () => Promise.resolve(beside.exec("ANALYZE")),
    async [Symbol.asyncDispose]() {
      beside.close();
      await store.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** A server that syncs as in earnest, with memory for all that is measured. */
export async function openPostgres(): Promise<PostgresSubject> {
  const server = await startPostgres({
    durable: true,
    settings: ["shared_buffers=1GB", "max_wal_size=8GB"],
  });
  const url = await server.createDatabase();
  const store = await PostgresEventStore.open(url, { schema, masterKey });
  const sql = connect(url, {
    max: 1,
    searchPath: [schemaNameOf(schema.readModels), "public"],
    readOnly: false,
    purpose: "measuring",
    statementTimeout: 600_000,
  });
  const listening = connect(url, {
    max: 1,
    searchPath: ["public"],
    readOnly: false,
    purpose: "listening",
  });
  let hear = () => {};
  await listening.listen("measured", () => hear());
  return {
    name: "PostgreSQL",
    filmroll: openFilmroll(store),
    query: (statement) => store.query(statement),
    async run(...statements) {
      const sent = [
        sql.unsafe("BEGIN READ WRITE").execute(),
        ...statements.map((statement) => run(sql, statement)),
        sql.unsafe("COMMIT").execute(),
      ];
      return (await Promise.all(sent)).at(-2) as unknown as Row[];
    },
    cpuSeconds: () =>
      [server.pid, ...childrenOf(server.pid)].reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    analyze: async () => void await sql.unsafe("VACUUM ANALYZE"),
    async bytes() {
      const [row] = await sql.unsafe(
        `SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class
                 WHERE relkind = 'r' AND relnamespace IN (
                   SELECT oid FROM pg_namespace WHERE nspname = 'public' OR nspname LIKE 'read\\_%'))
             AS kept, pg_current_wal_insert_lsn() - '0/0' AS logged`,
      );
      return row as unknown as { kept: number; logged: number };
    },
    async notify() {
      const heard = new Promise<void>((resolve) => hear = resolve);
      const began = performance.now();
      await sql.unsafe("SELECT pg_notify('measured', '1')");
      await heard;
      return (performance.now() - began) / 1000;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([sql.end(), listening.end()]);
      await store.close();
      await server.stop();
    },
  };
}
