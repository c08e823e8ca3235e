/** Puts several nodes under load, takes machines away from under them, and checks what is left. */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import postgres from "postgres";
import { seeded } from "../../cli/demo/pictures_paint.ts";
import { schemaOf } from "../../domain/core/bus.ts";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { MasterKey } from "../../domain/event_store/master_key.ts";
import { PostgresEventStore } from "../../domain/event_store/postgres/postgres_event_store.ts";
import { contexts } from "../../domain/mod.ts";
import { tellingOf, topicOf } from "../../web/live/events.ts";
import { checkRegistrations } from "../crash/crash.ts";
import { Ledger } from "../crash/ledger.ts";
import { People } from "../crash/people.ts";
import { api } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { Cluster, MASTER_KEY } from "./cluster.ts";
import { Listener } from "./listener.ts";

const MEMBERS = 16;
const LISTENERS = 4;

/** Nodes must answer again so many milliseconds after what they missed is there again. */
const RECOVERY = 5000;

export interface Hardship {
  /** Pairs of a command and a read that must show it, before anything fails. */
  readonly pairs: number;
  /** Milliseconds of load before and after each fault. */
  readonly between: number;
  readonly seed: number;
}

/** What was endured. */
export interface Endured {
  /** Commands answered as done; each was found once. */
  readonly acknowledged: number;
  /** Commands and the reads after them that showed what they had done: all. */
  readonly pairs: number;
  /** Commands and reads a second, before anything failed. */
  readonly perSecond: number;
  /** Questions that the replica answered before anything failed. */
  readonly replicaReads: number;
  /** Requests that were sent again, once machines failed. */
  readonly sentAgain: number;
  /** For each fault, milliseconds until every node acknowledged a command again. */
  readonly recoveries: Readonly<Record<string, number>>;
  /** Events that listeners heard, each once, and the streams that they had to open for it. */
  readonly heard: number;
  readonly streams: number;
  readonly events: number;
}

/**
 * Runs a cluster through load without and with faults.
 *
 * @throws AssertionError naming what was lost, doubled, missed, or seen too late
 */
export async function endure(
  { pairs, between, seed }: Hardship,
  onPair: () => void = () => {},
): Promise<Endured> {
  await using cluster = await Cluster.start();
  const { proxy, primary, replica, nodes } = cluster;
  const ledger = new Ledger();
  const people = new People(seeded(seed), ledger);
  await people.join(proxy.origin, MEMBERS);
  const listeners = people.members.slice(0, LISTENERS)
    .map(({ id, token }) => ({ id, listener: new Listener(proxy.origin, token) }));
  await eventually(
    "everybody to listen",
    () => Promise.resolve(listeners.every(({ listener }) => listener.position !== null)),
  );
  const beginning = new Map(listeners.map(({ listener }) => [listener, listener.position!]));

  const load = new Load(people, proxy.origin, onPair);
  const readsBefore = await readsAnsweredBy(cluster.replicaUrl);
  const began = performance.now();
  await load.pairs(pairs);
  const perSecond = 2 * pairs * 1000 / (performance.now() - began);
  assert.equal(load.sentAgain, 0, "Requests failed although nothing else did");
  // What a server counts is told to others once a second.
  await setTimeout(1500);
  const replicaReads = await readsAnsweredBy(cluster.replicaUrl) - readsBefore;
  for (const [index, answered] of proxy.answered.entries()) {
    assert.ok(answered > 0, `Node ${index + 1} answered nothing`);
  }

  const recoveries: Record<string, number> = {};
  const probe = people.members[0]!;
  const recovered = async (fault: string) => {
    const since = performance.now();
    await Promise.all(
      nodes.map(({ origin }) => acknowledges(origin, probe.token, ledger, probe.id)),
    );
    recoveries[fault] = performance.now() - since;
    await setTimeout(between);
  };
  await setTimeout(between);
  await nodes[1]!.kill();
  await setTimeout(between);
  await nodes[1]!.start();
  await recovered("a node killed");
  await replica.kill();
  await recovered("the replica killed");
  await replica.start();
  await recovered("the replica started again");
  await primary.shutDown();
  await primary.start();
  await recovered("the primary restarted");
  await load.stop();
  for (const [fault, milliseconds] of Object.entries(recoveries)) {
    assert.ok(milliseconds < RECOVERY, `${fault}: ${milliseconds} ms until all nodes answered`);
  }
  assert.deepEqual(load.unseen, [], "Somebody did not see what they had done");
  assert.deepEqual(ledger.unanswered, []);

  const film = await checkStore(cluster, ledger);
  let heard = 0;
  let streams = 0;
  for (const { id, listener } of listeners) {
    heard += await checkHeard(listener, id, film.slice(beginning.get(listener)));
    streams += listener.streams;
    await listener[Symbol.asyncDispose]();
  }
  return {
    acknowledged: ledger.acknowledged,
    pairs: load.seen,
    perSecond,
    replicaReads,
    sentAgain: load.sentAgain,
    recoveries,
    heard,
    streams,
    events: film.length,
  };
}

/** Everybody acts, and looks. */
class Load {
  readonly #stop = new AbortController();
  readonly #acting: Promise<void>;
  readonly unseen: string[] = [];
  #seen = 0;
  #sentAgain = 0;
  #wanted = Infinity;
  readonly #reached = Promise.withResolvers<void>();

  constructor(people: People, origin: string, onPair: () => void) {
    this.#acting = people.persist(origin, {
      stop: this.#stop.signal,
      onRead: (isSeen, what) => {
        if (!isSeen) this.unseen.push(what);
        onPair();
        if (++this.#seen === this.#wanted) this.#reached.resolve();
      },
      onUnanswered: () => this.#sentAgain++,
    });
  }

  /** Pairs of a command and a read that followed it. */
  get seen(): number {
    return this.#seen;
  }

  get sentAgain(): number {
    return this.#sentAgain;
  }

  /** Resolves once there were so many pairs. */
  async pairs(count: number): Promise<void> {
    this.#wanted = count;
    await Promise.race([this.#reached.promise, this.#acting]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#acting;
  }
}

/** Has somebody post on a node, again and again until it is acknowledged. */
async function acknowledges(
  origin: string,
  token: string,
  ledger: Ledger,
  by: number,
): Promise<void> {
  const key = crypto.randomUUID();
  const content = `Frame ${key}`;
  const path = "/api/posts";
  const effect = `${by} posts ${content}`;
  const command = { key, token, method: "POST", path, json: { content }, effect } as const;
  ledger.sent(command);
  for (;;) {
    const answer = await api(origin, token)
      .send<{ id: number }>("POST", path, {
        json: command.json,
        headers: { "idempotency-key": key },
        signal: AbortSignal.timeout(RECOVERY),
      }).catch(() => null);
    if (answer?.status === 201) return ledger.done(command, answer.body.id);
    await setTimeout(20);
  }
}

/** Checks the film, and the read models against those that are developed from it anew. */
async function checkStore(cluster: Cluster, ledger: Ledger): Promise<RecordedEvent[]> {
  const served = await digestsOf(cluster.databaseUrl);
  await eventually("the replica to have caught up", async () => {
    const copied = await digestsOf(cluster.replicaUrl);
    return JSON.stringify(copied) === JSON.stringify(served);
  });
  const store = await PostgresEventStore.open(cluster.databaseUrl, {
    schema: schemaOf(contexts),
    masterKey: new MasterKey(MASTER_KEY),
  });
  await using _ = { [Symbol.asyncDispose]: () => store.close() };
  const film = await store.film(0, Number.MAX_SAFE_INTEGER);
  ledger.check(film);
  await checkRegistrations(film, store);
  await store.rebuild();
  assert.deepEqual(await digestsOf(cluster.databaseUrl), served);
  return film;
}

/** Of every read model, how many rows it has and a digest over them. */
async function digestsOf(url: string): Promise<Record<string, unknown>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const tables = await sql`
      SELECT schemaname, tablename FROM pg_tables
      WHERE schemaname ~ '^read_[0-9a-f]{12}$' ORDER BY 1, 2`;
    const digests: Record<string, unknown> = {};
    for (const { schemaname, tablename } of tables) {
      const [row] = await sql`
        SELECT count(*)::INTEGER AS rows,
          md5(string_agg(row::TEXT, chr(10) ORDER BY row::TEXT COLLATE "C")) AS digest
        FROM ${sql(`${schemaname}.${tablename}`)} AS row`;
      digests[`${schemaname}.${tablename}`] = { ...row };
    }
    return digests;
  } finally {
    await sql.end();
  }
}

/** Questions that a server answered, but for those after the film's end, which nodes ask on their own. */
async function readsAnsweredBy(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const [row] = await sql`
    SELECT (d.xact_commit - t.idx_scan - t.seq_scan)::INTEGER AS reads
    FROM pg_stat_database d, pg_stat_user_tables t
    WHERE d.datname = current_database() AND t.relname = 'event_store'`;
  await sql.end();
  return row!.reads;
}

/** Checks that a listener heard of each event that concerns them once, in order; answers how many. */
async function checkHeard(
  listener: Listener,
  id: number,
  film: readonly RecordedEvent[],
): Promise<number> {
  const head = film.at(-1)!.position;
  const wanted = film.filter((event) => tellingOf(event)?.topics.includes(topicOf.person(id)))
    .map(({ position }) => position);
  await eventually(
    `a listener to hear of event ${wanted.at(-1)} of ${head}`,
    () => Promise.resolve((listener.position ?? 0) >= wanted.at(-1)!),
  );
  await listener[Symbol.asyncDispose]();
  const heard = listener.heard.filter(({ type }) => type !== "beat" && type !== "resync")
    .map(({ id }) => id);
  assert.deepEqual(heard, wanted);
  return heard.length;
}
