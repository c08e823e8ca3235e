/** What a rebuild leaves in the file, and what other processes on it see. */
import assert from "node:assert/strict";
import { uuidv7 } from "../../core/id.ts";
import { sql } from "../../core/statement.ts";
import { masterKey } from "../../testing.ts";
import { type EventStoreOptions, type Schema, StoreUnavailable } from "../event_store.ts";
import { SqliteEventStore } from "./sqlite_event_store.ts";

/** Notes by their first letter, with an index, a table without rowid, and a table of words. */
const schemaOf = (version: number): Schema => ({
  readModels: {
    notes: {
      version,
      tables: ["note_projection", "letter_projection", "word_projection"],
      create: [
        "CREATE TABLE note_projection (id INTEGER PRIMARY KEY, letter TEXT NOT NULL)",
        "CREATE UNIQUE INDEX note_by_letter ON note_projection (letter, id)",
        "CREATE TABLE letter_projection (letter TEXT PRIMARY KEY, notes INTEGER) WITHOUT ROWID",
        "CREATE VIRTUAL TABLE word_projection USING fts5(letter)",
      ],
      project: ({ position, data }) => {
        const { letter } = data as { letter: string };
        return [
          sql`INSERT INTO note_projection (id, letter) VALUES (${position}, ${letter})`,
          sql`INSERT INTO letter_projection (letter, notes) VALUES (${letter}, 1)
              ON CONFLICT (letter) DO UPDATE SET notes = letter_projection.notes + 1`,
          sql`INSERT INTO word_projection (rowid, letter)
              SELECT id, letter FROM note_projection WHERE id = ${position}`,
        ];
      },
    },
  },
  tables: [],
  upcasters: {},
  personal: {},
  erasing: {},
});

const FIRST = schemaOf(1);

class Place implements AsyncDisposable {
  readonly #stores: SqliteEventStore[] = [];
  private constructor(readonly folder: string) {}

  static make = async () => new Place(await Deno.makeTempDir({ prefix: "filmroll-" }));

  open(options: Partial<EventStoreOptions> = {}): SqliteEventStore {
    const store = SqliteEventStore.open(`${this.folder}/film.db`, {
      schema: FIRST,
      masterKey,
      ...options,
    });
    this.#stores.push(store);
    return store;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#stores) await store.close();
    await Deno.remove(this.folder, { recursive: true });
  }
}

const note = (store: SqliteEventStore, letter: string) =>
  store.write({
    commandId: uuidv7(),
    command: "Note",
    actor: null,
    streams: [],
    decide: () => ({
      appends: [{
        stream: `note-${uuidv7()}`,
        expected: "any",
        event: { type: "Noted", data: { letter } },
      }],
      statements: [],
      result: null,
    }),
  });

const noteMany = (store: SqliteEventStore, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => note(store, "abc"[index % 3]!)));

const prints = async (store: SqliteEventStore) => [
  await store.query(sql`SELECT letter, count(*) AS n FROM note_projection GROUP BY letter`),
  await store.query(sql`SELECT * FROM letter_projection`),
  await store.query(sql`SELECT count(*) AS n FROM word_projection WHERE word_projection MATCH 'b'`),
];

const tables = async (store: SqliteEventStore) =>
  (await store.query(sql`SELECT name FROM sqlite_schema WHERE name LIKE '%projection%'`))
    .map(({ name }) => name).sort();

/** Begins a rebuild; answers its end, once it is under way. */
async function begin(store: SqliteEventStore): Promise<{ end: Promise<void> }> {
  const underWay = Promise.withResolvers<void>();
  const end = store.rebuild(() => underWay.resolve());
  await underWay.promise;
  return { end };
}

Deno.test("after rebuilds the file has the same tables, with the same rows", async () => {
  await using place = await Place.make();
  const store = place.open();
  await noteMany(store, 700);
  const [before, names] = [await prints(store), await tables(store)];
  for (let round = 0; round < 3; round++) await store.rebuild();
  assert.deepEqual(await prints(store), before);
  assert.deepEqual(await tables(store), names);
  await note(store, "b");
  assert.deepEqual((await prints(store))[2], [{ n: 234 }]);
});

Deno.test("a rebuild that was broken off leaves nothing once the store opens again", async () => {
  await using place = await Place.make();
  const store = place.open();
  await noteMany(store, 5000);
  const [before, names] = [await prints(store), await tables(store)];
  const { end } = await begin(store);
  assert((await tables(store)).includes("note_projection__1"));
  await Promise.all([assert.rejects(end, StoreUnavailable), store.close()]);
  const again = place.open();
  assert.deepEqual(await tables(again), names);
  assert.deepEqual(await prints(again), before);
});

Deno.test("other processes write during a rebuild, cannot begin another, and see the new prints", async () => {
  await using place = await Place.make();
  const [one, other] = [place.open(), place.open()];
  await noteMany(one, 3000);
  const before = await prints(other);
  const { end } = await begin(one);
  await assert.rejects(other.rebuild(), (error) => {
    assert(error instanceof StoreUnavailable);
    assert.match(error.message, /^Another process is rebuilding the read models of ".*film\.db"; /);
    return true;
  });
  await note(place.open(), "b");
  await end;
  assert.deepEqual(before[2], [{ n: 1000 }]);
  assert.deepEqual(await prints(one), await prints(other));
  assert.deepEqual((await prints(other))[2], [{ n: 1001 }]);
  await other.rebuild();
});

Deno.test("opening develops prints of another version, and tells how far it is", async () => {
  await using place = await Place.make();
  const store = place.open();
  await noteMany(store, 600);
  const before = await prints(store);
  await store.close();
  const told: [number, number][] = [];
  const again = place.open({
    schema: schemaOf(2),
    onRebuild: ({ position, head }) => told.push([position, head]),
  });
  assert.ok(told.length > 2);
  assert.deepEqual(told.at(-1), [600, 600]);
  assert.deepEqual(told, told.toSorted(([a], [b]) => a - b));
  assert.deepEqual(await prints(again), before);
  assert.equal((await again.status()).rebuild, null);
});
