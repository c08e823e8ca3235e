import type { Command } from "commander";
import { sql } from "../../domain/core/statement.ts";
import type { EventStore } from "../../domain/event_store/event_store.ts";
import type { Config } from "../../fresh.config.ts";
import { databaseOf } from "../../web/data_dir.ts";
import { bytesText } from "../support/bytes.ts";
import { filesBelow, sizeOf } from "../support/files.ts";
import { withStore } from "../support/run.ts";

interface Options {
  readonly json: boolean;
}

export function addStats(program: Command): void {
  program.command("stats")
    .description("Count people, what they made, and the room it takes")
    .option("--json", "print one JSON document", false)
    .action(({ json }: Options) =>
      withStore(async ({ store, filmroll, config }) => {
        const { head, subscribers } = await store.status();
        const totals = await filmroll.queries.ask("GetTotals", {});
        const bytes = await bytesOf(store, config);
        if (json) {
          console.log(JSON.stringify({ events: head, ...totals, bytes, subscribers }));
          return;
        }
        const lines: [string, number | string][] = [
          ["events", head],
          ...Object.entries(totals!),
          ...Object.entries(bytes).map(([what, bytes]): [string, string] => [
            LABELS[what as keyof Room],
            bytesText(bytes),
          ]),
        ];
        const width = Math.max(...lines.map(([name]) => name.length));
        for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`);
      })
    );
}

/** The room that everything takes, in bytes; what is kept elsewhere is not counted. */
interface Room {
  readonly database: number;
  readonly log?: number;
  readonly media?: number;
}

const LABELS: Readonly<Record<keyof Room, string>> = {
  database: "database",
  log: "log beside it",
  media: "pictures",
};

async function bytesOf(
  store: EventStore,
  { dataDir, database, mediaStore }: Config,
): Promise<Room> {
  const media = mediaStore === null ? { media: await bytesBelow(`${dataDir}/media`) } : {};
  if (database !== null) {
    const [row] = await store.query(sql`SELECT pg_database_size(current_database()) AS bytes`);
    return { database: row!.bytes as number, ...media };
  }
  return {
    database: await sizeOf(databaseOf(dataDir)) ?? 0,
    log: await sizeOf(`${databaseOf(dataDir)}-wal`) ?? 0,
    ...media,
  };
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { size } of filesBelow(folder)) bytes += size;
  return bytes;
}
