import { list, one, type Row } from "../core/query.ts";
import { sql } from "../core/statement.ts";
import type { ImportEnded, Source } from "./events.ts";

/** An import as the contract's `Import`. */
export interface ImportView {
  readonly id: number;
  readonly source: Source;
  /** Posts in the archive, those taken over, and those that could not be. */
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  /** Null while it runs. */
  readonly outcome: ImportEnded["data"]["outcome"] | null;
  readonly problem: string | null;
  readonly created_at: string;
}

const columns = sql`id, source, total, done, skipped, outcome, problem, created_at`;

/** The import that somebody began last; null where they never did. */
export const getLatestImport = one(
  ({ userId }: { userId: number }) =>
    sql`
    SELECT ${columns} FROM import_projection WHERE user_id = ${userId} ORDER BY id DESC LIMIT 1`,
  (row) => row as unknown as ImportView,
);

export interface UnfinishedImport extends ImportView {
  readonly user_id: number;
  /** When it last said how far it is. */
  readonly advanced_at: string;
}

/** All imports that have not ended, in the order they began. */
export const getUnfinishedImports = list(
  () =>
    sql`
    SELECT user_id, advanced_at, ${columns}
    FROM import_projection WHERE outcome IS NULL ORDER BY id`,
  (row: Row) => row as unknown as UnfinishedImport,
);
