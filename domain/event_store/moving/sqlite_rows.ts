/** Rows into and out of SQLite as they are kept, many at a time. */
import type { Database } from "../sqlite/database.ts";
import { type FilmHead, NO_EVENT } from "../sqlite/inspect_film.ts";
import { withBigInts } from "../sqlite/inspection.ts";
import { BATCH } from "./postgres_rows.ts";
import { columnsOf, type RawRow, type RawTable, type RawValue } from "./raw_tables.ts";

/**
 * The rows of a table, a batch at a time.
 *
 * @param rest what follows the condition of the table's rows
 */
export function* rowsOf(
  database: Database,
  table: RawTable,
  rest = "",
  ...params: readonly number[]
): Generator<RawRow[]> {
  const select = `SELECT ${columnsOf(table)} FROM ${table.name} WHERE ${table.rows} ${rest}`;
  const columns = table.columns.map(({ name }) => name);
  let batch: RawRow[] = [];
  for (const row of withBigInts(database.prepare(select)).iterate(...params)) {
    const values = row as Record<string, RawValue>;
    batch.push(columns.map((column) => values[column]!));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Appends rows to a table. */
export function appendRows(database: Database, table: RawTable, rows: readonly RawRow[]): void {
  const places = table.columns.map(() => "?").join(", ");
  const insert = database.prepare(
    `INSERT INTO ${table.name} (${columnsOf(table)}) VALUES (${places})`,
  );
  for (const row of rows) insert.run(...row);
}

/** Does all of it, or nothing. */
export function inTransaction(database: Database, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** The last event up to a position. */
export function headOf(database: Database, upTo = Number.MAX_SAFE_INTEGER): FilmHead {
  const last = database.prepare(
    `SELECT position, lower(hex(hash)) AS hash FROM event_store
     WHERE position <= ? ORDER BY position DESC LIMIT 1`,
  ).get(upTo);
  return last === undefined ? NO_EVENT : { ...last } as unknown as FilmHead;
}
