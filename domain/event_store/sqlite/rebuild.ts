/**
 * Develops all read models anew, beside those that serve: into tables of their own, a batch of events
 * at a time; with the last batch they take the others' place. Queries and other processes see either
 * the old ones or the new ones, whole, under the same names (docs/adr/0017).
 *
 * All are developed together, since a projection may look into another's tables.
 */
import { ddlOf, projectionOf, type ReadModel } from "../../core/context.ts";
import type { RecordedEvent } from "../../core/event.ts";
import type { Statement } from "../../core/statement.ts";
import type { RebuildProgress } from "../event_store.ts";
import { type Database, keyOf } from "./database.ts";

/** Events read at once. */
const BATCH = 256;

/** Events are developed for so long at once, holding the event loop: rich ones take longer. */
const HOLD_MS = 8;

/** Rows deleted at once of a table that no longer serves. */
const ROWS = 500;

/** What is worked with. */
export interface Darkroom {
  readonly database: Database;
  readonly readModels: Readonly<Record<string, ReadModel>>;
  readonly film: (after: number, limit: number) => readonly RecordedEvent[];
  readonly head: () => number;
  readonly transaction: <Result>(work: () => Result) => Result;
  readonly onProgress: (progress: RebuildProgress) => void;
}

/**
 * Each step is one short transaction; between two of them others may write. A rebuild that is broken
 * off leaves tables that nobody reads, for {@linkcode discard}.
 */
export function* developAnew(darkroom: Darkroom): Generator<void> {
  const { database, readModels, film, head, transaction, onProgress } = darkroom;
  const project = projectionOf(readModels);
  yield* discard(darkroom);
  const beside = transaction(() => createBeside(database, Object.values(readModels)));
  let position = 0;
  for (let isLast = false; !isLast;) {
    isLast = transaction(() => {
      const events = film(position, BATCH);
      const until = performance.now() + HOLD_MS;
      for (const event of events) {
        if (performance.now() > until) return false;
        for (const statement of project(event)) {
          database.run(beside.statement(statement));
        }
        position = event.position;
      }
      if (events.length === BATCH) return false;
      putInPlace(database, readModels, beside);
      return true;
    });
    onProgress({ position, head: head() });
    yield;
  }
  yield* discard(darkroom);
}

/** Drops, step by step, the tables that no longer serve, and those that never came to. */
export function* discard(darkroom: Darkroom): Generator<void> {
  const { database, transaction } = darkroom;
  for (const { name, isVirtual } of leftovers(darkroom)) {
    while (!isVirtual && transaction(() => deleteSome(database, name))) yield;
    transaction(() => database.exec(`DROP TABLE ${name}`));
    yield;
  }
}

/** Whether there is anything to {@linkcode discard}. */
export const hasLeftovers = (darkroom: Pick<Darkroom, "database" | "readModels">): boolean =>
  leftovers(darkroom).length > 0;

/** Makes the tables of a film that has no event yet. */
export function createReadModels(database: Database, readModels: Darkroom["readModels"]): void {
  for (const text of ddlOfAll(Object.values(readModels))) database.exec(text);
  noteVersions(database, readModels);
}

/** Whether the tables are of other versions than those declared. */
export const areOutdated = (database: Database, readModels: Darkroom["readModels"]): boolean =>
  Object.entries(readModels).some(([name, { version }]) => {
    const row = database.prepare("SELECT version FROM read_model WHERE name = ?").get(name);
    return row?.version !== version;
  });

function noteVersions(database: Database, readModels: Darkroom["readModels"]): void {
  const note = database.prepare(
    `INSERT INTO read_model (name, version) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version`,
  );
  for (const [name, { version }] of Object.entries(readModels)) note.run(name, version);
}

const ddlOfAll = (models: readonly ReadModel[]): string[] =>
  models.flatMap(({ create }) => ddlOf(create, "sqlite"));

const tablesOf = (models: readonly ReadModel[]): string[] => models.flatMap(({ tables }) => tables);

/** The names of tables and indexes that are made beside those of the same name. */
class Beside {
  readonly #suffix: string;
  readonly #names: RegExp;
  readonly #renamed = new WeakMap<readonly string[], readonly string[]>();

  constructor(tables: readonly string[], number: number) {
    this.#suffix = `__${number}`;
    this.#names = new RegExp(`\\b(?:${tables.join("|")})\\b`, "g");
  }

  table(name: string): string {
    return name + this.#suffix;
  }

  /** A CREATE statement; an index keeps its new name, since SQLite renames tables alone. */
  creation(text: string): string {
    return this.#rename(text).replace(/^(CREATE (?:UNIQUE )?INDEX )(\w+)/i, `$1$2${this.#suffix}`);
  }

  statement({ texts, params }: Statement): Statement {
    let renamed = this.#renamed.get(texts);
    if (renamed === undefined) {
      renamed = texts.map((text) => this.#rename(text));
      this.#renamed.set(texts, renamed);
    }
    return { texts: renamed, params };
  }

  #rename(text: string): string {
    return text.replace(this.#names, (name) => this.table(name));
  }
}

function createBeside(database: Database, models: readonly ReadModel[]): Beside {
  const { number } = database.prepare(
    `INSERT INTO sequence (name, value) VALUES ('rebuild', 1)
     ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value AS number`,
  ).get() as { number: number };
  const beside = new Beside(tablesOf(models), number);
  for (const text of ddlOfAll(models)) database.exec(beside.creation(text));
  return beside;
}

function putInPlace(
  database: Database,
  readModels: Darkroom["readModels"],
  beside: Beside,
): void {
  for (const table of tablesOf(Object.values(readModels))) {
    if (exists(database, table)) database.exec(`ALTER TABLE ${table} RENAME TO ${table}__0`);
    database.exec(`ALTER TABLE ${beside.table(table)} RENAME TO ${table}`);
  }
  noteVersions(database, readModels);
}

const exists = (database: Database, table: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !==
    undefined;

interface Leftover {
  readonly name: string;
  readonly isVirtual: boolean;
}

function leftovers({ database, readModels }: Pick<Darkroom, "database" | "readModels">) {
  const declared = new Set(tablesOf(Object.values(readModels)));
  const tables = database.prepare(
    "SELECT name, sql LIKE 'CREATE VIRTUAL%' AS isVirtual FROM sqlite_schema WHERE type = 'table'",
  ).all() as unknown as { name: string; isVirtual: number }[];
  return tables.flatMap(({ name, isVirtual }): Leftover[] => {
    const original = /^(\w+)__\d+$/.exec(name)?.[1];
    const isOurs = original !== undefined && declared.has(original);
    return isOurs ? [{ name, isVirtual: isVirtual === 1 }] : [];
  });
}

/** Deletes a few rows of a table; answers whether there were any. */
function deleteSome(database: Database, table: string): boolean {
  const key = keyOf(database, table).join(", ");
  const { changes } = database.prepare(
    `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} LIMIT ${ROWS})`,
  ).run();
  return changes > 0;
}
