/**
 * How a group of commands gets to disk: SQLite syncing inside COMMIT, on the event loop
 * (synchronous=FULL), against the store's way: COMMIT unsynced, then the log synced off the loop
 * (docs/adr/0004). One command is an event, its command id and two projected rows.
 */
import { DatabaseSync } from "node:sqlite";
import { uuidv7 } from "../domain/core/id.ts";
import { median, printTable } from "./support/table.ts";

const ROUNDS = 5;
const GROUPS = 200;
const SIZES = [1, 16, 64] as const;

interface Timing {
  /** Milliseconds until the group was on disk. */
  readonly durable: number;
  /** Milliseconds of these that the event loop was held. */
  readonly held: number;
}

async function open(folder: string, synchronous: "FULL" | "NORMAL") {
  const path = `${folder}/${synchronous}.db`;
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    CREATE TABLE event (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, data TEXT,
      UNIQUE (stream, version));
    CREATE TABLE command (command_id TEXT PRIMARY KEY, result TEXT) WITHOUT ROWID;
    CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT);
    CREATE TABLE two (id INTEGER PRIMARY KEY, value TEXT);`);
  const log = await Deno.open(`${path}-wal`, { read: true, write: true });
  const event = database.prepare("INSERT INTO event (stream, version, data) VALUES (?, 1, ?)");
  const command = database.prepare("INSERT INTO command VALUES (?, '{}')");
  const rows = ["one", "two"].map((name) =>
    database.prepare(`INSERT INTO ${name} (value) VALUES (?)`)
  );
  const data = JSON.stringify({ text: "x".repeat(180) });

  return async (size: number): Promise<Timing> => {
    const began = performance.now();
    database.exec("BEGIN IMMEDIATE");
    for (let index = 0; index < size; index++) {
      const id = uuidv7();
      event.run(id, data);
      command.run(id);
      for (const row of rows) row.run(data);
    }
    database.exec("COMMIT");
    const held = performance.now() - began;
    if (synchronous === "NORMAL") await log.syncData();
    return { durable: performance.now() - began, held };
  };
}

const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
const ways = [
  { name: "synchronous=FULL", commit: await open(folder, "FULL") },
  { name: "own sync, off the loop", commit: await open(folder, "NORMAL") },
];

for (const size of SIZES) {
  const durable = ways.map(({ name }) => ({ name, runs: [] as number[] }));
  const held = ways.map(({ name }) => ({ name, runs: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { commit }] of ways.entries()) {
      const timings: Timing[] = [];
      for (let group = 0; group < GROUPS; group++) timings.push(await commit(size));
      durable[index]!.runs.push(median(timings.map((timing) => timing.durable)));
      held[index]!.runs.push(median(timings.map((timing) => timing.held)));
    }
  }
  const options = { unit: "ms", digits: 2 };
  printTable(durable, { title: `A group of ${size}, until it is on disk`, ...options });
  printTable(held, { title: `A group of ${size}, event loop held`, ...options });
}
await Deno.remove(folder, { recursive: true });
