/** All that a store on PostgreSQL keeps, in a nameless SQLite database to be looked at. */
import { type Schema, StoreUnavailable } from "../event_store.ts";
import type { Database } from "../sqlite/database.ts";
import { tables } from "../sqlite/tables.ts";
import { openScratch } from "../sqlite/verify.ts";
import type { Sql } from "./postgres_rows.ts";
import { type RawTable, rawTablesOf } from "./raw_tables.ts";
import { copyTables, copyToSqlite, type OnCopied } from "./to_sqlite.ts";

export interface WholeCopy extends Disposable {
  readonly database: Database;
  /** The last event that the read models have. */
  readonly developedUntil: number;
}

/**
 * Copies the film, what is kept beside it, and the read models.
 *
 * @param sql as of one moment
 * @param folder where the copy's file is
 * @throws StoreUnavailable if there are no read models of this version
 */
export async function copyWhole(
  sql: Sql,
  schema: Schema,
  folder: string,
  onCopied?: OnCopied,
): Promise<WholeCopy> {
  const raw = rawTablesOf(schema);
  const database = openScratch(folder);
  try {
    for (const text of [...tables, ...schema.tables]) database.exec(text);
    for (const table of raw.readModels) database.exec(plain(table));
    const developedUntil = await developedIn(sql);
    await copyToSqlite(sql, database, raw, onCopied);
    await copyTables(sql, database, raw.readModels);
    return { database, developedUntil, [Symbol.dispose]: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The table without types, so that it takes whatever another engine holds. */
const plain = ({ name, columns, key }: RawTable): string =>
  `CREATE TABLE ${name} (${columns.map(({ name }) => name).join(", ")}, PRIMARY KEY (${
    key.join(", ")
  }))`;

async function developedIn(sql: Sql): Promise<number> {
  const [found] = await sql.unsafe("SELECT to_regclass('read_model_head') IS NOT NULL AS is_there");
  if (!found!.is_there) {
    throw new StoreUnavailable(
      "The database has no read models of this version; they are made when a node starts",
    );
  }
  const [head] = await sql.unsafe("SELECT position FROM read_model_head");
  return Number(head!.position);
}
