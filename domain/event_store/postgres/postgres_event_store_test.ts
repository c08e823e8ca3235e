/** What PostgreSQL adds to the suite of all engines: several nodes, and a server that goes away. */
import assert from "node:assert/strict";
import type { ReadModel } from "../../core/context.ts";
import type { DomainEvent, RecordedEvent } from "../../core/event.ts";
import { uuidv7 } from "../../core/id.ts";
import { sql } from "../../core/statement.ts";
import { masterKey } from "../../testing.ts";
import {
  ConcurrencyError,
  type EventStore,
  type Schema,
  StoreUnavailable,
  type UnitOfWork,
} from "../event_store.ts";
import { MasterKey } from "../master_key.ts";
import { connect, type Connection, failureOf } from "./connection.ts";
import { PostgresEventStore, type PostgresOptions } from "./postgres_event_store.ts";
import { inPostgres } from "./tables.ts";
import { type PostgresServer, startPostgres } from "./testing.ts";
import { startReplica } from "./testing_replica.ts";

let server: PostgresServer;
Deno.test.beforeAll(async () => {
  server = await startPostgres();
});
Deno.test.afterAll(() => server.stop());

type CoinsPut = DomainEvent<"CoinsPut", { readonly jar: string }>;
type NoteWritten = DomainEvent<"NoteWritten", { readonly writerId: number; readonly text: string }>;
type WriterErased = DomainEvent<"WriterErased", { readonly writerId: number }>;

/** Counts coins; a coin is worth as much as the version says. */
const jars = (version: number): ReadModel => ({
  version,
  tables: ["jar_projection"],
  create: ["CREATE TABLE jar_projection (name TEXT PRIMARY KEY, coins INTEGER NOT NULL)"],
  project: ({ type, data }) =>
    type !== "CoinsPut" ? [] : [sql`
      INSERT INTO jar_projection (name, coins) VALUES (${
      (data as CoinsPut["data"]).jar
    }, ${version})
      ON CONFLICT (name) DO UPDATE SET coins = jar_projection.coins + excluded.coins`],
});

const schemaOf = (version: number): Schema => ({
  readModels: { jars: jars(version) },
  tables: ["CREATE TABLE IF NOT EXISTS handled (position INTEGER NOT NULL)"],
  upcasters: {},
  personal: { NoteWritten: { whose: "writerId", erased: { text: "[erased]" } } },
  erasing: { WriterErased: "writerId" },
});

const coin = (jar: string): UnitOfWork<null> => ({
  commandId: uuidv7(),
  command: "PutCoin",
  actor: 1,
  streams: [{ stream: `jar-${jar}`, lastEventOnly: true }],
  decide: ({ history }) => ({
    appends: [{
      stream: `jar-${jar}`,
      expected: history(`jar-${jar}`).version,
      event: { type: "CoinsPut", data: { jar } } satisfies CoinsPut,
    }],
    statements: [],
    result: null,
  }),
});

const recording = (stream: string, event: DomainEvent): UnitOfWork<null> => ({
  commandId: uuidv7(),
  command: "Record",
  actor: 1,
  streams: [],
  decide: () => ({
    appends: [{ stream, expected: "stream must not exist", event }],
    statements: [],
    result: null,
  }),
});

const note = (stream: string, writerId: number): UnitOfWork<null> =>
  recording(
    stream,
    { type: "NoteWritten", data: { writerId, text: "Dear diary" } } satisfies NoteWritten,
  );

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

async function coinsIn(store: EventStore, jar: string): Promise<number> {
  const [row] = await store.query(sql`SELECT coins FROM jar_projection WHERE name = ${jar}`);
  return Number(row?.coins ?? 0);
}

/** Nodes over one empty database. */
async function nodes(count: number, options: Partial<PostgresOptions> = {}) {
  const url = await server.createDatabase();
  const stores: PostgresEventStore[] = [];
  const open = async (more: Partial<PostgresOptions> = {}) => {
    const store = await PostgresEventStore.open(url, {
      schema: schemaOf(1),
      masterKey,
      ...options,
      ...more,
    });
    stores.push(store);
    return store;
  };
  for (const _ of upTo(count)) await open();
  const admin = connect(url, { max: 1, searchPath: ["public"], readOnly: false, purpose: "tests" });
  return {
    url,
    stores,
    open,
    admin,
    async [Symbol.asyncDispose]() {
      await Promise.all(stores.map((store) => store.close()));
      await admin.end();
    },
  };
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 10_000; !await isSo();) {
    assert(performance.now() < end, `Never so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Cuts off the connections of all nodes that do something. */
const cut = (admin: Connection, purpose: string) =>
  admin.unsafe(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = $1 AND datname = current_database()`,
    [`filmroll ${purpose}`],
  );

Deno.test("nodes that record at once leave one film without gaps, and all hear all of it in order", async () => {
  await using cluster = await nodes(3);
  const heard = cluster.stores.map((store) => {
    const positions: number[] = [];
    store.onCommitted((events) => positions.push(...events.map(({ position }) => position)));
    return positions;
  });
  await Promise.all(cluster.stores.flatMap((store, node) =>
    upTo(20).map(async () => {
      for (const _ of upTo(10)) {
        await store.write(coin("rent")).catch((error) => {
          // Two nodes never decide at once, so nobody is ever too late.
          throw new Error(`Node ${node}: ${error}`);
        });
      }
    })
  ));
  for (const store of cluster.stores) {
    assert.equal(await coinsIn(store, "rent"), 600);
    assert.equal(await store.head(), 600);
  }
  const film = await cluster.stores[0]!.stream("jar-rent");
  assert.deepEqual(film.map(({ position }) => position), upTo(600));
  assert.deepEqual(film.map(({ version }) => version), upTo(600));
  await until(() => heard.every(({ length }) => length === 600), "all nodes heard everything");
  for (const positions of heard) assert.deepEqual(positions, upTo(600));
});

Deno.test("what one node records, another's listeners hear within moments", async () => {
  await using cluster = await nodes(2);
  const [here, there] = cluster.stores as [PostgresEventStore, PostgresEventStore];
  const lags: number[] = [];
  for (const _ of upTo(20)) {
    const heard = Promise.withResolvers<RecordedEvent>();
    const stop = there.onCommitted(([event]) => heard.resolve(event!));
    await here.write(coin("rent"));
    const acknowledged = performance.now();
    await heard.promise;
    lags.push(performance.now() - acknowledged);
    stop();
  }
  lags.sort((a, b) => a - b);
  assert(lags[10]! < 50, `Median ${lags[10]} ms`);
});

Deno.test("a stream that must not exist is refused on the node that comes second", async () => {
  await using cluster = await nodes(2);
  const [here, there] = cluster.stores as [PostgresEventStore, PostgresEventStore];
  await here.write(note("note-1", 7));
  await assert.rejects(
    there.write(note("note-1", 7)),
    (error) => error instanceof ConcurrencyError && error.actual === 1,
  );
  const settled = await Promise.allSettled(
    upTo(20).map((turn) => [here, there][turn % 2]!.write(note("note-2", 7))),
  );
  assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
});

Deno.test("a command sent to two nodes acts once", async () => {
  await using cluster = await nodes(2);
  const once = coin("rent");
  const answers = await Promise.all(cluster.stores.map((store) => store.write(once)));
  assert.deepEqual(answers.map(({ repeated }) => repeated).sort(), [false, true]);
  assert.equal(await coinsIn(cluster.stores[0]!, "rent"), 1);
});

Deno.test("nothing that is acknowledged is lost or doubled while connections are cut off", async () => {
  await using cluster = await nodes(2);
  let isOver = false;
  const cutting = (async () => {
    while (!isOver) {
      for (const purpose of ["recording", "reading", "listening", "leading", "developing"]) {
        await cut(cluster.admin, purpose);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    }
  })();
  await Promise.all(cluster.stores.flatMap((store, node) =>
    upTo(10).map(async (writer) => {
      for (const _ of upTo(15)) await store.write(coin(`${node}-${writer}`));
    })
  ));
  isOver = true;
  await cutting;
  const [store] = cluster.stores as [PostgresEventStore];
  assert.equal(await store.head(), 300);
  for (const node of [0, 1]) {
    for (const writer of upTo(10)) assert.equal(await coinsIn(store, `${node}-${writer}`), 15);
  }
});

Deno.test("nodes wait for a server that starts again, and lose nothing", async () => {
  await using own = await startPostgres();
  const url = await own.createDatabase();
  const store = await PostgresEventStore.open(url, { schema: schemaOf(1), masterKey });
  try {
    const heard: number[] = [];
    store.onCommitted((events) => heard.push(...events.map(({ position }) => position)));
    let acknowledged = 0;
    let isOver = false;
    const writing = upTo(4).map(async () => {
      while (!isOver) {
        await store.write(coin("rent"));
        acknowledged++;
      }
    });
    await until(() => acknowledged > 20, "it writes");
    await own.shutDown();
    await own.start();
    const before = acknowledged;
    await until(() => acknowledged > before + 20, "it writes again");
    isOver = true;
    await Promise.all(writing);
    assert.equal(await coinsIn(store, "rent"), acknowledged);
    await until(() => heard.length === acknowledged, "all was heard");
    assert.deepEqual(heard, upTo(acknowledged));
  } finally {
    await store.close();
  }
});

Deno.test("nodes of two versions serve side by side, each with its own read models", async () => {
  await using cluster = await nodes(1);
  const [older] = cluster.stores as [PostgresEventStore];
  await Promise.all(upTo(300).map(() => older.write(coin("rent"))));
  const newer = await cluster.open({ schema: schemaOf(2) });
  assert.deepEqual([await coinsIn(older, "rent"), await coinsIn(newer, "rent")], [300, 600]);
  for (const _ of upTo(5)) {
    await older.write(coin("rent"));
    await newer.write(coin("rent"));
    await newer.write(coin("rent"));
  }
  assert.equal(await coinsIn(newer, "rent"), 630);
  await until(async () => await coinsIn(older, "rent") === 315, "the older one has caught up");

  const readSchemas = async () => {
    const rows = await cluster.admin.unsafe(
      "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read\\_%'",
    );
    return rows.length;
  };
  assert.equal(await readSchemas(), 2);
  await older.close();
  await newer.scrub();
  assert.equal(await readSchemas(), 1);
  assert.equal(await coinsIn(newer, "rent"), 630);
});

Deno.test("a rebuild on one node is every node's, and nobody misses what came meanwhile", async () => {
  await using cluster = await nodes(2);
  const [here, there] = cluster.stores as [PostgresEventStore, PostgresEventStore];
  await Promise.all(upTo(600).map(() => here.write(coin("rent"))));
  await cluster.admin.unsafe(
    `UPDATE ${await schemaIn(cluster.admin)}.jar_projection SET coins = 0`,
  );
  assert.equal(await coinsIn(there, "rent"), 0);
  const [settled] = await Promise.all([
    Promise.allSettled([here.rebuild(), there.rebuild()]),
    ...upTo(100).map(() => there.write(coin("rent"))),
  ]);
  const refusals = settled.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
  assert.equal(refusals.length, 1);
  assert.match(String(refusals[0]), /Another process is rebuilding/);
  await there.write(coin("rent"));
  assert.deepEqual([await coinsIn(here, "rent"), await coinsIn(there, "rent")], [701, 701]);
});

async function schemaIn(admin: Connection): Promise<string> {
  const [row] = await admin.unsafe(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'read\\_%'",
  );
  return row!.name;
}

Deno.test("an erased person is erased on every node", async () => {
  await using cluster = await nodes(2);
  const [here, there] = cluster.stores as [PostgresEventStore, PostgresEventStore];
  const textOn = async (store: EventStore) =>
    (await store.stream("note-1")).map(({ data }) => (data as NoteWritten["data"]).text);
  await here.write(note("note-1", 7));
  assert.deepEqual(await textOn(there), ["Dear diary"]);
  const heard = Promise.withResolvers<void>();
  there.onCommitted(() => heard.resolve());
  await here.write(
    recording("writer-7", { type: "WriterErased", data: { writerId: 7 } } satisfies WriterErased),
  );
  await assert.rejects(there.write(note("note-2", 7)), /Person 7 is erased/);
  await heard.promise;
  assert.deepEqual(await textOn(there), ["[erased]"]);
  assert.deepEqual(await textOn(here), ["[erased]"]);
});

Deno.test("one node leads, and another takes over when it goes or loses its connection", async () => {
  await using cluster = await nodes(2);
  const leading = [false, false];
  const leaderships = cluster.stores.map((store, node) =>
    store.lead("sweeping", () => {
      leading[node] = true;
      return { stop: () => void (leading[node] = false) };
    })
  );
  const one = () => leading.filter(Boolean).length === 1;
  await until(one, "one leads");
  assert.equal(leaderships.filter(({ isLeading }) => isLeading).length, 1);

  await cut(cluster.admin, "leading");
  await until(one, "one leads after the cut");
  await new Promise((resolve) => setTimeout(resolve, 1200));
  assert(one(), "Both lead, or none");

  const first = leading.indexOf(true);
  const before = performance.now();
  await cluster.stores[first]!.close();
  await until(() => leading[1 - first]!, "the other has taken over");
  assert(performance.now() - before < 5000);
  assert.equal(leading[first], false);
});

Deno.test("a subscriber runs on one node, and goes on where another stopped", async () => {
  await using cluster = await nodes(2);
  const handled: [number, number][] = [];
  const subscriptions = cluster.stores.map((store, node) =>
    store.subscribe({
      name: "clerk",
      handle: ({ position }) => {
        handled.push([node, position]);
        return [sql`INSERT INTO handled (position) VALUES (${position})`];
      },
    })
  );
  for (const _ of upTo(5)) await cluster.stores[0]!.write(coin("rent"));
  await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));
  const first = handled[0]![0];
  assert.deepEqual(handled, upTo(5).map((position) => [first, position]));
  await subscriptions[first]!.stop();
  const other = cluster.stores[1 - first]!;
  for (const _ of upTo(5)) await other.write(coin("rent"));
  await subscriptions[1 - first]!.caughtUp();
  assert.deepEqual(handled.map(([, position]) => position), upTo(10));
  const rows = await other.query(sql`SELECT position FROM handled ORDER BY position`);
  assert.deepEqual(rows.map(({ position }) => position), upTo(10));
});

Deno.test("a replica answers who has seen less than it has, and the primary everybody else", async () => {
  await using primary = await startPostgres({ settings: ["wal_level=replica"] });
  const url = await primary.createDatabase();
  await using replica = await startReplica(primary, "copy");
  const replicaUrl = replica.url(new URL(url).pathname.slice(1));
  const options = { schema: schemaOf(1), masterKey };
  const store = await PostgresEventStore.open(url, { ...options, replicas: [replicaUrl] });
  try {
    const coins = async (after?: number) => {
      const [row] = await store.query(
        sql`SELECT coins, pg_is_in_recovery() AS by_replica FROM jar_projection`,
        after,
      );
      return { coins: row?.coins, byReplica: row?.by_replica === 1 };
    };
    for (const count of upTo(50)) {
      const { position } = await store.write(coin("rent"));
      assert.equal((await coins(position)).coins, count, "Reads what was just written");
    }
    await until(async () => (await coins(50)).byReplica, "the replica answers");
    assert.deepEqual(await coins(50), { coins: 50, byReplica: true });
    assert.deepEqual(await coins(), { coins: 50, byReplica: false });
    assert.deepEqual(await coins(51), { coins: 50, byReplica: false });
    assert.deepEqual(store.replicaHeads, [50]);

    await replica.shutDown();
    assert.deepEqual(await coins(50), { coins: 50, byReplica: false });
    await replica.start();
    await until(async () => (await coins(50)).byReplica, "the replica answers again");
  } finally {
    await store.close();
  }
});

Deno.test("nothing outside of a transaction can be written on the connections of the film", async () => {
  await using cluster = await nodes(1);
  await assert.rejects(
    cluster.stores[0]!.query(sql`INSERT INTO handled (position) VALUES (1)`),
    StoreUnavailable,
  );
});

Deno.test("a database is refused that is not Filmroll's, of another master key or of a later version", async () => {
  const opening = (url: string, key = masterKey) =>
    PostgresEventStore.open(url, { schema: schemaOf(1), masterKey: key });
  const foreign = await server.createDatabase();
  const admin = connect(foreign, {
    max: 1,
    searchPath: ["public"],
    readOnly: false,
    purpose: "tests",
  });
  await admin.unsafe("CREATE TABLE invoice (id BIGINT)");
  await admin.end();
  await assert.rejects(
    opening(foreign),
    /^StoreUnavailable: The database holds tables, but none of/,
  );

  await using cluster = await nodes(1);
  await assert.rejects(
    opening(cluster.url, new MasterKey("another master key of 32 characters, or more")),
    /^StoreUnavailable: The master key is not the one/,
  );
  await cluster.admin.unsafe("UPDATE schema_version SET version = 9, works_from = 9");
  await assert.rejects(opening(cluster.url), /^StoreUnavailable: The database is of version 9/);
  await assert.rejects(
    opening(server.url("nowhere")),
    /^StoreUnavailable: Cannot open the database: database "nowhere" does not exist$/,
  );
});

Deno.test("tables declared in SQLite's words are made in PostgreSQL's", () => {
  assert.equal(
    inPostgres(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, b BLOB) STRICT, WITHOUT ROWID",
    ),
    'CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, b BYTEA)',
  );
});

Deno.test("a failure tells whether to try again", () => {
  const codes = {
    "57P01": "transient",
    ECONNREFUSED: "transient",
    CONNECTION_CLOSED: "transient",
    "40P01": "transient",
    "08006": "transient",
    "23505": "conflict",
    "23514": "final",
    "42P01": "final",
  };
  for (const [code, failure] of Object.entries(codes)) {
    assert.equal(failureOf(Object.assign(new Error("It failed"), { code })), failure, code);
  }
  assert.equal(failureOf(new Error("No code")), "final");
});
