/**
 * Copies a store from SQLite to PostgreSQL. The film comes in batches into a schema of the database that
 * no node looks at, so that memory is bounded and a copy that was broken off is taken on; it takes its
 * place, with what is kept beside it, in one transaction at the end.
 */
import { asUnavailable, type Schema, StoreUnavailable } from "../event_store.ts";
import { connect, lockOf } from "../postgres/connection.ts";
import { schemaNameOf } from "../postgres/read_models.ts";
import { isFilled, migrate } from "../postgres/tables.ts";
import { Transactions } from "../postgres/transactions.ts";
import type { Database } from "../sqlite/database.ts";
import type { FilmHead } from "../sqlite/inspect_film.ts";
import { appendRows, headOf as headIn, isSame, requireNobody, type Sql } from "./postgres_rows.ts";
import { rawTablesOf } from "./raw_tables.ts";
import { headOf, rowsOf } from "./sqlite_rows.ts";
import type { OnCopied } from "./to_sqlite.ts";

/** The schema of a copy that is not whole yet. */
const STAGING = "filmroll_moving";

/** Where a store's tables are. */
const HOME = "public";

/**
 * Copies the film and what is kept beside it, but no read models: they are developed when the store is
 * opened. A database that has the same film already stays as it is.
 *
 * @param database that nobody writes to meanwhile
 * @throws StoreUnavailable if PostgreSQL's holds another film, or somebody works on it
 */
export async function copyToPostgres(
  database: Database,
  url: string,
  schema: Schema,
  onCopied: OnCopied = () => {},
): Promise<FilmHead> {
  const { film, beside } = rawTablesOf(schema);
  const head = headOf(database);
  const sql = connect(url, {
    max: 1,
    searchPath: [STAGING],
    readOnly: false,
    purpose: "moving",
    statementTimeout: 0,
  });
  try {
    await requireNobody(sql);
    if (await isThere(sql, head)) return head;
    await sql.unsafe(`CREATE SCHEMA IF NOT EXISTS ${STAGING}`);
    await migrate(new Transactions(() => sql), schema.tables);

    const known = await headIn(sql);
    if (!isSame(known, headOf(database, known.position))) {
      throw new StoreUnavailable(
        `The database holds a part of another film; DROP SCHEMA ${STAGING} CASCADE removes it`,
      );
    }
    const rest = "AND position > ? ORDER BY position";
    for (const rows of rowsOf(database, film, rest, known.position)) {
      await appendRows(sql, film, rows);
      onCopied({ position: Number(rows.at(-1)![0]), head: head.position });
    }

    await sql.begin(async (sql) => {
      for (const table of beside) {
        await sql.unsafe(`TRUNCATE ${table.name}`);
        for (const rows of rowsOf(database, table)) await appendRows(sql, table, rows);
      }
      await sql.unsafe(`SELECT pg_advisory_xact_lock(${lockOf("film")})`);
      await isThere(sql, head);
      await putInPlace(sql, schema);
    });
    await sql.unsafe(`ANALYZE ${HOME}.event_store, ${HOME}.command`);
    return head;
  } catch (error) {
    throw asUnavailable(error, "Cannot write to the database");
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Whether the database has a film with this head.
 *
 * @throws StoreUnavailable if it has another, or is somebody else's
 */
async function isThere(sql: Sql, head: FilmHead): Promise<boolean> {
  if (!await isFilled(sql)) return false;
  const there = await headIn(sql, { table: `${HOME}.event_store` });
  if (there.position === 0) return false;
  if (isSame(there, head)) return true;
  throw new StoreUnavailable(
    `The database holds another film already, of ${there.position} events`,
  );
}

/** Puts the tables where nodes look for them, in the place of those of an empty store. */
async function putInPlace(sql: Sql, { readModels }: Schema): Promise<void> {
  const tables = await sql.unsafe("SELECT tablename AS name FROM pg_tables WHERE schemaname = $1", [
    STAGING,
  ]);
  for (const { name } of tables) {
    await sql.unsafe(`DROP TABLE IF EXISTS ${HOME}.${name}`);
    await sql.unsafe(`ALTER TABLE ${name} SET SCHEMA ${HOME}`);
  }
  await sql.unsafe(`DROP SCHEMA ${STAGING}`);
  await sql.unsafe(`DROP SCHEMA IF EXISTS ${schemaNameOf(readModels)} CASCADE`);
}
