/** Rows into and out of PostgreSQL as they are kept, many at a time. */
import { finished } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { StoreUnavailable } from "../event_store.ts";
import type { Connection } from "../postgres/connection.ts";
import { type FilmHead, NO_EVENT } from "../sqlite/inspect_film.ts";
import { columnsOf, type RawRow, type RawTable, type RawValue } from "./raw_tables.ts";

/** What a connection and a transaction both can. */
export type Sql = Pick<Connection, "unsafe">;

/** Rows read or written at once. */
export const BATCH = 2000;

/**
 * The rows of a table, a batch at a time; within a transaction.
 *
 * @param rest what follows the condition of the table's rows
 */
export async function* rowsOf(sql: Sql, table: RawTable, rest = ""): AsyncGenerator<RawRow[]> {
  const { name, columns, rows: kept } = table;
  // The client makes numbers of 64-bit integers, and what was tampered with may be beyond them.
  const selected = columns.map((column) => column.isInteger ? `${column.name}::text` : column.name);
  const toValue = columns.map(({ name, isInteger }) => (row: Record<string, RawValue>) =>
    isInteger && row[name] !== null ? BigInt(row[name] as string) : row[name]!
  );
  const rows = sql.unsafe(`SELECT ${selected.join(", ")} FROM ${name} WHERE ${kept} ${rest}`)
    .cursor(BATCH);
  for await (const batch of rows) {
    yield batch.map((row) => toValue.map((value) => value(row as Record<string, RawValue>)));
  }
}

/** Appends rows to a table, by COPY: several times as fast as by INSERT. */
export async function appendRows(
  sql: Sql,
  table: RawTable,
  rows: readonly RawRow[],
): Promise<void> {
  const lines = rows.map((row) => `${row.map(cellOf).join("\t")}\n`).join("");
  const copying = await sql.unsafe(`COPY ${table.name} (${columnsOf(table)}) FROM STDIN`)
    .writable();
  copying.end(lines);
  await finished(copying);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A value in COPY's text format (https://www.postgresql.org/docs/current/sql-copy.html). */
function cellOf(value: RawValue): string {
  if (value === null) return "\\N";
  if (value instanceof Uint8Array) return `\\\\x${value.toHex()}`;
  return String(value).replace(/[\\\n\r\t]/g, (character) => ESCAPES[character]!);
}

/** The last event up to a position. */
export async function headOf(
  sql: Sql,
  { upTo = Number.MAX_SAFE_INTEGER, table = "event_store" } = {},
): Promise<FilmHead> {
  const [last] = await sql.unsafe(
    `SELECT position, encode(hash, 'hex') AS hash FROM ${table}
     WHERE position <= ${upTo} ORDER BY position DESC LIMIT 1`,
  );
  return last === undefined ? NO_EVENT : { position: Number(last.position), hash: last.hash };
}

export const isSame = (one: FilmHead, other: FilmHead): boolean =>
  one.position === other.position && one.hash === other.hash;

/**
 * Makes sure that nobody else works on the database. Who was killed may be on the server's list for a
 * moment yet.
 *
 * @throws StoreUnavailable while somebody does
 */
export async function requireNobody(sql: Sql): Promise<void> {
  for (let triesLeft = 20;; triesLeft--) {
    const others = await sql.unsafe(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'filmroll %'
         AND pid <> pg_backend_pid()`,
    );
    if (others.length === 0) return;
    if (triesLeft === 0) {
      throw new StoreUnavailable("Somebody works on the database: stop every node first");
    }
    await setTimeout(100);
  }
}
