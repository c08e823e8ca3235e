import type { Schema } from "../event_store.ts";
import { type Database, keyOf } from "./database.ts";
import { type Inspection, same, withBigInts } from "./inspection.ts";

type Cells = Readonly<Record<string, bigint | number | string | null | Uint8Array>>;

/** Each row there is against the one that the film develops, and the other way round. */
export function* inspectReadModels(
  database: Database,
  developed: Database,
  { readModels }: Schema,
): Inspection {
  for (const table of Object.values(readModels).flatMap(({ tables }) => tables)) {
    const key = keyOf(developed, table);
    const select = `SELECT ${key.includes("rowid") ? "rowid, *" : "*"} FROM ${table}`;
    const one = `${select} WHERE ${key.map((column) => `${column} IS ?`).join(" AND ")}`;
    const [here, there] = [database, developed].map((side) => ({
      all: withBigInts(side.prepare(select)),
      one: withBigInts(side.prepare(one)),
    }));
    const keyIn = (row: Cells) => key.map((column) => row[column]!);
    const whereIs = (row: Cells) =>
      `row ${key.map((column) => `${column}=${row[column]}`).join(", ")} of ${table}`;
    for (const row of here!.all.iterate() as Iterable<unknown> as Iterable<Cells>) {
      const wanted = there!.one.get(...keyIn(row)) as Cells | undefined;
      const problem = wanted === undefined ? "Is not of the film" : differenceOf(row, wanted);
      yield problem === null ? null : { where: whereIs(row), problem };
    }
    for (const row of there!.all.iterate() as Iterable<unknown> as Iterable<Cells>) {
      const is = here!.one.get(...keyIn(row));
      yield is === undefined ? { where: whereIs(row), problem: "Is missing" } : null;
    }
  }
}

function differenceOf(is: Cells, wanted: Cells): string | null {
  const columns = [...new Set([...Object.keys(is), ...Object.keys(wanted)])].filter((column) => {
    const [a, b] = [is[column], wanted[column]];
    return a instanceof Uint8Array && b instanceof Uint8Array ? !same(a, b) : a !== b;
  });
  return columns.length === 0 ? null : `Differs from the film in ${columns.join(", ")}`;
}
