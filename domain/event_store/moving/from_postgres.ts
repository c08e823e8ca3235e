/** Makes a SQLite database of a store on PostgreSQL, with which a Filmroll can go on. */
import { asUnavailable, type EventStoreOptions } from "../event_store.ts";
import { Database } from "../sqlite/database.ts";
import type { FilmHead } from "../sqlite/inspect_film.ts";
import { SqliteEventStore } from "../sqlite/sqlite_event_store.ts";
import { rawTablesOf } from "./raw_tables.ts";
import { connect, lockOf } from "../postgres/connection.ts";
import { requireNobody } from "./postgres_rows.ts";
import { copyToSqlite, inSnapshot, type OnCopied } from "./to_sqlite.ts";

export interface FromPostgresOptions
  extends Pick<EventStoreOptions, "schema" | "masterKey" | "onRebuild"> {
  readonly onCopied?: OnCopied;
}

/**
 * Copies a store as it is at one moment, also while nodes work on it, and develops its read models.
 *
 * @param path of the database's file; one that was broken off is taken on
 * @throws StoreUnavailable if PostgreSQL's cannot be read, or the file holds a part of another film
 */
export async function copyFromPostgres(
  url: string,
  path: string,
  { onCopied, onRebuild, ...options }: FromPostgresOptions,
): Promise<FilmHead> {
  const { schema } = options;
  await SqliteEventStore.open(path, options).close();
  const database = new Database(path, { pragmas: ["synchronous = NORMAL"] });
  let head: FilmHead;
  try {
    head = await inSnapshot(
      url,
      schema,
      (sql) => copyToSqlite(sql, database, rawTablesOf(schema), onCopied),
    );
  } finally {
    database.close();
  }
  const store = SqliteEventStore.open(path, options);
  try {
    await store.rebuild(onRebuild);
  } finally {
    await store.close();
  }
  await Deno.remove(`${path}-rebuild`);
  return head;
}

/**
 * Keeps everybody from recording.
 *
 * @throws StoreUnavailable while somebody works on the database
 */
export async function holdPostgres(url: string): Promise<AsyncDisposable> {
  const sql = connect(url, { max: 1, searchPath: [], readOnly: true, purpose: "moving" });
  const end = () => sql.end({ timeout: 1 });
  try {
    await requireNobody(sql);
    await sql.unsafe(`SELECT pg_advisory_lock(${lockOf("film")})`);
    return { [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw asUnavailable(error, "Cannot read the database");
  }
}
