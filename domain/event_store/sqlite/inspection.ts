/** What verifying is made of: findings, and how values are compared as they are stored. */
import { Buffer } from "node:buffer";
import type { StatementSync } from "node:sqlite";
import type { Database } from "./database.ts";

/** Something that is not as it was recorded. Names no personal data. */
export interface Finding {
  /** The event, row, key or command that is wrong: "event 12", "row id=7 of post_projection". */
  readonly where: string;
  readonly problem: string;
}

/** Inspecting step by step: each is a finding, or a row with nothing to say of. */
export type Inspection<Result = void> = Generator<Finding | null, Result>;

/** Has a statement answer numbers beyond what JavaScript's hold, too. */
export function withBigInts(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true);
  return statement;
}

/** How many rows there are in what FROM may name. */
export function countOf(database: Database, from: string): number {
  const { count } = database.prepare(`SELECT count(*) AS count FROM ${from}`).get() as {
    count: number;
  };
  return count;
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
