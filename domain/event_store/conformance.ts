/**
 * What every engine of the event store promises, as one suite of tests. An engine passes it by being
 * named in conformance_test.ts.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ReadModel } from "../core/context.ts";
import { schemaOf } from "../core/bus.ts";
import { DomainError, refused } from "../core/errors.ts";
import type { DomainEvent, RecordedEvent } from "../core/event.ts";
import { uuidv7 } from "../core/id.ts";
import type { PersonalOf } from "../core/personal.ts";
import { sql, type Statement } from "../core/statement.ts";
import { contexts, openFilmroll } from "../mod.ts";
import { commandSequence, executeAll } from "../random_commands.ts";
import { masterKey, printsOf } from "../testing.ts";
import {
  type Append,
  CommandIdReused,
  type CommandOutcome,
  ConcurrencyError,
  type EventStore,
  type EventStoreOptions,
  type ExpectedVersion,
  type FilmFilter,
  type FilmWindow,
  type RebuildProgress,
  type Schema,
  StoreOverloaded,
  type StoreStatus,
  StoreUnavailable,
  type Subscriber,
  type UnitOfWork,
} from "./event_store.ts";
import { GENESIS, type Hashed, hashOf } from "./hash_chain.ts";

export interface Engine {
  readonly name: string;
  /** Whether a store that was closed is there when its place is opened again. */
  readonly persists: boolean;
  /** How many commands may wait. */
  readonly longestQueue: number;
  /** True where the engine cannot run here. */
  readonly ignore?: boolean;
  /** An empty place for one store. */
  readonly place: () => Promise<Place>;
}

export interface Place {
  readonly open: (options: EventStoreOptions) => Promise<EventStore>;
  readonly remove: () => Promise<void>;
}

// The suite's own little domain: coins are put into jars, and a jar cannot hold less than nothing.

const jars: ReadModel = {
  version: 1,
  tables: ["jar_projection"],
  create: [
    `CREATE TABLE jar_projection (
      name TEXT PRIMARY KEY,
      coins INTEGER NOT NULL CHECK (coins >= 0)
    )`,
  ],
  project: ({ type, data }) => {
    if (type !== "CoinsPut") return [];
    const { jar, coins } = data as CoinsPut["data"];
    return [sql`
      INSERT INTO jar_projection (name, coins) VALUES (${jar}, ${coins})
      ON CONFLICT (name) DO UPDATE SET coins = jar_projection.coins + excluded.coins`];
  },
};

type CoinsPut = DomainEvent<"CoinsPut", { readonly jar: string; readonly coins: number }>;

type NoteWritten = DomainEvent<
  "NoteWritten",
  { readonly noteId: number; readonly writerId: number; readonly text: string }
>;
type WriterErased = DomainEvent<"WriterErased", { readonly writerId: number }>;

const notes: ReadModel = {
  version: 1,
  tables: ["note_projection"],
  create: ["CREATE TABLE note_projection (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"],
  project: ({ type, data }) => {
    if (type !== "NoteWritten") return [];
    const { noteId, text } = data as NoteWritten["data"];
    return [sql`INSERT INTO note_projection (id, text) VALUES (${noteId}, ${text})`];
  },
};

const personal = {
  NoteWritten: { whose: "writerId", erased: { text: (writerId) => `Erased ${writerId}` } },
} satisfies PersonalOf<NoteWritten>;

const schema: Schema = {
  readModels: { jars, notes },
  tables: [
    "CREATE TABLE IF NOT EXISTS receipt (text TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS handled (position INTEGER NOT NULL)",
  ],
  upcasters: {},
  personal,
  erasing: { WriterErased: "writerId" },
};

const put = (jar: string, coins = 1): CoinsPut => ({ type: "CoinsPut", data: { jar, coins } });

const write = (noteId: number, writerId: number, text: string): Append => ({
  stream: `note-${noteId}`,
  expected: "stream must not exist",
  event: { type: "NoteWritten", data: { noteId, writerId, text } } satisfies NoteWritten,
});

const erase = (writerId: number): Append => ({
  stream: `writer-${writerId}`,
  expected: "any",
  event: { type: "WriterErased", data: { writerId } } satisfies WriterErased,
});

const append = (event: CoinsPut, expected: ExpectedVersion = "any"): Append => ({
  stream: `jar-${event.data.jar}`,
  expected,
  event,
});

function unit<Result = null>(given: {
  readonly appends?: readonly Append[];
  readonly statements?: readonly Statement[];
  readonly decide?: UnitOfWork<Result>["decide"];
  readonly streams?: UnitOfWork<Result>["streams"];
  readonly commandId?: string;
  readonly command?: string;
  readonly actor?: number;
}): UnitOfWork<Result> {
  const { appends = [], statements = [] } = given;
  return {
    commandId: given.commandId ?? uuidv7(),
    command: given.command ?? "PutCoins",
    actor: given.actor ?? 1,
    streams: given.streams ?? [],
    decide: given.decide ?? (() => ({ appends, statements, result: null as Result })),
  };
}

const putting = (jar: string, coins = 1, expected: ExpectedVersion = "any") =>
  unit({ appends: [append(put(jar, coins), expected)] });

const receipt = (text: string) => sql`INSERT INTO receipt (text) VALUES (${text})`;

const positions = (events: readonly RecordedEvent[]) => events.map(({ position }) => position);

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

const wholeFilm = (store: EventStore) => store.film(0, 1_000_000);

async function coinsIn(store: EventStore, jar: string): Promise<number | null> {
  const [row] = await store.query(sql`SELECT coins FROM jar_projection WHERE name = ${jar}`);
  return row === undefined ? null : Number(row.coins);
}

async function receipts(store: EventStore): Promise<unknown[]> {
  const rows = await store.query(sql`SELECT text FROM receipt ORDER BY text`);
  return rows.map(({ text }) => text);
}

/** The errors of those that were rejected. */
const rejections = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.flatMap((one) => one.status === "rejected" ? [one.reason] : []);

const fulfilments = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.filter(({ status }) => status === "fulfilled").length;

/** The time at which everything in the suite happens. */
const NOW = new Date("2026-01-02T03:04:05.678Z");

const options = (schema: Schema): EventStoreOptions => ({ schema, masterKey, clock: () => NOW });

/** Registers the suite's tests for an engine. */
export function conformance(engine: Engine): void {
  const inPlace = async (use: (place: Place) => Promise<void>) => {
    const place = await engine.place();
    try {
      await use(place);
    } finally {
      await place.remove();
    }
  };

  const opened = async (
    place: Place,
    schema: Schema,
    use: (store: EventStore) => Promise<void>,
  ) => {
    const store = await place.open(options(schema));
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };

  const test = (name: string, body: (store: EventStore) => Promise<void>) =>
    Deno.test({
      name: `${engine.name}: ${name}`,
      ignore: engine.ignore === true,
      fn: () => inPlace((place) => opened(place, schema, body)),
    });

  /** The second body finds what the first left, in a store that was closed and opened again. */
  const testReopening = (
    name: string,
    before: (store: EventStore) => Promise<void>,
    after: (store: EventStore) => Promise<void>,
    schemas: { readonly before: Schema; readonly after: Schema } = {
      before: schema,
      after: schema,
    },
  ) =>
    Deno.test({
      name: `${engine.name}: ${name}`,
      ignore: engine.ignore === true || !engine.persists,
      fn: () =>
        inPlace(async (place) => {
          await opened(place, schemas.before, before);
          await opened(place, schemas.after, after);
        }),
    });

  // Appending

  test("an event is recorded with its place, its author and its time", async (store) => {
    const commandId = uuidv7();
    await store.write({
      ...unit({ appends: [append(put("rent", 3))], commandId, actor: 7 }),
      correlation: "c-1",
      causation: "c-2",
    });
    assert.deepEqual((await store.stream("jar-rent")).map((event) => ({ ...event })), [{
      position: 1,
      stream: "jar-rent",
      version: 1,
      type: "CoinsPut",
      data: { jar: "rent", coins: 3 },
      metadata: {
        command_id: commandId,
        actor: 7,
        correlation: "c-1",
        causation: "c-2",
        schema: 1,
      },
      created_at: "2026-01-02T03:04:05.678Z",
    }]);
  });

  test("of 20 appends at one expected version exactly one wins", async (store) => {
    await store.write(putting("rent"));
    const settled = await Promise.allSettled(
      upTo(20).map(() => store.write(putting("rent", 1, 1))),
    );
    assert.equal(fulfilments(settled), 1);
    for (const error of rejections(settled)) {
      assert(error instanceof ConcurrencyError);
      assert.deepEqual([error.stream, error.expected, error.actual], ["jar-rent", 1, 2]);
    }
    assert.equal((await store.stream("jar-rent")).length, 2);
    assert.equal(await coinsIn(store, "rent"), 2);
  });

  test("of 20 appends to a stream that must not exist exactly one wins", async (store) => {
    const settled = await Promise.allSettled(
      upTo(20).map(() => store.write(putting("rent", 1, "stream must not exist"))),
    );
    assert.equal(fulfilments(settled), 1);
    assert(rejections(settled).every((error) => error instanceof ConcurrencyError));
    assert.equal((await store.stream("jar-rent")).length, 1);
  });

  test("an append that expects any version always stands", async (store) => {
    await Promise.all(upTo(20).map(() => store.write(putting("rent"))));
    assert.deepEqual((await store.stream("jar-rent")).map(({ version }) => version), upTo(20));
  });

  test("one unit's appends to one stream follow each other", async (store) => {
    await store.write(unit({
      appends: [append(put("rent", 1), "stream must not exist"), append(put("rent", 2), 1)],
    }));
    assert.deepEqual((await store.stream("jar-rent")).map(({ data }) => data), [
      { jar: "rent", coins: 1 },
      { jar: "rent", coins: 2 },
    ]);
  });

  test("stream and version are unique in the table itself", async (store) => {
    await store.write(putting("rent"));
    await assert.rejects(store.write(unit({
      statements: [sql`
        INSERT INTO event_store (position, stream, version, type, data, metadata, created_at, hash)
        SELECT position + 1, stream, version, type, data, metadata, created_at, hash
        FROM event_store`],
    })));
    assert.equal(await store.head(), 1);
  });

  test("a unit's appends to several streams stand or fall together", async (store) => {
    await store.write(putting("food"));
    await assert.rejects(
      store.write(unit({
        appends: [append(put("rent")), append(put("fun")), append(put("food"), 5)],
      })),
      ConcurrencyError,
    );
    assert.equal(await store.head(), 1);
    assert.deepEqual(await store.stream("jar-rent"), []);
    assert.equal(await coinsIn(store, "fun"), null);

    await store.write(unit({ appends: [append(put("rent")), append(put("fun"))] }));
    assert.equal((await store.stream("jar-rent"))[0]!.position, 2);
    assert.equal((await store.stream("jar-fun"))[0]!.position, 3);
  });

  test("the film has no gap, loss or repetition under 40 parallel writers", async (store) => {
    await Promise.all(
      upTo(40).map(async (writer) => {
        for (const coins of upTo(10)) await store.write(putting(`own-${writer}`, coins));
      }),
    );
    const film = await wholeFilm(store);
    assert.deepEqual(positions(film), upTo(400));
    for (const writer of upTo(40)) {
      const own = film.filter(({ stream }) => stream === `jar-own-${writer}`);
      assert.deepEqual(own.map(({ version }) => version), upTo(10));
      assert.deepEqual(own.map(({ data }) => (data as CoinsPut["data"]).coins), upTo(10));
    }
  });

  test("the film is read in pieces", async (store) => {
    await Promise.all(upTo(10).map(() => store.write(putting("rent"))));
    assert.deepEqual(positions(await store.film(0, 3)), [1, 2, 3]);
    assert.deepEqual(positions(await store.film(3, 3)), [4, 5, 6]);
    assert.deepEqual(await store.film(10, 3), []);
  });

  // Deciding

  test("the film is looked through for a stream, a type, a person and a time", async (store) => {
    for (const position of upTo(6)) {
      await store.write(unit({
        appends: [position % 3 === 0 ? write(position, 1, "A note") : append(put("rent"))],
        actor: position % 2,
      }));
    }
    const find = async (filter: FilmFilter, window: Partial<FilmWindow> = {}) =>
      positions(
        await store.find(filter, { first: 1, last: 9, newestFirst: false, limit: 9, ...window }),
      );
    const now = NOW.toISOString();
    assert.deepEqual(await find({}), upTo(6));
    assert.deepEqual(await find({}, { newestFirst: true, limit: 2 }), [6, 5]);
    assert.deepEqual(await find({}, { first: 2, last: 4 }), [2, 3, 4]);
    assert.deepEqual(await find({ stream: "jar-rent" }), [1, 2, 4, 5]);
    assert.deepEqual(await find({ type: "NoteWritten" }), [3, 6]);
    assert.deepEqual(await find({ actor: 1 }), [1, 3, 5]);
    assert.deepEqual(await find({ actor: 0, type: "NoteWritten" }), [6]);
    assert.deepEqual(await find({ since: now }), upTo(6));
    assert.deepEqual(await find({ until: now }), []);
    const [, , note] = await store.find({}, { first: 1, last: 3, newestFirst: false, limit: 3 });
    assert.deepEqual(note, (await wholeFilm(store))[2]);
  });

  test("a decision sees the streams it named", async (store) => {
    await store.write(putting("rent", 1));
    await store.write(putting("rent", 2));
    const { result } = await store.write(unit({
      streams: [
        { stream: "jar-rent", lastEventOnly: false },
        { stream: "jar-fun", lastEventOnly: false },
      ],
      decide: ({ history }) => ({
        appends: [],
        statements: [],
        result: ["jar-rent", "jar-fun"].map((stream) => {
          const { version, events } = history(stream);
          return { version, coins: events.map(({ data }) => (data as CoinsPut["data"]).coins) };
        }),
      }),
    }));
    assert.deepEqual(result, [{ version: 2, coins: [1, 2] }, { version: 0, coins: [] }]);
  });

  test("a decision that needs the last event alone is told the stream's version", async (store) => {
    for (const coins of upTo(5)) await store.write(putting("rent", coins));
    const { result } = await store.write(unit({
      streams: [{ stream: "jar-rent", lastEventOnly: true }],
      decide: ({ history }) => {
        const { version, events } = history("jar-rent");
        return {
          appends: [append(put("rent", 6), version)],
          statements: [],
          result: { version, read: events.map((event) => event.version) },
        };
      },
    }));
    assert.deepEqual(result, { version: 5, read: [5] });
    assert.equal(await coinsIn(store, "rent"), 21);
  });

  test("a decision cannot see a stream that it did not name", async (store) => {
    await assert.rejects(
      store.write(unit({
        decide: ({ history }) => ({ appends: [], statements: [], result: history("jar-rent") }),
      })),
      /^Error: Stream "jar-rent" was not named/,
    );
  });

  test("decisions sent at once see one after another's events", async (store) => {
    const addOne = () =>
      unit({
        streams: [{ stream: "jar-rent", lastEventOnly: false }],
        decide: ({ history }) => {
          const { version } = history("jar-rent");
          return { appends: [append(put("rent"), version)], statements: [], result: version };
        },
      });
    const seen = await Promise.all(upTo(30).map(() => store.write(addOne())));
    assert.deepEqual(seen.map(({ result }) => result + 1).sort((a, b) => a - b), upTo(30));
  });

  test("sequences hand out every id once, whoever asks", async (store) => {
    const taken = await Promise.all(
      upTo(40).map(() =>
        store.write(unit({
          decide: ({ id }) => ({
            appends: [],
            statements: [],
            result: { coins: [id("coin"), id("coin"), id("coin")], note: id("note") },
          }),
        }))
      ),
    );
    const sorted = (ids: number[]) => ids.sort((a, b) => a - b);
    assert.deepEqual(sorted(taken.flatMap(({ result }) => result.coins)), upTo(120));
    assert.deepEqual(sorted(taken.map(({ result }) => result.note)), upTo(40));
  });

  const takeCoin = () =>
    unit({ decide: ({ id }) => ({ appends: [], statements: [], result: id("coin") }) });

  testReopening(
    "sequences go on after reopening",
    async (store) => assert.equal((await store.write(takeCoin())).result, 1),
    async (store) => assert.equal((await store.write(takeCoin())).result, 2),
  );

  // Command ids

  test("a command sent twice acts once and is answered the same", async (store) => {
    const once = unit({
      commandId: uuidv7(),
      decide: ({ id }) => ({
        appends: [append(put("rent"))],
        statements: [],
        result: { coin: id("coin") },
      }),
    });
    const first = await store.write(once);
    await store.write(putting("fun"));
    const second = await store.write(once);
    assert.deepEqual(first, { result: { coin: 1 }, position: 1, repeated: false });
    assert.deepEqual(second, { result: { coin: 1 }, position: 1, repeated: true });
    assert.equal(await coinsIn(store, "rent"), 1);
  });

  test("40 sends of one command at once act once", async (store) => {
    const once = unit({ appends: [append(put("rent"))], commandId: uuidv7() });
    const answers = await Promise.all(upTo(40).map(() => store.write(once)));
    assert.equal(answers.filter(({ repeated }) => !repeated).length, 1);
    assert.deepEqual(new Set(answers.map(({ position }) => position)), new Set([1]));
    assert.equal(await store.head(), 1);
  });

  const once = unit({ appends: [append(put("rent"))], commandId: uuidv7() });

  testReopening("a command id is remembered after reopening", async (store) => {
    assert.equal((await store.write(once)).repeated, false);
  }, async (store) => {
    assert.equal((await store.write(once)).repeated, true);
    assert.equal(await store.head(), 1);
  });

  test("a command id is refused to another person and another command", async (store) => {
    const commandId = uuidv7();
    const appends = [append(put("rent"))];
    await store.write(unit({ appends, commandId, actor: 1, command: "PutCoins" }));
    await assert.rejects(
      store.write(unit({ appends, commandId, actor: 2, command: "PutCoins" })),
      CommandIdReused,
    );
    await assert.rejects(
      store.write(unit({ appends, commandId, actor: 1, command: "TakeCoins" })),
      CommandIdReused,
    );
    assert.equal(await store.head(), 1);
  });

  test("a command that changes nothing is remembered too", async (store) => {
    await store.write(putting("rent"));
    const nothing = unit({ commandId: uuidv7() });
    assert.deepEqual(await store.write(nothing), { result: null, position: 1, repeated: false });
    assert.deepEqual(await store.write(nothing), { result: null, position: 1, repeated: true });
  });

  test("a refused command's id is free", async (store) => {
    const commandId = uuidv7();
    await assert.rejects(
      store.write(unit({
        commandId,
        decide: () => {
          throw refused("Not now");
        },
      })),
      DomainError,
    );
    const { repeated } = await store.write(unit({ commandId, appends: [append(put("rent"))] }));
    assert.equal(repeated, false);
  });

  // Failing

  test("what fails leaves nothing behind, and what was sent with it stands", async (store) => {
    const ids = upTo(5).map(() => uuidv7());
    const work = (index: number, given: Parameters<typeof unit>[0]) =>
      store.write(unit({ ...given, commandId: ids[index]! }));
    const settled = await Promise.allSettled([
      work(0, { appends: [append(put("rent"))], statements: [receipt("rent")] }),
      work(1, {
        decide: () => {
          throw refused("Jar is full");
        },
      }),
      // The projection's CHECK fails on the second event, after the first was recorded.
      work(2, { appends: [append(put("fun")), append(put("fun", -2))] }),
      // The statement is a duplicate, after the event was recorded and projected.
      work(3, { appends: [append(put("food"))], statements: [receipt("food"), receipt("rent")] }),
      work(4, { appends: [append(put("rent"))], statements: [receipt("rent again")] }),
    ]);
    assert.deepEqual(settled.map(({ status }) => status), [
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    assert.match(String(rejections(settled)[0]), /^DomainError: Jar is full$/);

    assert.deepEqual(
      (await wholeFilm(store)).map(({ position, stream, version }) => [
        position,
        stream,
        version,
      ]),
      [[1, "jar-rent", 1], [2, "jar-rent", 2]],
    );
    assert.deepEqual(await printsOf(store, schema), {
      jar_projection: [JSON.stringify({ name: "rent", coins: 2 })],
      note_projection: [],
    });
    assert.deepEqual(await receipts(store), ["rent", "rent again"]);
    const { repeated } = await work(2, { appends: [append(put("fun"))] });
    assert.equal(repeated, false);
  });

  test("a full queue refuses, and loses nothing that it took", async (store) => {
    const sent = engine.longestQueue + 100;
    const settled = await Promise.allSettled(upTo(sent).map(() => store.write(unit({}))));
    const refusals = rejections(settled);
    assert.equal(refusals.length, 100);
    assert(refusals.every((error) => error instanceof StoreOverloaded));
    await store.write(putting("rent"));
  });

  // Reading

  test("a read after the acknowledgement sees the write", async (store) => {
    await Promise.all(
      upTo(40).map(async (writer) => {
        for (const coins of upTo(5)) {
          const { position } = await store.write(putting(`own-${writer}`));
          assert.equal(await coinsIn(store, `own-${writer}`), coins);
          assert.equal((await store.stream(`jar-own-${writer}`)).length, coins);
          assert(await store.head() >= position);
        }
      }),
    );
  });

  test("a statement that fails is a rejection", async (store) => {
    await assert.rejects(store.query(sql`SELECT * FROM nowhere`));
  });

  // Listening

  test("listeners hear each event once, in order", async (store) => {
    const heard: RecordedEvent[] = [];
    const stop = store.onCommitted((events) => heard.push(...events));
    await Promise.all(
      upTo(40).map(async (writer) => {
        for (const coins of upTo(5)) await store.write(putting(`own-${writer}`, coins));
      }),
    );
    const film = await wholeFilm(store);
    assert.deepEqual(positions(heard), upTo(200));
    assert.deepEqual(heard, film.map((event) => ({ ...event })));

    stop();
    await store.write(putting("rent"));
    assert.equal(heard.length, 200);
  });

  test("listeners do not hear of what was refused", async (store) => {
    const heard: number[] = [];
    store.onCommitted((events) => heard.push(...positions(events)));
    await Promise.allSettled([
      store.write(putting("rent")),
      store.write(putting("rent", -9)),
      store.write(putting("rent")),
    ]);
    assert.deepEqual(heard, [1, 2]);
  });

  test("a listener that throws keeps nobody waiting", async (store) => {
    const heard: number[] = [];
    store.onCommitted(() => {
      throw new Error("A listener's own mistake");
    });
    store.onCommitted((events) => heard.push(...positions(events)));
    await silently(async () => {
      await store.write(putting("rent"));
      await store.write(putting("rent"));
    });
    assert.deepEqual(heard, [1, 2]);
  });

  // Following

  const noting = (name: string, seen: number[]): Subscriber => ({
    name,
    handle: ({ position }) => {
      seen.push(position);
      return [sql`INSERT INTO handled (position) VALUES (${position})`];
    },
  });

  const handled = async (store: EventStore) => {
    const rows = await store.query(sql`SELECT position FROM handled ORDER BY position`);
    return rows.map(({ position }) => Number(position));
  };

  test("a subscriber handles the past and then the present, in order", async (store) => {
    const seen: number[] = [];
    await Promise.all(upTo(5).map(() => store.write(putting("rent"))));
    const subscription = store.subscribe(noting("clerk", seen));
    await subscription.caughtUp();
    assert.deepEqual(seen, upTo(5));
    await Promise.all(upTo(5).map(() => store.write(putting("rent"))));
    await subscription.caughtUp();
    assert.deepEqual(seen, upTo(10));
    assert.deepEqual(await handled(store), upTo(10));
  });

  test("a subscriber misses nothing that is written while it works", async (store) => {
    const seen: number[] = [];
    const subscription = store.subscribe(noting("clerk", seen));
    await Promise.all(
      upTo(8).map(async () => {
        for (const coins of upTo(5)) {
          await store.write(putting("rent", coins));
          await subscription.caughtUp();
        }
      }),
    );
    assert.deepEqual(seen, upTo(40));
  });

  test("a subscriber that comes back goes on where it stopped", async (store) => {
    const seen: number[] = [];
    const first = store.subscribe(noting("clerk", seen));
    await store.write(putting("rent"));
    await first.caughtUp();
    await first.stop();
    await store.write(putting("rent"));
    assert.deepEqual(seen, [1]);

    const second = store.subscribe(noting("clerk", seen));
    await second.caughtUp();
    assert.deepEqual(seen, [1, 2]);

    const other: number[] = [];
    await store.subscribe(noting("auditor", other)).caughtUp();
    assert.deepEqual(other, [1, 2]);
  });

  const seenByClerk: number[] = [];

  testReopening(
    "a subscriber goes on after reopening, without loss or repetition",
    async (store) => {
      await Promise.all(upTo(20).map(() => store.write(putting("rent"))));
      const clerk = noting("clerk", seenByClerk);
      const subscription = store.subscribe({
        ...clerk,
        handle(event) {
          if (event.position === 10) void subscription.stop();
          return clerk.handle(event);
        },
      });
      await subscription.caughtUp();
      assert.deepEqual(await handled(store), upTo(10));
    },
    async (store) => {
      await store.subscribe(noting("clerk", seenByClerk)).caughtUp();
      assert.deepEqual(await handled(store), upTo(20));
      assert.deepEqual(seenByClerk, upTo(20));
    },
  );

  test("a subscriber that throws tries the event again", async (store) => {
    const attempts: number[] = [];
    const errors: [string, number | undefined][] = [];
    const subscription = store.subscribe({
      name: "clerk",
      handle: ({ position }) => {
        attempts.push(position);
        if (attempts.length === 1) throw new Error("No ink");
        return [sql`INSERT INTO handled (position) VALUES (${position})`];
      },
      onError: (error, event) => errors.push([(error as Error).message, event?.position]),
    });
    await store.write(putting("rent"));
    await store.write(putting("rent"));
    await subscription.caughtUp();
    assert.deepEqual(attempts, [1, 1, 2]);
    assert.deepEqual(errors, [["No ink", 1]]);
    assert.deepEqual(await handled(store), [1, 2]);
  });

  test("a subscriber handles the events it names, and passes over the others", async (store) => {
    const seen: number[] = [];
    const auditor = { ...noting("auditor", seen), types: new Set(["CoinsPut"]) };
    const idle = { ...noting("idler", seen), types: new Set(["CoinsTaken"]) };
    await Promise.all(upTo(3).map(() => store.write(putting("rent"))));
    const idler = store.subscribe(idle);
    await idler.caughtUp();
    assert.equal(idler.position, 3);
    assert.deepEqual(seen, []);
    await store.subscribe(auditor).caughtUp();
    assert.deepEqual(seen, upTo(3));
    assert.deepEqual(await handled(store), upTo(3));
  });

  test("a subscriber's checkpoint moves with its effects or not at all", async (store) => {
    await store.write(unit({ statements: [receipt("taken")], appends: [append(put("rent"))] }));
    const failed = Promise.withResolvers<void>();
    const first = store.subscribe({
      name: "clerk",
      handle: ({ position }) => [
        sql`INSERT INTO handled (position) VALUES (${position})`,
        receipt("taken"),
      ],
      onError: () => failed.resolve(),
    });
    await failed.promise;
    await first.stop();
    assert.deepEqual(await handled(store), []);

    const seen: number[] = [];
    await store.subscribe(noting("clerk", seen)).caughtUp();
    assert.deepEqual(seen, [1]);
    assert.deepEqual(await handled(store), [1]);
  });

  test("effects that cannot be committed hold up none of those before them", async (store) => {
    await store.write(unit({ statements: [receipt("taken")], appends: [append(put("rent"))] }));
    await Promise.all(upTo(4).map(() => store.write(putting("rent"))));
    const failures: (number | undefined)[] = [];
    const failed = Promise.withResolvers<void>();
    const clerk = store.subscribe({
      name: "clerk",
      handle: ({ position }) => [
        sql`INSERT INTO handled (position) VALUES (${position})`,
        ...(position === 4 ? [receipt("taken")] : []),
      ],
      onError: (_, event) => {
        failures.push(event?.position);
        failed.resolve();
      },
    });
    await failed.promise;
    await clerk.stop();
    assert.deepEqual(failures, [4]);
    assert.deepEqual(await handled(store), [1, 2, 3]);
    assert.equal(clerk.position, 3);
  });

  test("stopping ends a subscriber's retries and whoever waits for it", async (store) => {
    const failed = Promise.withResolvers<void>();
    const subscription = store.subscribe({
      name: "clerk",
      handle: () => {
        throw new Error("Never");
      },
      onError: () => failed.resolve(),
    });
    await store.write(putting("rent"));
    const caughtUp = subscription.caughtUp();
    await failed.promise;
    await subscription.stop();
    await caughtUp;
  });

  // Watching

  test("an observer hears of every command and every group", async (store) => {
    const commands: [string, CommandOutcome][] = [];
    const groups: number[] = [];
    const stop = store.observe({
      command: (name, outcome) => commands.push([name, outcome]),
      group: (size, transactionMs, syncMs) => {
        groups.push(size);
        assert(transactionMs >= 0 && syncMs >= 0);
      },
    });
    const commandId = uuidv7();
    const once = unit({ commandId, appends: [append(put("rent"))] });
    await store.write(once);
    await store.write(once);
    await assert.rejects(store.write(putting("rent", 1, 7)), ConcurrencyError);
    stop();
    await store.write(putting("rent"));
    assert.deepEqual(commands, [
      ["PutCoins", "committed"],
      ["PutCoins", "repeated"],
      ["PutCoins", "refused"],
    ]);
    assert.deepEqual(groups, [1, 1, 1]);
  });

  test("the status tells where the film ends, and how far its followers are", async (store) => {
    assert.deepEqual(await store.status(), {
      unavailable: null,
      head: 0,
      queued: 0,
      subscribers: [],
      replicas: [],
      rebuild: null,
    });
    const subscription = store.subscribe(noting("clerk", []));
    const written = upTo(3).map(() => store.write(putting("rent")));
    assert.equal((await store.status()).queued, 3);
    await Promise.all(written);
    await subscription.caughtUp();
    assert.deepEqual(await store.status(), {
      unavailable: null,
      head: 3,
      queued: 0,
      subscribers: [{ name: "clerk", position: 3 }],
      replicas: [],
      rebuild: null,
    });
    await subscription.stop();
    assert.deepEqual((await store.status()).subscribers, []);
  });

  // Old events

  const inPence: Schema = {
    ...schema,
    readModels: { ...schema.readModels, jars: { ...jars, project: () => [] } },
  };

  const inCoins: Schema = {
    ...schema,
    upcasters: {
      CoinsPut: [
        ({ pot, pence }) => ({ pot, coins: Number(pence) / 100 }),
        ({ pot, coins }) => ({ jar: pot, coins }),
      ],
    },
  };

  testReopening(
    "old events are read in today's shape everywhere",
    async (store) => {
      const event = { type: "CoinsPut", data: { pot: "rent", pence: 300 } };
      await store.write(unit({ appends: [{ stream: "jar-rent", expected: "any", event }] }));
    },
    async (store) => {
      const today = { jar: "rent", coins: 3 };
      const datas = (events: readonly RecordedEvent[]) => events.map(({ data }) => data);
      assert.deepEqual(datas(await store.stream("jar-rent")), [today]);
      assert.deepEqual(datas(await wholeFilm(store)), [today]);
      for (const lastEventOnly of [false, true]) {
        const { result } = await store.write(unit({
          streams: [{ stream: "jar-rent", lastEventOnly }],
          decide: ({ history }) => ({
            appends: [],
            statements: [],
            result: datas(history("jar-rent").events),
          }),
        }));
        assert.deepEqual(result, [today]);
      }

      const followed: unknown[] = [];
      await store.subscribe({
        name: "clerk",
        handle: ({ data }) => {
          followed.push(data);
          return [];
        },
      }).caughtUp();
      assert.deepEqual(followed, [today]);

      assert.equal(await coinsIn(store, "rent"), null);
      await store.rebuild();
      assert.equal(await coinsIn(store, "rent"), 3);

      await store.write(putting("rent", 4));
      const [old, recent] = await store.stream("jar-rent");
      assert.deepEqual([old!.metadata.schema, recent!.metadata.schema], [3, 3]);
      assert.deepEqual(recent!.data, { jar: "rent", coins: 4 });
    },
    { before: inPence, after: inCoins },
  );

  // The chain

  interface HashedRow extends Hashed {
    readonly hash: Uint8Array;
  }

  const hashedRows = async (store: EventStore) =>
    await store.query(
      sql`SELECT * FROM event_store ORDER BY position`,
    ) as unknown as HashedRow[];

  test("each event's hash follows from its content and its predecessor's hash", async (store) => {
    await Promise.allSettled([
      store.write(putting("rent")),
      store.write(putting("rent", -9)),
      store.write(unit({ appends: [write(1, 7, "Dear diary"), append(put("fun"))] })),
    ]);
    await store.write(putting("Ærøskøbing 🫙"));
    const rows = await hashedRows(store);
    assert.equal(rows.length, 4);
    let previous = GENESIS;
    for (const row of rows) {
      assert.deepEqual(new Uint8Array(row.hash), new Uint8Array(hashOf(previous, row)));
      previous = row.hash;
    }
  });

  // Personal data

  const textsIn = (events: readonly RecordedEvent[]) =>
    events.filter(({ type }) => type === "NoteWritten")
      .map(({ data }) => (data as NoteWritten["data"]).text);

  /** The text of a note wherever it is read from. */
  async function textsOf(store: EventStore, noteId: number): Promise<unknown[]> {
    const stream = `note-${noteId}`;
    const followed: RecordedEvent[] = [];
    await store.subscribe({
      name: uuidv7(),
      handle(event) {
        followed.push(event);
        return [];
      },
    }).caughtUp();
    const { result } = await store.write(unit({
      streams: [{ stream, lastEventOnly: true }],
      decide: ({ history }) => ({
        appends: [],
        statements: [],
        result: textsIn(history(stream).events),
      }),
    }));
    return [
      textsIn(await store.stream(stream)),
      result,
      ...[await wholeFilm(store), followed].map((events) =>
        textsIn(events.filter((event) => event.stream === stream))
      ),
    ].flat();
  }

  const everywhere = (text: string) => Array.from({ length: 4 }, () => text);

  test("what is personal is sealed in the table, and read whole everywhere else", async (store) => {
    const heard: RecordedEvent[] = [];
    store.onCommitted((events) => heard.push(...events));
    await store.write(unit({ appends: [write(1, 7, "Dear diary"), append(put("rent"))] }));
    const [note, coins] = await hashedRows(store);
    assert.equal(note!.data, JSON.stringify({ noteId: 1, writerId: 7 }));
    assert(note!.sealed !== null && coins!.sealed === null);
    assert(!new TextDecoder().decode(note!.sealed).includes("diary"));
    assert.deepEqual(textsIn(heard), ["Dear diary"]);
    assert.deepEqual(await textsOf(store, 1), everywhere("Dear diary"));
  });

  test("a decision that needs nothing personal sees the rest of an event", async (store) => {
    await store.write(unit({ appends: [write(1, 7, "Dear diary")] }));
    const { result } = await store.write(unit({
      streams: [{ stream: "note-1", lastEventOnly: true, isSealed: true }],
      decide: ({ history }) => ({
        appends: [],
        statements: [],
        result: history("note-1").events.map(({ data }) => data),
      }),
    }));
    assert.deepEqual(result, [{ noteId: 1, writerId: 7 }]);
  });

  test("an erased person's words are gone everywhere, and everybody else's stay", async (store) => {
    await store.write(unit({ appends: [write(1, 7, "Dear diary"), write(2, 8, "Shopping")] }));
    const before = await hashedRows(store);
    await store.write(unit({ appends: [erase(7)] }));
    assert.deepEqual(await textsOf(store, 1), everywhere("Erased 7"));
    assert.deepEqual(await textsOf(store, 2), everywhere("Shopping"));
    assert.deepEqual((await hashedRows(store)).slice(0, 2), before, "The film is as it was");
    await store.rebuild();
    assert.deepEqual((await printsOf(store, schema)).note_projection, [
      JSON.stringify({ id: 1, text: "Erased 7" }),
      JSON.stringify({ id: 2, text: "Shopping" }),
    ]);
  });

  test("nothing more is recorded of what an erased person writes", async (store) => {
    await store.write(unit({ appends: [erase(7)] }));
    await assert.rejects(store.write(unit({ appends: [write(1, 7, "Dear diary")] })), /is erased/);
    assert.equal(await store.head(), 1);
  });

  test("an erasure that fails destroys nothing, and what it made first is not kept", async (store) => {
    await store.write(unit({ appends: [write(1, 7, "Dear diary")] }));
    const failing = [sql`INSERT INTO note_projection (id, text) VALUES (1, 'twice')`];
    await assert.rejects(store.write(unit({ appends: [erase(7)], statements: failing })));
    await assert.rejects(
      store.write(unit({ appends: [write(2, 8, "Shopping")], statements: failing })),
    );
    await store.write(unit({ appends: [write(2, 8, "Shopping")] }));
    assert.deepEqual(await textsOf(store, 1), everywhere("Dear diary"));
    assert.deepEqual(await textsOf(store, 2), everywhere("Shopping"));
  });

  testReopening(
    "keys, and that they are destroyed, outlive the program",
    async (store) => {
      await store.write(unit({ appends: [write(1, 7, "Dear diary"), write(2, 8, "Shopping")] }));
      await store.write(unit({ appends: [erase(8)] }));
    },
    async (store) => {
      assert.deepEqual(await textsOf(store, 1), everywhere("Dear diary"));
      assert.deepEqual(await textsOf(store, 2), everywhere("Erased 8"));
      await store.write(unit({ appends: [write(3, 7, "Dear diary again")] }));
      assert.deepEqual(await textsOf(store, 3), everywhere("Dear diary again"));
    },
  );

  // Rebuilding

  test("rebuilding mends prints that were damaged", async (store) => {
    await Promise.all(upTo(20).map((coins) => store.write(putting(`own-${coins % 3}`, coins))));
    const before = await printsOf(store, schema);
    await store.write(unit({
      statements: [
        sql`UPDATE jar_projection SET coins = 0`,
        sql`DELETE FROM jar_projection WHERE name = ${"own-1"}`,
      ],
    }));
    assert.notDeepEqual(await printsOf(store, schema), before);
    await store.rebuild();
    assert.deepEqual(await printsOf(store, schema), before);
  });

  test("while prints are developed anew the old ones serve, and commands go into both", async (store) => {
    await Promise.all(upTo(2000).map(() => store.write(putting("rent"))));
    await store.write(unit({ statements: [sql`UPDATE jar_projection SET coins = 0`] }));
    const told: RebuildProgress[] = [];
    const seen: Promise<number | null>[] = [];
    let status: Promise<StoreStatus> | undefined;
    let written: Promise<unknown> | undefined;
    await store.rebuild((progress) => {
      told.push(progress);
      seen.push(coinsIn(store, "rent"));
      status ??= store.status();
      written ??= store.write(putting("rent"));
    });
    await written;
    const coins = await Promise.all(seen);
    assert.deepEqual([coins[0], coins[1], coins.at(-1)], [0, 1, 2001]);
    assert.equal(await coinsIn(store, "rent"), 2001);
    const positions = told.map(({ position }) => position);
    assert.deepEqual([positions.toSorted((a, b) => a - b), positions.at(-1)], [positions, 2001]);
    assert.deepEqual((await status!).rebuild, told[0]);
    assert.equal((await store.status()).rebuild, null);
  });

  test("who asks for a rebuild while one is under way waits for that", async (store) => {
    await Promise.all(upTo(300).map(() => store.write(putting("rent"))));
    const told: [number[], number[]] = [[], []];
    await Promise.all(told.map((own) => store.rebuild(({ position }) => own.push(position))));
    assert.deepEqual(told[0], told[1]);
    assert.equal(told[0].at(-1), 300);
    const before = told[1].length;
    await store.rebuild(({ position }) => told[0].push(position));
    assert(told[0].length > before);
    assert.equal(told[1].length, before);
  });

  test("commands that arrive during a rebuild are in its prints", async (store) => {
    const writes = upTo(300).map(() => store.write(putting("rent")));
    await writes[0];
    const rebuilt = store.rebuild();
    const later = upTo(100).map(() => store.write(putting("rent")));
    await Promise.all([rebuilt, ...writes, ...later]);
    assert.equal(await coinsIn(store, "rent"), 400);
  });

  testReopening(
    "a read model whose version changed is developed again when the store opens",
    async (store) => {
      await store.write(putting("rent", 3));
    },
    async (store) => {
      assert.equal(await coinsIn(store, "rent"), 6);
      await store.write(putting("rent", 1));
      assert.equal(await coinsIn(store, "rent"), 8);
    },
    { before: schema, after: { ...schema, readModels: { jars: { ...jars, ...counted(2) } } } },
  );

  Deno.test({
    name: `${engine.name}: whatever people did, rebuilding develops the same prints`,
    ignore: engine.ignore === true,
    fn: () =>
      fc.assert(
        fc.asyncProperty(commandSequence, (commands) =>
          inPlace(async (place) => {
            const today = schemaOf(contexts);
            let before: Record<string, string[]>;
            await opened(place, today, async (store) => {
              await executeAll(openFilmroll(store), commands);
              before = await printsOf(store, today);
              await store.rebuild();
              assert.deepEqual(await printsOf(store, today), before);
            });
            if (!engine.persists) return;
            await opened(place, withVersionsBumped(today), async (store) => {
              assert.deepEqual(await printsOf(store, today), before);
            });
          })),
        { numRuns: 12 },
      ),
  });

  // Closing

  test("closing finishes what was sent, and then refuses", async (store) => {
    const sent = upTo(50).map(() => store.write(putting("rent")));
    const closing = store.close();
    await assert.rejects(store.write(putting("rent")), StoreUnavailable);
    await Promise.all([...sent, closing, store.close()]);
    for (
      const use of [
        () => store.write(putting("rent")),
        () => store.query(sql`SELECT 1`),
        () => store.stream("jar-rent"),
        () => store.film(0, 1),
        () => store.head(),
        () => store.rebuild(),
      ]
    ) await assert.rejects(use, /^StoreUnavailable: The store is closed$/);
  });
}

/** The jars' prints as another version of the program makes them: each coin is worth `times` as many. */
const counted = (times: number): Pick<ReadModel, "version" | "project"> => ({
  version: times,
  project: (event) =>
    jars.project({
      ...event,
      data: {
        ...event.data,
        coins: times * (event.data as CoinsPut["data"]).coins,
      },
    } as RecordedEvent),
});

const withVersionsBumped = (schema: Schema): Schema => ({
  ...schema,
  readModels: Object.fromEntries(
    Object.entries(schema.readModels).map(([name, model]) => [
      name,
      { ...model, version: model.version + 1 },
    ]),
  ),
});

/** Keeps what is expected to be printed to the console out of the tests' report. */
async function silently(work: () => Promise<void>): Promise<void> {
  const { error } = console;
  console.error = () => {};
  try {
    await work();
  } finally {
    console.error = error;
  }
}
