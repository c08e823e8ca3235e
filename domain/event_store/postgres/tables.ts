/** The film's tables on PostgreSQL, and how a database comes to today's version of them. */
import { StoreUnavailable } from "../event_store.ts";
import { type Connection, lockTransaction, send } from "./connection.ts";
import type { Transactions } from "./transactions.ts";

/**
 * A step to the next version. Steps go forward only and run once, while older nodes may serve on: so a
 * step adds, and what it leaves unused is taken away by a later one.
 */
interface Step {
  readonly statements: readonly string[];
  /** The oldest program, by the version it knows, that can work on a database with this step. */
  readonly worksFrom: number;
}

const steps: readonly Step[] = [
  {
    worksFrom: 1,
    statements: [
      `CREATE TABLE event_store (
        position BIGINT PRIMARY KEY,
        stream TEXT COLLATE "C" NOT NULL,
        version BIGINT NOT NULL,
        type TEXT COLLATE "C" NOT NULL,
        data TEXT COLLATE "C" NOT NULL,
        sealed BYTEA,
        metadata TEXT COLLATE "C" NOT NULL,
        created_at TEXT COLLATE "C" NOT NULL,
        hash BYTEA NOT NULL,
        UNIQUE (stream, version)
      )`,
      // What is sealed is random bytes, which only cost time to compress.
      "ALTER TABLE event_store ALTER sealed SET STORAGE EXTERNAL",
      `CREATE TABLE person_key (person_id BIGINT PRIMARY KEY, wrapped BYTEA)`,
      `CREATE TABLE master_key (id BIGINT PRIMARY KEY CHECK (id = 1), verifier BYTEA NOT NULL)`,
      `CREATE TABLE command (
        command_id TEXT COLLATE "C" PRIMARY KEY,
        command TEXT COLLATE "C" NOT NULL,
        actor BIGINT,
        result TEXT COLLATE "C" NOT NULL,
        position BIGINT NOT NULL
      )`,
      `CREATE TABLE sequence (name TEXT COLLATE "C" PRIMARY KEY, value BIGINT NOT NULL)
       WITH (fillfactor = 50)`,
      `CREATE TABLE subscriber (name TEXT COLLATE "C" PRIMARY KEY, position BIGINT NOT NULL)
       WITH (fillfactor = 50)`,
    ],
  },
];

/**
 * Brings a database to today's version. Nodes that start at once take turns.
 *
 * @param declared CREATE … IF NOT EXISTS of the contexts' own tables
 * @throws StoreUnavailable if the database is somebody else's, or of a version this program cannot work on
 */
export function migrate(
  transactions: Transactions,
  declared: readonly string[],
): Promise<void> {
  return transactions.run(async (sql, commit) => {
    await lockTransaction(sql, "schema");
    await isFilled(sql);
    await send(
      sql,
      `CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, works_from BIGINT NOT NULL)`,
    );
    const [row] = await send(sql, "SELECT version, works_from FROM schema_version");
    const version = Number(row?.version ?? 0);
    if (Number(row?.works_from ?? 0) > steps.length) {
      throw new StoreUnavailable(
        `The database is of version ${version}, and this Filmroll knows ${steps.length} at most`,
      );
    }
    for (const step of steps.slice(version)) {
      for (const statement of step.statements) await send(sql, statement);
    }
    if (version < steps.length) {
      await send(sql, "DELETE FROM schema_version");
      await send(sql, "INSERT INTO schema_version (version, works_from) VALUES ($1, $2)", [
        steps.length,
        steps.at(-1)!.worksFrom,
      ]);
    }
    for (const table of declared) await send(sql, inPostgres(table));
    await commit([]);
  });
}

/**
 * Whether a database holds a Filmroll's tables; false where it holds none.
 *
 * @throws StoreUnavailable if it holds somebody else's
 */
export async function isFilled(sql: Pick<Connection, "unsafe">): Promise<boolean> {
  const [state] = await sql.unsafe(
    `SELECT to_regclass('public.schema_version') IS NOT NULL AS is_ours,
       EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public') AS is_used`,
  );
  if (state!.is_used && !state!.is_ours) {
    throw new StoreUnavailable(
      "The database holds tables, but none of Filmroll's: give it a database of its own",
    );
  }
  return state!.is_used === 1;
}

/** A CREATE statement in SQLite's words, in PostgreSQL's. */
export const inPostgres = (ddl: string): string =>
  ddl
    .replace(/\)\s*(?:STRICT|WITHOUT ROWID)(?:\s*,\s*(?:STRICT|WITHOUT ROWID))*\s*$/, ")")
    .replace(/\bINTEGER\b/g, "BIGINT")
    .replace(/\bTEXT\b/g, 'TEXT COLLATE "C"')
    .replace(/\bBLOB\b/g, "BYTEA");
