import type { Statement } from "./statement.ts";

/** A row as an engine returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** A named question to the read models: one statement, and what its rows mean. */
export interface Query<Input, Result> {
  readonly statement: (input: Input) => Statement;
  readonly result: (rows: readonly Row[], input: Input) => Result;
  /** Whether its answer is as of now, whatever whoever asks has seen. */
  readonly isFresh?: boolean;
}

/** A question answered by any number of rows, each read by `read`. */
export function list<Input, Item>(
  statement: (input: Input) => Statement,
  read: (row: Row) => Item,
): Query<Input, Item[]> {
  return { statement, result: (rows) => rows.map(read) };
}

/** A question answered by one row, or null where there is none. */
export function one<Input, Item>(
  statement: (input: Input) => Statement,
  read: (row: Row) => Item,
): Query<Input, Item | null> {
  return { statement, result: ([row]) => row === undefined ? null : read(row) };
}

/** As {@linkcode one}, as of now: an older answer would let somebody in, or have something go. */
export const freshOne = <Input, Result>(
  statement: (input: Input) => Statement,
  read: (row: Row) => Result,
): Query<Input, Result | null> => ({ ...one(statement, read), isFresh: true });

/** Which part of a list: `limit` items after `offset`, or those that come after the item `before`. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly before?: number | undefined;
}
