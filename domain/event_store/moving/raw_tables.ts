/** A store's tables as their rows are kept, the same on every engine: what is copied and compared. */
import { ddlOf } from "../../core/context.ts";
import type { Schema } from "../event_store.ts";
import { Database, keyOf } from "../sqlite/database.ts";
import { tables as filmTables } from "../sqlite/tables.ts";

export interface RawColumn {
  readonly name: string;
  readonly isInteger: boolean;
}

export interface RawTable {
  readonly name: string;
  readonly columns: readonly RawColumn[];
  /** The columns by which its rows are told apart. */
  readonly key: readonly string[];
  /** The condition of a row that is the store's, and not the engine's own. */
  readonly rows: string;
}

/** A row's values in the order of its table's columns. Integers may be of 64 bits. */
export type RawRow = readonly RawValue[];
export type RawValue = bigint | number | string | Uint8Array | null;

export interface RawTables {
  readonly film: RawTable;
  /** What is kept beside the film and changes: keys, commands, counters, the contexts' own tables. */
  readonly beside: readonly RawTable[];
  readonly readModels: readonly RawTable[];
}

/** Tables that are SQLite's own: they say how its read models are made. */
const OWN_TABLES: ReadonlySet<string> = new Set(["read_model"]);

/** Of tables that are not: the rows that are. */
const OWN_ROWS: Readonly<Record<string, string>> = { sequence: "name = 'rebuild'" };

/** The tables of a schema. */
export function rawTablesOf({ tables, readModels }: Schema): RawTables {
  const empty = new Database(":memory:", { pragmas: [] });
  try {
    for (const text of [...filmTables, ...tables]) empty.exec(text);
    const kept = tablesIn(empty).filter((name) => !OWN_TABLES.has(name));
    for (const { create } of Object.values(readModels)) {
      for (const text of ddlOf(create, "sqlite")) empty.exec(text);
    }
    const described = (name: string) => describe(empty, name);
    return {
      film: described("event_store"),
      beside: kept.filter((name) => name !== "event_store").map(described),
      readModels: Object.values(readModels).flatMap(({ tables }) => tables).map(described),
    };
  } finally {
    empty.close();
  }
}

export const columnsOf = ({ columns }: RawTable): string =>
  columns.map(({ name }) => name).join(", ");

const tablesIn = (database: Database): string[] =>
  (database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all() as {
    name: string;
  }[]).map(({ name }) => name);

function describe(database: Database, name: string): RawTable {
  const key = keyOf(database, name);
  const declared = database.prepare("SELECT name, type FROM pragma_table_info(?)").all(name) as {
    name: string;
    type: string;
  }[];
  const columns = declared.map(({ name, type }) => ({ name, isInteger: type === "INTEGER" }));
  const isKeyed = key.every((column) => columns.some(({ name }) => name === column));
  return {
    name,
    key,
    rows: name in OWN_ROWS ? `NOT (${OWN_ROWS[name]})` : "TRUE",
    columns: isKeyed ? columns : [...key.map((name) => ({ name, isInteger: true })), ...columns],
  };
}
