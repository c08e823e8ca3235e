/** What only SQLite's engine has to show: its file, and its own way to sync. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { eventually } from "../../../tests/support/eventually.ts";
import { inFolder } from "../../../tests/support/folder.ts";
import type { DomainEvent } from "../../core/event.ts";
import { uuidv7 } from "../../core/id.ts";
import { sql, type Statement } from "../../core/statement.ts";
import { type Schema, StoreUnavailable, type UnitOfWork } from "../event_store.ts";
import { MasterKey } from "../master_key.ts";
import { masterKey } from "../../testing.ts";
import { SqliteEventStore } from "./sqlite_event_store.ts";

const schema: Schema = {
  readModels: {},
  tables: ["CREATE TABLE IF NOT EXISTS note (text TEXT PRIMARY KEY)"],
  upcasters: {},
  personal: {},
  erasing: {},
};

const options = { schema, masterKey };

const noting = (text: string, ...statements: Statement[]): UnitOfWork<null> => ({
  commandId: uuidv7(),
  command: "Note",
  actor: null,
  streams: [],
  decide: () => ({
    appends: [{ stream: `note-${text}`, expected: "any", event: { type: "Noted", data: {} } }],
    statements: [sql`INSERT INTO note (text) VALUES (${text})`, ...statements],
    result: null,
  }),
});

const onDisk = (use: (store: SqliteEventStore) => Promise<void>) => () =>
  inFolder(async (folder) => {
    const store = SqliteEventStore.open(`${folder}/film.db`, options);
    try {
      await use(store);
    } finally {
      await store.close();
    }
  });

/** Puts something in the place of every file's sync while `use` runs. */
async function withSync(syncData: () => Promise<void>, use: () => Promise<void>): Promise<void> {
  const original = Deno.FsFile.prototype.syncData;
  Deno.FsFile.prototype.syncData = syncData;
  try {
    await use();
  } finally {
    Deno.FsFile.prototype.syncData = original;
  }
}

function refusesToOpen(path: string, message: RegExp): void {
  assert.throws(() => SqliteEventStore.open(path, options), (error) => {
    assert(error instanceof StoreUnavailable);
    assert.match(error.message, message);
    assert(!error.message.includes("\n"), "The message is one line");
    return true;
  });
}

Deno.test("open refuses a file that is no database, and leaves it as it is", () =>
  inFolder(async (folder) => {
    const path = `${folder}/film.db`;
    const text = "Dear diary, ".repeat(500);
    await Deno.writeTextFile(path, text);
    refusesToOpen(path, /^Cannot open database ".*film\.db": file is not a database$/);
    assert.equal(await Deno.readTextFile(path), text);
  }));

Deno.test("open refuses somebody else's database, and leaves it as it is", () =>
  inFolder(async (folder) => {
    const path = `${folder}/film.db`;
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE recipe (name TEXT)");
    other.close();
    const before = await Deno.readFile(path);
    refusesToOpen(path, /film\.db" is a database, but not one of Filmroll's$/);
    assert.deepEqual(await Deno.readFile(path), before);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["film.db"]);
  }));

Deno.test("open refuses a folder that does not exist, and a folder as the file", () =>
  inFolder((folder) => {
    refusesToOpen(`${folder}/nowhere/film.db`, /^Cannot open database ".*nowhere\/film\.db": /);
    refusesToOpen(folder, /^Cannot open database /);
  }));

Deno.test("open makes the database its own, so that it opens again", () =>
  inFolder(async (folder) => {
    const path = `${folder}/film.db`;
    for (const text of ["first", "second"]) {
      const store = SqliteEventStore.open(path, options);
      await store.write(noting(text));
      await store.close();
    }
    const store = SqliteEventStore.open(path, options);
    assert.equal(await store.head(), 2);
    await store.close();
  }));

Deno.test(
  "nothing is acknowledged, told or followed before the log is synced",
  onDisk(async (store) => {
    const syncing = Promise.withResolvers<void>();
    const synced = Promise.withResolvers<void>();
    const log: string[] = [];
    store.onCommitted(() => log.push("told"));
    const subscription = store.subscribe({
      name: "clerk",
      handle: () => {
        log.push("followed");
        return [];
      },
    });
    await withSync(() => {
      syncing.resolve();
      return synced.promise;
    }, async () => {
      const written = store.write(noting("a")).then(() => log.push("acknowledged"));
      await syncing.promise;
      assert.equal(await store.head(), 0);
      assert.deepEqual(await store.film(0, 10), []);
      await subscription.caughtUp();
      assert.deepEqual(log, []);
      synced.resolve();
      await written;
      await subscription.caughtUp();
    });
    assert.deepEqual(log.toSorted(), ["acknowledged", "followed", "told"]);
    assert.equal(await store.head(), 1);
  }),
);

Deno.test(
  "a failed sync acknowledges nothing, and nothing is recorded after it",
  onDisk(async (store) => {
    await store.write(noting("before"));
    const told: unknown[] = [];
    store.onCommitted((events) => told.push(...events));
    await withSync(() => Promise.reject(new Error("No space left on device")), async () => {
      await assert.rejects(
        store.write(noting("lost")),
        /^StoreUnavailable: Cannot sync the database to disk: No space left on device$/,
      );
    });
    await assert.rejects(store.write(noting("after")), StoreUnavailable);
    await assert.rejects(store.rebuild(), StoreUnavailable);
    assert.deepEqual(told, []);
    assert.match((await store.status()).unavailable!, /^Cannot sync the database to disk: /);
    assert.equal(await store.head(), 1);
    assert.equal((await store.film(0, 10)).length, 1);
  }),
);

Deno.test(
  "what waited behind a failed sync is refused with it",
  onDisk(async (store) => {
    const syncing = Promise.withResolvers<void>();
    const synced = Promise.withResolvers<void>();
    await withSync(() => {
      syncing.resolve();
      return synced.promise;
    }, async () => {
      const first = store.write(noting("a"));
      await syncing.promise;
      const second = store.write(noting("b"));
      synced.reject(new Error("Input/output error"));
      await assert.rejects(first, StoreUnavailable);
      await assert.rejects(second, StoreUnavailable);
    });
  }),
);

Deno.test(
  "commands that wait together share one sync",
  onDisk(async (store) => {
    const { syncData } = Deno.FsFile.prototype;
    let syncs = 0;
    await withSync(function (this: Deno.FsFile) {
      syncs++;
      return syncData.call(this);
    }, async () => {
      await Promise.all(["a", "b", "c", "d"].map((text) => store.write(noting(text))));
    });
    assert.equal(syncs, 1);
  }),
);

Deno.test(
  "an error on which SQLite rolls everything back refuses the whole group, and only it",
  onDisk(async (store) => {
    await store.write(noting("before"));
    // OR ROLLBACK does what a full disk does: it ends the transaction under way.
    const fatal = sql`INSERT OR ROLLBACK INTO note (text) VALUES (${"before"})`;
    const settled = await Promise.allSettled([
      store.write(noting("a")),
      store.write(noting("b", fatal)),
      store.write(noting("c")),
    ]);
    for (const one of settled) {
      assert(one.status === "rejected" && one.reason instanceof StoreUnavailable);
      assert.match(one.reason.message, /^Cannot record: UNIQUE constraint failed: note\.text$/);
    }
    assert.equal(await store.head(), 1);
    assert.equal((await store.query(sql`SELECT * FROM note`)).length, 1);

    await store.write(noting("after"));
    assert.deepEqual((await store.film(0, 10)).map(({ position }) => position), [1, 2]);
  }),
);

Deno.test("another process's events are seen, and positions stay without gaps", () =>
  inFolder(async (folder) => {
    const [one, other] = [1, 2].map(() => SqliteEventStore.open(`${folder}/film.db`, options));
    for (let round = 0; round < 5; round++) {
      await one!.write(noting(`one ${round}`));
      await other!.write(noting(`other ${round}`));
    }
    assert.deepEqual(
      (await one!.film(0, 100)).map(({ position }) => position),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    await one!.close();
    await other!.close();
  }));

Deno.test("a key that another process destroyed opens nothing here", () =>
  inFolder(async (folder) => {
    const [one, other] = [1, 2].map(() =>
      SqliteEventStore.open(`${folder}/film.db`, {
        ...options,
        schema: {
          ...schema,
          personal: { Noted: { whose: "by", erased: { text: "[erased]" } } },
          erasing: { Erased: "by" },
        },
      })
    );
    const record = (store: SqliteEventStore, event: DomainEvent) =>
      store.write({
        ...noting("a"),
        decide: () => ({
          appends: [{ stream: "a", expected: "any", event }],
          statements: [],
          result: null,
        }),
      });
    const firstText = async () => ((await one!.film(0, 1))[0]!.data as { text: string }).text;
    await record(one!, { type: "Noted", data: { by: 7, text: "Dear diary" } });
    assert.equal(await firstText(), "Dear diary");
    await record(other!, { type: "Erased", data: { by: 7 } });
    assert.equal(await firstText(), "[erased]");
    await one!.close();
    await other!.close();
  }));

Deno.test("scrubbing empties the log, and is refused at once while another process reads", () =>
  inFolder(async (folder) => {
    const path = `${folder}/film.db`;
    const logBytes = async () => (await Deno.stat(`${path}-wal`)).size;
    const store = SqliteEventStore.open(path, options);
    await store.write(noting("a"));
    const reader = new DatabaseSync(path, { readOnly: true });
    reader.exec("BEGIN; SELECT * FROM note");
    await store.write(noting("b"));
    const began = performance.now();
    await assert.rejects(store.scrub(), /^StoreUnavailable: The log cannot be emptied/);
    assert(performance.now() - began < 1000, "It waited for the other process");
    assert(await logBytes() > 0);
    reader.close();
    await store.scrub();
    assert.equal(await logBytes(), 0);
    await store.write(noting("c"));
    assert.equal(await store.head(), 3);
    await store.close();
  }));

Deno.test("open refuses another master key than the database was made with", () =>
  inFolder(async (folder) => {
    const path = `${folder}/film.db`;
    await SqliteEventStore.open(path, options).close();
    assert.throws(
      () => SqliteEventStore.open(path, { schema, masterKey: new MasterKey("another") }),
      (error) =>
        error instanceof StoreUnavailable &&
        /^The master key is not the one that ".*film\.db" was made with; put back/.test(
          error.message,
        ),
    );
    await SqliteEventStore.open(path, options).close();
  }));

Deno.test("listeners and followers hear of what another process records, each event once", () =>
  inFolder(async (folder) => {
    const [one, other] = [1, 2].map(() => SqliteEventStore.open(`${folder}/film.db`, options));
    const heard: number[] = [];
    one!.onCommitted((events) => heard.push(...events.map(({ position }) => position)));
    const followed: number[] = [];
    const follower = one!.subscribe({
      name: "clerk",
      handle: ({ position }) => {
        followed.push(position);
        return [];
      },
    });
    await other!.write(noting("a"));
    await other!.write(noting("b"));
    await one!.write(noting("c"));
    assert.deepEqual(heard, [1, 2, 3]);
    await other!.write(noting("d"));
    await eventually(
      "all to be heard",
      () => Promise.resolve(heard.length >= 4 && followed.length >= 4),
    );
    assert.deepEqual([heard, followed], [[1, 2, 3, 4], [1, 2, 3, 4]]);
    await follower.stop();
    await one!.close();
    await other!.close();
  }));

Deno.test("other work gets its turn between two groups", async () => {
  const store = SqliteEventStore.open(":memory:", options);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await Promise.all(
    Array.from({ length: 2000 }, (_, index) => store.write(noting(String(index)))),
  );
  clearInterval(timer);
  assert(turns > 1, `The event loop turned ${turns} times during eight groups`);
  await store.close();
});
