import type { ReadModel } from "../../core/context.ts";
import type { ByEngine } from "../../core/statement.ts";
import type { Schema } from "../event_store.ts";
import { type Database, keyOf } from "./database.ts";
import { countOf, type Inspection, same, withBigInts } from "./inspection.ts";

type Cells = Readonly<Record<string, bigint | number | string | null | Uint8Array>>;

export type Engine = keyof ByEngine<unknown>;

/**
 * Each row there is against the one that the film develops, and the other way round.
 *
 * @param engine whose rows there are: here, or copied from there
 */
export function* inspectReadModels(
  database: Database,
  developed: Database,
  readModels: Schema["readModels"],
  engine: Engine,
): Inspection {
  for (const { tables, words } of Object.values(readModels)) {
    for (const table of tables) {
      yield* inspectTable(database, developed, table, { saying: sayingOf(words?.[table], engine) });
    }
  }
}

/** What of a row there is, and of one that is wanted, can be compared. */
interface Saying {
  readonly is: (row: Cells) => Cells;
  readonly wanted: (row: Cells) => Cells;
}

/** Rows of one form say what they are. */
const AS_IT_IS: Saying = { is: (row) => row, wanted: (row) => row };

/** The words of both, where they are kept in forms of the engines' own. */
function sayingOf(words: Words | undefined, engine: Engine): Saying {
  if (words === undefined || engine === "sqlite") return AS_IT_IS;
  const saying = (wordsOf: Words[Engine]) => (row: Cells): Cells =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        typeof cell === "bigint" ? cell : wordsOf(String(cell ?? "")),
      ]),
    );
  return { is: saying(words[engine]), wanted: saying(words.sqlite) };
}

type Words = NonNullable<ReadModel["words"]>[string];

/**
 * Each row of a table against the one of the same key on the other side, and the other way round.
 *
 * @param rows the condition of those that are looked at
 */
export function* inspectTable(
  database: Database,
  developed: Database,
  table: string,
  { rows = "TRUE", saying = AS_IT_IS } = {},
): Inspection {
  const key = keyOf(developed, table);
  const select = `SELECT ${key.includes("rowid") ? "rowid, *" : "*"} FROM ${table} WHERE ${rows}`;
  const one = `${select} AND ${key.map((column) => `${column} IS ?`).join(" AND ")}`;
  const [here, there] = [database, developed].map((side) => ({
    all: withBigInts(side.prepare(select)),
    one: withBigInts(side.prepare(one)),
  }));
  const keyIn = (row: Cells) => key.map((column) => row[column]!);
  const whereIs = (row: Cells) =>
    `row ${key.map((column) => `${column}=${row[column]}`).join(", ")} of ${table}`;
  let found = 0;
  for (const row of here!.all.iterate() as Iterable<unknown> as Iterable<Cells>) {
    const wanted = there!.one.get(...keyIn(row)) as Cells | undefined;
    const problem = wanted === undefined
      ? "Is not of the film"
      : differenceOf(saying.is(row), saying.wanted(wanted));
    if (wanted !== undefined) found++;
    yield problem === null ? null : { where: whereIs(row), problem };
  }
  // Keys are unique: where as many were found as there are, none is missing.
  if (found === countOf(developed, `${table} WHERE ${rows}`)) return;
  for (const row of there!.all.iterate() as Iterable<unknown> as Iterable<Cells>) {
    const is = here!.one.get(...keyIn(row));
    yield is === undefined ? { where: whereIs(row), problem: "Is missing" } : null;
  }
}

function differenceOf(is: Cells, wanted: Cells): string | null {
  const columns = [...new Set([...Object.keys(is), ...Object.keys(wanted)])].filter((column) => {
    const [a, b] = [is[column], wanted[column]];
    return a instanceof Uint8Array && b instanceof Uint8Array ? !same(a, b) : a !== b;
  });
  return columns.length === 0 ? null : `Differs from the film in ${columns.join(", ")}`;
}
