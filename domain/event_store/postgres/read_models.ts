/**
 * Read models live in a schema of the database that is named by their versions: nodes of one version
 * share it, and nodes of another serve on beside them. A row in it says how far it is developed; who
 * develops it further holds that row.
 */
import { createHash } from "node:crypto";
import { ddlOf, projectionOf } from "../../core/context.ts";
import type { RecordedEvent } from "../../core/event.ts";
import { type RebuildProgress, type Schema, StoreUnavailable } from "../event_store.ts";
import { type Connection, lockOf, lockTransaction, run, send } from "./connection.ts";
import type { Film } from "./film.ts";
import { inPostgres } from "./tables.ts";
import { all, Transactions } from "./transactions.ts";

/** Events developed in one transaction. */
const BATCH = 256;

const PREFIX = "read_";

export type ReadModels = Schema["readModels"];

/** The schema of the database for these versions of the read models. */
export function schemaNameOf(readModels: ReadModels): string {
  const versions = Object.entries(readModels).map((
    [name, { version, create }],
  ) => [name, version, ddlOf(create, "postgres")]);
  const digest = createHash("sha256").update(JSON.stringify(versions)).digest("hex");
  return `${PREFIX}${digest.slice(0, 12)}`;
}

/** The lock that everybody shares who works with a schema. */
export const useOf = (schemaName: string): string => lockOf(`use ${schemaName}`);

export interface Development {
  /** Finds tables in the schema that is developed, and then in `public`. */
  readonly transactions: Transactions;
  readonly schemaName: string;
  readonly readModels: ReadModels;
  readonly film: Film;
  readonly onProgress: (progress: RebuildProgress) => void | Promise<void>;
}

/** Makes the schema's tables, empty, unless they are there. */
export function createReadModels(
  { transactions, schemaName, readModels }: Pick<
    Development,
    "transactions" | "schemaName" | "readModels"
  >,
): Promise<void> {
  return transactions.run(async (sql, commit) => {
    await lockTransaction(sql, `develop ${schemaName}`);
    const [known] = await send(sql, "SELECT 1 FROM pg_namespace WHERE nspname = $1", [schemaName]);
    if (known !== undefined) return await commit([]);
    await send(sql, `CREATE SCHEMA ${schemaName}`);
    await send(sql, `SET LOCAL search_path = ${schemaName}, public`);
    for (const { create } of Object.values(readModels)) {
      for (const text of ddlOf(create, "postgres")) await send(sql, inPostgres(text));
    }
    await send(
      sql,
      `CREATE TABLE read_model_head (position BIGINT NOT NULL) WITH (fillfactor = 50)`,
    );
    await commit([send(sql, "INSERT INTO read_model_head (position) VALUES (0)")]);
  });
}

/** Develops a schema until it has all that the film has. */
export async function develop(development: Development): Promise<void> {
  for (let isLast = false; !isLast;) isLast = await developBatch(development);
}

/** Answers whether that was the last of it. */
function developBatch(
  { transactions, readModels, film, onProgress }: Development,
): Promise<boolean> {
  return transactions.run(async (sql, commit) => {
    const { position, head } = await progressOf(sql);
    const events = await film.after(sql, position, BATCH);
    const last = events.at(-1)?.position ?? position;
    await commit(projected(sql, readModels, events, last));
    return { last, head, count: events.length };
  }).then(async ({ last, head, count }) => {
    if (count > 0) await onProgress({ position: last, head });
    return count < BATCH;
  });
}

/** How far the schema is developed, which nobody else takes further until the transaction ends. */
async function progressOf(sql: Connection): Promise<RebuildProgress> {
  const [[own], [film]] = await all([
    send(sql, "SELECT position FROM read_model_head FOR UPDATE"),
    send(sql, "SELECT COALESCE(max(position), 0) AS head FROM event_store"),
  ]);
  return { position: own!.position, head: film!.head };
}

/** Sends what events change in the read models, and that it is done. */
export function projected(
  sql: Connection,
  readModels: ReadModels,
  events: readonly RecordedEvent[],
  last: number,
): PromiseLike<unknown>[] {
  return [
    ...events.flatMap(projectionOf(readModels)).map((change) => run(sql, change)),
    developedTo(sql, last),
  ];
}

/** Sends how far the schema is developed. */
export const developedTo = (sql: Connection, position: number) =>
  send(sql, "UPDATE read_model_head SET position = $1", [position]);

/**
 * Develops all anew in a schema beside the one that serves, and has it take that one's place in the
 * transaction that develops the last of it, while nothing else is recorded.
 *
 * @param connect to the schema of a name
 * @throws StoreUnavailable while another process does the same
 */
export async function developAnew(
  { schemaName, readModels, film, onProgress }: Omit<Development, "transactions">,
  connect: (schemaName: string) => Connection,
): Promise<void> {
  const beside = `${schemaName}_new`;
  const before = `${schemaName}_old`;
  const sql = connect(beside);
  const transactions = new Transactions(() => connect(beside));
  try {
    const lock = lockOf(`rebuild ${schemaName}`);
    const [taken] = await send(sql, `SELECT pg_try_advisory_lock(${lock}) AS is_ours`);
    if (!taken!.is_ours) {
      throw new StoreUnavailable(
        "Another process is rebuilding the read models; wait until it is done",
      );
    }
    await send(sql, `SELECT pg_advisory_lock_shared(${useOf(beside)})`);
    await dropSchemas(transactions, [beside, before]);
    await createReadModels({ transactions, schemaName: beside, readModels });
    const development = { transactions, schemaName: beside, readModels, film, onProgress };
    await develop(development);
    const last = await transactions.run(async (sql, commit) => {
      await lockTransaction(sql, "film");
      const { position, head } = await progressOf(sql);
      const events = await film.after(sql, position, Number.MAX_SAFE_INTEGER);
      const sent = projected(sql, readModels, events, head);
      await commit([
        ...sent,
        send(sql, `ALTER SCHEMA ${schemaName} RENAME TO ${before}`),
        send(sql, `ALTER SCHEMA ${beside} RENAME TO ${schemaName}`),
      ]);
      return head;
    });
    await onProgress({ position: last, head: last });
    await dropSchemas(transactions, [before]);
  } finally {
    await Promise.all([transactions.end(), sql.end({ timeout: 1 })]);
  }
}

/** Drops the schemas of other versions, unless somebody uses them. */
export async function dropUnused(transactions: Transactions, schemaName: string): Promise<void> {
  const rows = await transactions.run((sql) =>
    send(
      sql,
      "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'read\\_%' AND nspname <> $1",
      [schemaName],
    )
  );
  for (const { name } of rows as unknown as { name: string }[]) {
    if (!/^read_[0-9a-f]{12}(_new|_old)?$/.test(name)) continue;
    await transactions.run(async (sql, commit) => {
      const [free] = await send(sql, `SELECT pg_try_advisory_xact_lock(${useOf(name)}) AS is_ours`);
      await commit(
        free!.is_ours ? [send(sql, `DROP SCHEMA IF EXISTS ${name} CASCADE`)] : [],
      );
    });
  }
}

function dropSchemas(transactions: Transactions, names: readonly string[]): Promise<void> {
  return transactions.run((sql, commit) =>
    commit(names.map((name) => send(sql, `DROP SCHEMA IF EXISTS ${name} CASCADE`)))
  );
}
