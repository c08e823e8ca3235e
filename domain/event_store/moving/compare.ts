/** Whether a store is on PostgreSQL what it is on SQLite. */
import type { Database } from "../sqlite/database.ts";
import { type FilmHead, type FilmOptions, inspectFilm } from "../sqlite/inspect_film.ts";
import { inspectReadModels, inspectTable } from "../sqlite/inspect_read_models.ts";
import type { Inspection } from "../sqlite/inspection.ts";
import { collect, type Verification } from "../sqlite/verify.ts";
import { rawTablesOf } from "./raw_tables.ts";
import { headOf } from "./sqlite_rows.ts";
import { inSnapshot, type OnCopied } from "./to_sqlite.ts";
import { copyWhole } from "./whole_copy.ts";

export interface CompareOptions extends Pick<FilmOptions, "schema" | "masterKey" | "onProgress"> {
  /** Where PostgreSQL's rows are while they are looked at. */
  readonly folder: string;
  readonly onCopied?: OnCopied;
}

/**
 * Compares two stores: each row of every table, and of every read model what it holds; and checks the
 * film's chain, keys and commands as they are on PostgreSQL.
 *
 * @throws StoreUnavailable if PostgreSQL's cannot be read
 */
export async function compare(
  database: Database,
  url: string,
  { folder, onCopied, ...options }: CompareOptions,
): Promise<Verification> {
  const { schema } = options;
  using copy = await inSnapshot(url, schema, (sql) => copyWhole(sql, schema, folder, onCopied));
  return await collect(inspectBoth(copy.database, database, options));
}

function* inspectBoth(
  copy: Database,
  database: Database,
  options: Omit<FilmOptions, "kept">,
): Inspection<FilmHead> {
  const { schema } = options;
  const { film, beside } = rawTablesOf(schema);
  for (const { name, rows } of [film, ...beside]) {
    yield* inspectTable(copy, database, name, { rows });
  }
  yield* inspectReadModels(copy, database, schema.readModels, "postgres");
  return yield* inspectFilm(copy, { ...options, kept: headOf(database) }, null);
}
