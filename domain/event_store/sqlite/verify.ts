/**
 * Verifying a database: that its film is whole and unaltered, and that every read model is what the
 * film develops into. Reads one snapshot, also beside a running server, and writes
 * nothing to it; beside it stands a nameless file while the film is developed.
 */
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { ddlOf } from "../../core/context.ts";
import { asUnavailable } from "../event_store.ts";
import { Database } from "./database.ts";
import { type FilmHead, type FilmOptions, inspectFilm } from "./inspect_film.ts";
import { type Engine, inspectReadModels } from "./inspect_read_models.ts";
import type { Finding, Inspection } from "./inspection.ts";
import { requireMasterKey } from "./key_table.ts";

export interface Verification {
  readonly head: FilmHead;
  /** The first of them. */
  readonly findings: readonly Finding[];
  /** How many there are. */
  readonly found: number;
}

/** Findings that are told one by one. */
const MOST_FINDINGS = 1000;
/** Rows that are read before others get their turn. */
const TURN = 500;

/**
 * Verifies the database of a store.
 *
 * @throws StoreUnavailable if it cannot be read at all, or has another master key
 */
export async function verify(path: string, options: FilmOptions): Promise<Verification> {
  let database: Database | undefined;
  try {
    database = new Database(path, { readOnly: true, pragmas: ["busy_timeout = 5000"] });
    database.exec("BEGIN");
    requireMasterKey(database, path, options.masterKey);
    return await collect(inspectFile(database, path, options));
  } catch (error) {
    throw asUnavailable(error, `Cannot verify database "${path}"`);
  } finally {
    database?.close();
  }
}

/** Goes through an inspection, and lets others have their turn meanwhile. */
export async function collect(inspection: Inspection<FilmHead>): Promise<Verification> {
  const findings: Finding[] = [];
  let found = 0;
  let step = inspection.next();
  for (let steps = 1; !step.done; step = inspection.next(), steps++) {
    if (step.value !== null && ++found <= MOST_FINDINGS) findings.push(step.value);
    if (steps % TURN === 0) await setImmediate();
  }
  return { head: step.value, findings, found };
}

function* inspectFile(
  database: Database,
  path: string,
  options: FilmOptions,
): Inspection<FilmHead> {
  yield* inspectPages(database);
  return yield* inspectStore(database, dirname(path), options);
}

/**
 * Inspects the film and the read models as a connection sees them.
 *
 * @param folder where the film is developed
 * @param engine whose rows they are: here, or copied from there
 */
export function* inspectStore(
  database: Database,
  folder: string,
  options: FilmOptions,
  engine: Engine = "sqlite",
): Inspection<FilmHead> {
  const { readModels } = options.schema;
  const scratch = openScratch(folder);
  try {
    scratch.exec("BEGIN");
    for (const { create } of Object.values(readModels)) {
      for (const text of ddlOf(create, "sqlite")) scratch.exec(text);
    }
    const head = yield* inspectFilm(database, options, scratch);
    yield* inspectReadModels(database, scratch, readModels, engine);
    return head;
  } finally {
    scratch.close();
  }
}

/** An empty database. Its file has no name, so that nothing is left of it by a crash. */
export function openScratch(folder: string): Database {
  const file = Deno.makeTempFileSync({ dir: folder, prefix: ".verify-" });
  try {
    return new Database(file, { pragmas: ["journal_mode = MEMORY", "synchronous = OFF"] });
  } finally {
    Deno.removeSync(file);
  }
}

/** SQLite's own check: pages, indexes, full-text indexes. */
function* inspectPages(database: Database): Inspection {
  for (const row of database.prepare("PRAGMA integrity_check").iterate()) {
    const problem = String(Object.values(row as Record<string, unknown>)[0]);
    if (problem !== "ok") yield { where: "database file", problem };
  }
}
