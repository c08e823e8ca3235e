import type { Command } from "commander";
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
      withStore(async ({ store, filmroll, config: { dataDir } }) => {
        const { head, subscribers } = await store.status();
        const totals = await filmroll.queries.ask("GetTotals", {});
        const database = await sizeOf(databaseOf(dataDir)) ?? 0;
        const log = await sizeOf(`${databaseOf(dataDir)}-wal`) ?? 0;
        const media = await bytesBelow(`${dataDir}/media`);
        const bytes = { database, log, media };
        if (json) {
          console.log(JSON.stringify({ events: head, ...totals, bytes, subscribers }));
          return;
        }
        const lines: [string, number | string][] = [
          ["events", head],
          ...Object.entries(totals!),
          ["database", bytesText(database)],
          ["log beside it", bytesText(log)],
          ["pictures", bytesText(media)],
        ];
        const width = Math.max(...lines.map(([name]) => name.length));
        for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`);
      })
    );
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { size } of filesBelow(folder)) bytes += size;
  return bytes;
}
