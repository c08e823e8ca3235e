import { StoreUnavailable } from "../event_store.ts";
import { headOf } from "../moving/sqlite_rows.ts";
import { Database } from "./database.ts";
import type { FilmHead } from "./inspect_film.ts";

/**
 * Copies a database as it is at one moment into a new file, packed; others read and write meanwhile.
 * Nothing that was deleted is in the copy. Takes its time, and the thread with it.
 *
 * @throws StoreUnavailable if it cannot be read, or the copy not be written
 */
export function copySnapshot(path: string, copy: string): FilmHead {
  let database: Database | undefined;
  try {
    database = new Database(path, { readOnly: true, pragmas: ["busy_timeout = 5000"] });
    database.prepare("VACUUM INTO ?").run(copy);
    return headIn(copy);
  } catch (error) {
    throw new StoreUnavailable(`Cannot copy database "${path}": ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    database?.close();
  }
}

/** Bytes that a copy of a database takes, more or less. */
export function estimateSnapshot(path: string): number {
  const database = new Database(path, { readOnly: true, pragmas: ["busy_timeout = 5000"] });
  try {
    const { bytes } = database.prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
    ).get() as { bytes: number };
    return bytes;
  } finally {
    database.close();
  }
}

function headIn(path: string): FilmHead {
  const database = new Database(path, { readOnly: true, pragmas: [] });
  try {
    return headOf(database);
  } finally {
    database.close();
  }
}

/** Whether another connection, of whichever process, has the database open. */
export function isInUse(path: string): boolean {
  const database = new Database(path, { pragmas: ["locking_mode = EXCLUSIVE"] });
  try {
    database.exec("BEGIN IMMEDIATE; ROLLBACK");
    return false;
  } catch {
    return true;
  } finally {
    database.close();
  }
}
