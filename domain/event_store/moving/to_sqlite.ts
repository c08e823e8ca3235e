/**
 * Copies a store from PostgreSQL into a SQLite database, as it is at one moment while nodes write on.
 * The film comes in batches, so that memory is bounded and a copy that was broken off is taken on.
 */
import {
  asUnavailable,
  type RebuildProgress,
  type Schema,
  StoreUnavailable,
} from "../event_store.ts";
import { connect } from "../postgres/connection.ts";
import { schemaNameOf } from "../postgres/read_models.ts";
import type { Database } from "../sqlite/database.ts";
import type { FilmHead } from "../sqlite/inspect_film.ts";
import { headOf, isSame, rowsOf, type Sql } from "./postgres_rows.ts";
import type { RawTable, RawTables } from "./raw_tables.ts";
import { appendRows, headOf as headIn, inTransaction } from "./sqlite_rows.ts";

/** Told of the events that are copied, and of how many there are. */
export type OnCopied = (progress: RebuildProgress) => void;

/**
 * Has a store on PostgreSQL read as it is at one moment.
 *
 * @throws StoreUnavailable if it cannot be read, or its read models are of another version
 */
export async function inSnapshot<Result>(
  url: string,
  { readModels }: Pick<Schema, "readModels">,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const sql = connect(url, {
    max: 1,
    searchPath: [schemaNameOf(readModels), "public"],
    readOnly: true,
    purpose: "copying",
    statementTimeout: 0,
  });
  try {
    const result = await sql.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
    return result as Result;
  } catch (error) {
    throw asUnavailable(error, "Cannot read the database");
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Copies the film and what is kept beside it, but no read models.
 *
 * @param database with the tables, empty or with what an earlier copy brought of the same film
 * @throws StoreUnavailable if it holds another film
 */
export async function copyToSqlite(
  sql: Sql,
  database: Database,
  { film, beside }: Pick<RawTables, "film" | "beside">,
  onCopied: OnCopied = () => {},
): Promise<FilmHead> {
  const head = await headOf(sql);
  const known = headIn(database);
  const goesOn = known.position > 0;
  if (goesOn && !isSame(known, await headOf(sql, { upTo: known.position }))) {
    throw new StoreUnavailable("What was copied before is of another film");
  }
  // A copy from the beginning takes rows of any position: one below the first is to be found, too.
  const after = `${goesOn ? `AND position > ${known.position} ` : ""}ORDER BY position`;
  for await (const rows of rowsOf(sql, film, after)) {
    inTransaction(database, () => appendRows(database, film, rows));
    onCopied({ position: Number(rows.at(-1)![0]), head: head.position });
  }
  await copyTables(sql, database, beside);
  return head;
}

/** Copies tables as a whole, in the place of what they held. */
export async function copyTables(
  sql: Sql,
  database: Database,
  tables: readonly RawTable[],
): Promise<void> {
  database.exec("BEGIN IMMEDIATE");
  for (const table of tables) {
    database.exec(`DELETE FROM ${table.name} WHERE ${table.rows}`);
    for await (const rows of rowsOf(sql, table)) appendRows(database, table, rows);
  }
  database.exec("COMMIT");
}
