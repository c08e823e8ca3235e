/**
 * Verifying a store on PostgreSQL with the checks of SQLite's: its rows are copied, as they are at one
 * moment while nodes write on. Nothing is written to the server.
 */
import { copyWhole } from "../moving/whole_copy.ts";
import { inSnapshot, type OnCopied } from "../moving/to_sqlite.ts";
import type { FilmOptions } from "../sqlite/inspect_film.ts";
import { requireMasterKey } from "../sqlite/key_table.ts";
import { collect, inspectStore, type Verification } from "../sqlite/verify.ts";

export interface VerifyOptions extends Omit<FilmOptions, "developedUntil"> {
  /** Where the copy is while it is looked at; about as large as a backup. */
  readonly folder: string;
  readonly onCopied?: OnCopied;
}

/**
 * Verifies the database of a store.
 *
 * @throws StoreUnavailable if it cannot be read at all, or has another master key
 */
export async function verify(
  url: string,
  { folder, onCopied, ...options }: VerifyOptions,
): Promise<Verification> {
  const { schema } = options;
  using copy = await inSnapshot(url, schema, (sql) => copyWhole(sql, schema, folder, onCopied));
  const { database, developedUntil } = copy;
  requireMasterKey(database, "the database", options.masterKey);
  return await collect(
    inspectStore(database, folder, { ...options, developedUntil }, "postgres"),
  );
}
