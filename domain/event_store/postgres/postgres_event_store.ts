import { timingSafeEqual } from "node:crypto";
import { setImmediate, setTimeout } from "node:timers/promises";
import { type Clock, systemClock } from "../../core/clock.ts";
import { projectionOf } from "../../core/context.ts";
import type { Pseudonym } from "../../core/decider.ts";
import type { RecordedEvent } from "../../core/event.ts";
import type { Row } from "../../core/query.ts";
import type { Statement } from "../../core/statement.ts";
import { EVENT_COLUMNS, type EventRow } from "../event_row.ts";
import {
  asUnavailable,
  type Committed,
  type EventStore,
  type EventStoreOptions,
  type FilmFilter,
  type FilmWindow,
  type Leadership,
  mergeReads,
  type RebuildProgress,
  type Schema,
  type StoreObserver,
  StoreOverloaded,
  type StoreStatus,
  StoreUnavailable,
  type StreamHistory,
  type Subscriber,
  type Subscription,
  type UnitOfWork,
  type Work,
} from "../event_store.ts";
import {
  closed,
  type Head,
  LONGEST_QUEUE,
  outcomeOf,
  report,
  settle,
  tell,
  unavailable,
  type Waiting,
} from "../group_commit.ts";
import { GENESIS } from "../hash_chain.ts";
import type { MasterKey } from "../master_key.ts";
import { SharedRebuild } from "../shared_rebuild.ts";
import { follow } from "../subscription.ts";
import {
  answered,
  connect,
  type Connection,
  Ends,
  failureOf,
  lockTransaction,
  type Param,
  run,
  send,
} from "./connection.ts";
import { Film } from "./film.ts";
import {
  decideGroup,
  type Decisions,
  type KnownCommand,
  type Recorded,
  rowsOf,
  SealRefused,
} from "./group.ts";
import { fetchKeys } from "./keys.ts";
import { Leader } from "./leader.ts";
import {
  createReadModels,
  develop,
  developAnew,
  developedTo,
  type Development,
  dropUnused,
  projected,
  schemaNameOf,
  useOf,
} from "./read_models.ts";
import { Replicas } from "./replicas.ts";
import { migrate } from "./tables.ts";
import { all, type Commit, Transactions } from "./transactions.ts";

/** Commands committed together at most: more would hold up the other nodes' groups. */
const LARGEST_GROUP = 256;

/** How long something is tried again while the server is away, in milliseconds. */
const PATIENCE_MS = 10_000;

/** A group that takes longer is given up, and tried again. */
const LONGEST_GROUP_MS = 10_000;

/** An answer to a query is waited for so long; the server ends it a little earlier. */
const LONGEST_READ_MS = 12_000;

/** Others' events are looked for so often, beside being told of them, in milliseconds. */
const LOOK_MS = 1000;

/** Others' events that are told at once. */
const BATCH = 256;

/** Connections that answer queries. */
const READERS = 8;

const CHANNEL = "filmroll";

/** The counter of erased people: who remembers keys sees by it that one was destroyed. */
const ERASURES = "erasure";

export interface PostgresOptions extends EventStoreOptions {
  /** Addresses of copies that follow the primary. */
  readonly replicas?: readonly string[];
}

interface LedSubscription extends Subscription {
  /** Whether it is this node that follows; where another does, its position is known there. */
  readonly isFollowing: boolean;
}

interface Connections {
  /** Of the groups: one connection. */
  readonly writing: Transactions;
  /** Of checkpoints and of catching up: one connection. */
  readonly aside: Transactions;
  readonly readers: Connection;
  readonly readersEnds: Ends;
  readonly replicas: Replicas;
  readonly leader: Leader;
  readonly listener: Connection;
}

/**
 * The event store on PostgreSQL, for any number of nodes over one database.
 *
 * Each node commits its commands in groups: whatever queued while the last group was committed is the
 * next. A group's transaction first takes the film's lock, so that positions are handed out in the
 * order of commits, and whoever follows the film needs only to ask for what comes after a position.
 * Under the lock it reads what the units need in one round trip, decides in memory, and sends all it
 * records with the commit in another.
 */
export class PostgresEventStore implements EventStore {
  readonly pseudonym: Pseudonym;
  readonly #schema: Schema;
  readonly #project: (event: RecordedEvent) => readonly Statement[];
  readonly #clock: Clock;
  readonly #film: Film;
  readonly #schemaName: string;
  readonly #connectTo: ConnectTo;
  readonly #connections: Connections;
  readonly #listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  readonly #rebuilding = new SharedRebuild();
  readonly #observers = new Set<StoreObserver>();
  readonly #subscriptions = new Set<LedSubscription>();
  readonly #looking: ReturnType<typeof setInterval>;
  /** Erasures when the keys in memory were read. */
  #erasures = 0;
  /** The last event that listeners heard of. */
  #told: number;
  #hearing: Promise<void> | null = null;
  #heardAgain = false;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  /**
   * Opens the store, creating or developing what is missing.
   *
   * @param url postgres://user:password@host:port/database
   * @throws StoreUnavailable with a one-line message if the database cannot be used
   */
  static async open(url: string, options: PostgresOptions): Promise<PostgresEventStore> {
    const { schema, masterKey, onRebuild = () => {}, replicas = [] } = options;
    const schemaName = schemaNameOf(schema.readModels);
    const connectTo = connecting(url);
    const film = new Film(masterKey, schema);
    const transactions = new Transactions(() =>
      connectTo({ purpose: "opening", schemaName: null })
    );
    try {
      await migrate(transactions, schema.tables);
      await requireMasterKey(transactions, masterKey);
      await createReadModels({ transactions, schemaName, readModels: schema.readModels });
    } catch (error) {
      await transactions.end();
      throw asUnavailable(error, "Cannot open the database");
    }
    const leader = new Leader(
      (onClose) => connectTo({ purpose: "leading", schemaName, onClose }),
      useOf(schemaName),
    );
    const reading = {
      purpose: "reading",
      byKeys: true,
      schemaName,
      max: READERS,
      statementTimeout: LONGEST_READ_MS - 2000,
    };
    const readersEnds = new Ends();
    const connections: Connections = {
      writing: new Transactions(
        (onClose) => connectTo({ purpose: "recording", schemaName, byKeys: true, onClose }),
        LONGEST_GROUP_MS,
      ),
      aside: new Transactions((onClose) =>
        connectTo({ purpose: "developing", schemaName, byKeys: true, onClose })
      ),
      readers: connectTo({ ...reading, onClose: readersEnds.hear }),
      readersEnds,
      replicas: new Replicas(
        replicas.map((replica) => connecting(replica)(reading)),
      ),
      listener: connectTo({ purpose: "listening", schemaName }),
      leader,
    };
    try {
      await leader.look();
      const { readModels } = schema;
      await develop({
        transactions: connections.aside,
        schemaName,
        readModels,
        film,
        onProgress: onRebuild,
      });
      await dropUnused(transactions, schemaName);
      const told = await headOf(connections.readers);
      const store = new PostgresEventStore(options, {
        film,
        schemaName,
        connectTo,
        connections,
        told: told.position,
      });
      await store.#listen();
      return store;
    } catch (error) {
      await endAll(connections);
      throw asUnavailable(error, "Cannot open the database");
    } finally {
      await transactions.end();
    }
  }

  private constructor(
    { schema, masterKey, clock = systemClock }: PostgresOptions,
    { film, schemaName, connectTo, connections, told }: {
      readonly film: Film;
      readonly schemaName: string;
      readonly connectTo: ConnectTo;
      readonly connections: Connections;
      readonly told: number;
    },
  ) {
    this.pseudonym = masterKey.pseudonym;
    this.#schema = schema;
    this.#project = projectionOf(schema.readModels);
    this.#clock = clock;
    this.#film = film;
    this.#schemaName = schemaName;
    this.#connectTo = connectTo;
    this.#connections = connections;
    this.#told = told;
    this.#looking = setInterval(() => void this.#look(), LOOK_MS);
  }

  /** How far each replica is; -1 where it does not answer. */
  get replicaHeads(): readonly number[] {
    return this.#connections.replicas.heads;
  }

  write<Result>(unit: UnitOfWork<Result>): Promise<Committed<Result>> {
    if (this.#closing !== null) return Promise.reject(closed());
    if (this.#queue.length >= LONGEST_QUEUE) {
      return Promise.reject(new StoreOverloaded(this.#queue.length));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ unit, resolve: resolve as Waiting["resolve"], reject });
      this.#running ??= this.#run();
    });
  }

  async query(statement: Statement, after?: number): Promise<Row[]> {
    this.#requireOpen();
    const question = async (sql: Connection) =>
      Array.from(await run(sql, statement)) as unknown as Row[];
    const answer = after === undefined
      ? undefined
      : await this.#connections.replicas.ask(after, this.#told, question);
    return answer ?? await this.#reading(question);
  }

  stream(name: string): Promise<RecordedEvent[]> {
    return this.#reading((sql) => this.#film.stream(sql, name));
  }

  film(after: number, limit: number): Promise<RecordedEvent[]> {
    return this.#reading((sql) => this.#film.after(sql, after, limit));
  }

  find(filter: FilmFilter, window: FilmWindow): Promise<RecordedEvent[]> {
    return this.#reading((sql) => this.#film.find(sql, filter, window));
  }

  head(): Promise<number> {
    return this.#reading(async (sql) => (await headOf(sql)).position);
  }

  onCommitted(listener: (events: readonly RecordedEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribe(subscriber: Subscriber): Subscription {
    this.#requireOpen();
    const { name } = subscriber;
    let following: Subscription | null = null;
    let last: Subscription | null = null;
    let stopping: Promise<void> | null = null;
    const leadership = this.lead(`subscriber ${name}`, () => {
      const mine: Subscription = last = following = follow({
        checkpoint: (name) => this.#checkpoint(name),
        film: (after, limit) => this.film(after, limit),
        head: () => this.head(),
        advance: (name, position, statements) => this.#advance(name, position, statements),
        onCommitted: (listener) => this.onCommitted(listener),
        onStopped: () => {
          if (following === mine) following = null;
        },
      }, subscriber);
      return mine;
    });
    const subscription: LedSubscription = {
      name,
      get isFollowing() {
        return following !== null;
      },
      get position() {
        return last?.position ?? -1;
      },
      caughtUp: async () => {
        const until = await this.head();
        while (stopping === null) {
          if (following !== null) await following.caughtUp();
          if ((following?.position ?? await this.#checkpoint(name)) >= until) return;
          if (stopping === null) await setTimeout(20);
        }
        // What was under way is handled still.
        await stopping;
      },
      stop: () =>
        stopping ??= leadership.stop().then(() => void this.#subscriptions.delete(subscription)),
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  lead(name: string, begin: () => Work): Leadership {
    this.#requireOpen();
    return this.#connections.leader.lead(name, begin);
  }

  observe(observer: StoreObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  async status(): Promise<StoreStatus> {
    this.#requireOpen();
    const queued = this.#queue.length;
    const rebuild = this.#rebuilding.progress;
    const unavailable = await this.#whyUnwritable();
    return {
      unavailable,
      head: unavailable === null ? await this.head() : this.#told,
      queued,
      subscribers: [...this.#subscriptions].filter(({ isFollowing }) => isFollowing)
        .map(({ name, position }) => ({ name, position })),
      replicas: this.replicaHeads.map((head) => head < 0 ? null : head),
      rebuild,
    };
  }

  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<void> {
    return this.#rebuilding.join(onProgress, (tell) => this.#rebuild(tell));
  }

  async scrub(): Promise<void> {
    this.#requireOpen();
    await this.#rebuilding.settled();
    await dropUnused(this.#connections.aside, this.#schemaName);
    // A deleted row's words stay in its table until its place is taken again.
    const sql = this.#connectTo({
      purpose: "scrubbing",
      schemaName: this.#schemaName,
      readOnly: false,
      statementTimeout: 0,
    });
    try {
      const changed = await send(sql, SELECT_CHANGING, [this.#schemaName]);
      if (changed.length > 0) {
        await send(
          sql,
          `VACUUM ${changed.map(({ name }) => name).join(", ")}`,
        );
      }
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  close(): Promise<void> {
    return this.#closing ??= this.#shutDown();
  }

  async #shutDown(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    await Promise.allSettled([this.#running, this.#rebuilding.settled()]);
    clearInterval(this.#looking);
    await this.#hearing;
    await endAll(this.#connections);
  }

  #requireOpen(): void {
    if (this.#closing !== null) throw closed();
  }

  /** Asks the primary, again for a moment if it is away. */
  async #reading<Answer>(question: (sql: Connection) => Promise<Answer>): Promise<Answer> {
    this.#requireOpen();
    const { readers, readersEnds } = this.#connections;
    try {
      return await patiently(() => answered(question(readers), LONGEST_READ_MS, readersEnds));
    } catch (error) {
      throw failureOf(error) === "transient" ? unavailable("read", error) : error;
    }
  }

  /** Commits group after group until nothing waits. */
  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Requests that are already here join the group.
      await setImmediate();
      await this.#commit(this.#queue.splice(0, LARGEST_GROUP));
    }
    this.#running = null;
  }

  /** Commits a group, in parts if it fails as a whole, so that each unit is refused alone. */
  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#commitPatiently(group);
    } catch (error) {
      if (failureOf(error) !== "transient" && group.length > 1) {
        const middle = Math.ceil(group.length / 2);
        await this.#commit(group.slice(0, middle));
        await this.#commit(group.slice(middle));
        return;
      }
      const isFault = failureOf(error) === "transient";
      for (const { reject } of group) reject(isFault ? unavailable("record", error) : error);
      report(this.#observers, group, group.map(() => isFault ? "failed" : "refused"), 0, 0);
    }
  }

  /** Again while the server is away; and with all streams looked up, where one taken to be new is not. */
  #commitPatiently(group: readonly Waiting[]): Promise<void> {
    const attempt = (careful: boolean) =>
      this.#attempt(group, careful).catch((error) => {
        this.#film.seals.forget();
        throw error;
      });
    return patiently(() =>
      attempt(false).catch((error) => {
        if (failureOf(error) !== "conflict") throw error;
        return attempt(true);
      })
    );
  }

  async #attempt(group: readonly Waiting[], careful: boolean): Promise<void> {
    const began = performance.now();
    let sent = began;
    const { answers, events } = await this.#connections.writing.run(async (sql, commit) => {
      const units = group.map(({ unit }) => unit);
      const recorded = await this.#readUnderLock(sql, units);
      const { decisions, rows } = await this.#decide(sql, units, recorded, careful);
      sent = performance.now();
      await this.#record(sql, commit, recorded, decisions, rows);
      return {
        answers: decisions.answers,
        events: decisions.additions.flatMap(({ events }) => events),
      };
    });
    settle(group, answers);
    report(this.#observers, group, answers.map(outcomeOf), sent - began, performance.now() - sent);
    if (events.length > 0) this.#tell(events);
  }

  /** Takes the film's lock and reads what the units need, in one round trip. */
  async #readUnderLock(
    sql: Connection,
    units: readonly UnitOfWork<unknown>[],
  ): Promise<Recorded> {
    const reads = mergeReads(units.flatMap(({ streams }) => streams));
    const streams = [...reads.keys()];
    const last = streams.filter((stream) => reads.get(stream)!.lastEventOnly);
    const whole = streams.filter((stream) => !reads.get(stream)!.lastEventOnly);
    const [, heads, developed, sequences, commands, wholeRows, lastRows] = await all(
      [
        lockTransaction(sql, "film"),
        headOf(sql),
        send(sql, "SELECT position FROM read_model_head FOR UPDATE"),
        send(sql, "SELECT name, value FROM sequence"),
        send(sql, SELECT_COMMANDS, [units.map(({ commandId }) => commandId)]),
        whole.length === 0 ? NO_ROWS : send(sql, SELECT_WHOLE, [whole]),
        last.length === 0 ? NO_ROWS : send(sql, SELECT_LAST, [last]),
      ] as const,
    );

    const values = new Map(sequences.map(({ name, value }) => [name as string, value as number]));
    this.#noticeErasures(values.get(ERASURES) ?? 0);
    await this.#catchUp(sql, developed[0]!.position as number, heads.position);
    const rows = [...wholeRows, ...lastRows] as unknown as EventRow[];
    const events = await this.#film.opened(
      sql,
      rows,
      ({ stream }) => reads.get(stream)!.isSealed,
    );
    const histories = new Map<string, StreamHistory>();
    for (const stream of streams) histories.set(stream, { version: 0, events: [] });
    for (const [stream, own] of Map.groupBy(events, ({ stream }) => stream)) {
      histories.set(stream, { version: own.at(-1)!.version, events: own });
    }
    return {
      now: this.#clock(),
      head: heads,
      sequences: values,
      commands: new Map(
        commands.map(({ command_id, ...command }) => [command_id as string, command as never]),
      ) as Map<string, KnownCommand>,
      histories,
      versions: new Map(),
    };
  }

  /** What nodes of another version recorded is developed first. */
  async #catchUp(sql: Connection, developed: number, head: number): Promise<void> {
    for (let position = developed; position < head;) {
      const events = await this.#film.after(sql, position, BATCH);
      position = events.at(-1)?.position ?? head;
      await all(projected(sql, this.#schema.readModels, events, position));
    }
  }

  /** Decides, and seals; again, where something turns out to be needed for it. */
  async #decide(
    sql: Connection,
    units: readonly UnitOfWork<unknown>[],
    recorded: Recorded,
    careful: boolean,
  ) {
    const { pseudonym } = this;
    const refusals = new Map<UnitOfWork<unknown>, unknown>();
    const versions = new Map<string, number>();
    while (true) {
      const deciding = { schema: this.#schema, pseudonym, refusals, careful };
      const decisions = decideGroup(units, { ...recorded, versions }, deciding);
      if (decisions.unknown.size > 0) {
        for (const stream of decisions.unknown) versions.set(stream, 0);
        const rows = await send(sql, SELECT_VERSIONS, [[...decisions.unknown]]);
        for (const { stream, version } of rows) versions.set(stream, version);
        continue;
      }
      const events = decisions.additions.flatMap(({ events }) => events);
      this.#film.keys.put(await fetchKeys(sql, this.#film.seals.missing(events)));
      try {
        return { decisions, rows: rowsOf(decisions.additions, recorded.head, this.#film.seals) };
      } catch (error) {
        if (!(error instanceof SealRefused)) throw error;
        this.#film.keys.takeChanges();
        this.#film.seals.forget();
        refusals.set(error.unit, error.refusal);
      }
    }
  }

  /** Sends all that is recorded, and the commit with it. */
  #record(
    sql: Connection,
    commit: Commit,
    { head, sequences }: Recorded,
    { additions, sequences: used }: Decisions,
    rows: ReturnType<typeof rowsOf>,
  ): Promise<void> {
    const keys = this.#film.keys.takeChanges();
    if (additions.length === 0 && used.size === 0) return commit([]);
    const sent: PromiseLike<unknown>[] = [];
    const record = (text: string, params: readonly Param[]) =>
      void sent.push(send(sql, text, params));
    const counters = new Map(used);
    const destroyed = [...keys.values()].filter((wrapped) => wrapped === null).length;
    if (destroyed > 0) counters.set(ERASURES, (sequences.get(ERASURES) ?? 0) + destroyed);
    if (rows.length > 0) {
      record(INSERT_EVENTS, [
        rows.map(({ position }) => position),
        rows.map(({ stream }) => stream),
        rows.map(({ version }) => version),
        rows.map(({ type }) => type),
        rows.map(({ data }) => data),
        rows.map(({ sealed }) => sealed),
        rows.map(({ metadata }) => metadata),
        rows.map(({ created_at }) => created_at),
        rows.map(({ hash }) => hash),
      ]);
    }
    if (additions.length > 0) {
      record(INSERT_COMMANDS, [
        additions.map(({ unit }) => unit.commandId),
        additions.map(({ command }) => command.command),
        additions.map(({ command }) => command.actor),
        additions.map(({ command }) => command.result),
        additions.map(({ command }) => command.position),
      ]);
    }
    if (counters.size > 0) record(UPSERT_SEQUENCES, [[...counters.keys()], [...counters.values()]]);
    if (keys.size > 0) record(UPSERT_KEYS, [[...keys.keys()], [...keys.values()]]);
    for (const { events, statements } of additions) {
      for (const event of events) {
        for (const statement of this.#project(event)) sent.push(run(sql, statement));
      }
      for (const statement of statements) sent.push(run(sql, statement));
    }
    const last = rows.at(-1)?.position;
    if (last !== undefined && last > head.position) {
      sent.push(developedTo(sql, last));
      record(`SELECT pg_notify('${CHANNEL}', $1)`, [String(last)]);
    }
    return commit(sent).then(() => {
      if (destroyed > 0) this.#erasures = counters.get(ERASURES)!;
    });
  }

  #noticeErasures(erasures: number): void {
    if (erasures === this.#erasures) return;
    this.#erasures = erasures;
    this.#film.seals.forget();
  }

  async #listen(): Promise<void> {
    await this.#connections.listener.listen(CHANNEL, (payload) => {
      if (Number(payload) > this.#told) this.#hear();
    });
  }

  /** Looks for what was missed, and for what nodes of another version recorded. */
  async #look(): Promise<void> {
    if (this.#closing !== null) return;
    try {
      const readers = this.#connections.readers;
      const [{ position: head }, [developed]] = await Promise.all([
        headOf(readers),
        send(readers, "SELECT position FROM read_model_head"),
      ]);
      if (head > this.#told) this.#hear();
      if ((developed!.position as number) < head) await develop(this.#development());
    } catch {
      // A database that cannot be read says so to whoever reads it; here it is tried again.
    }
  }

  #development(): Development {
    return {
      transactions: this.#connections.aside,
      schemaName: this.#schemaName,
      readModels: this.#schema.readModels,
      film: this.#film,
      onProgress: () => {},
    };
  }

  /** Tells listeners of a group of this node, unless others' events come before it. */
  #tell(events: readonly RecordedEvent[]): void {
    if (events[0]!.position !== this.#told + 1) return this.#hear();
    this.#told = events.at(-1)!.position;
    tell(this.#listeners, events);
  }

  /** Reads on from the last event that was told, and tells what follows. */
  #hear(): void {
    this.#heardAgain = true;
    this.#hearing ??= this.#hearAll().finally(() => this.#hearing = null);
  }

  async #hearAll(): Promise<void> {
    while (this.#heardAgain && this.#closing === null) {
      this.#heardAgain = false;
      try {
        const read = await this.film(this.#told, BATCH);
        // A group of this node may have been told meanwhile.
        const events = read.filter(({ position }) => position > this.#told);
        if (events.some(({ type }) => Object.hasOwn(this.#schema.erasing, type))) {
          this.#film.seals.forget();
        }
        if (events.length > 0) this.#tell(events);
        if (read.length === BATCH) this.#heardAgain = true;
      } catch {
        // The next look tries again.
      }
    }
  }

  async #whyUnwritable(): Promise<string | null> {
    try {
      await this.#connections.aside.run((sql, commit) =>
        commit([send(sql, "SELECT pg_current_xact_id()")])
      );
      return null;
    } catch (error) {
      return `Cannot record: ${(error as Error).message}`;
    }
  }

  async #checkpoint(name: string): Promise<number> {
    const [row] = await this.#reading(async (sql) =>
      await send(sql, "SELECT position FROM subscriber WHERE name = $1", [name])
    );
    return row?.position ?? 0;
  }

  async #advance(name: string, position: number, statements: readonly Statement[]): Promise<void> {
    await this.#connections.aside.run(async (sql, commit) => {
      const [moved] = await all([
        send(sql, ADVANCE, [name, position]),
      ]);
      if (moved.length === 0) {
        throw new StoreUnavailable(`Another process follows the film as "${name}"`);
      }
      await commit(statements.map((statement) => run(sql, statement)));
    });
  }

  async #rebuild(tell: (progress: RebuildProgress) => void): Promise<void> {
    this.#requireOpen();
    await developAnew({
      schemaName: this.#schemaName,
      readModels: this.#schema.readModels,
      film: this.#film,
      onProgress: async (progress) => {
        tell(progress);
        // Who commands meanwhile has the better claim to the machine.
        await this.#running;
      },
    }, (schemaName) => this.#connectTo({ purpose: "rebuilding", schemaName, byKeys: true }));
  }
}

const NO_ROWS: Promise<readonly Row[]> = Promise.resolve([]);

const SELECT_COMMANDS =
  "SELECT command_id, command, actor, result, position FROM command WHERE command_id = ANY($1::text[])";

const SELECT_WHOLE = `SELECT ${EVENT_COLUMNS} FROM event_store
  WHERE stream = ANY($1::text[]) ORDER BY stream, version`;

const SELECT_LAST = `SELECT last.* FROM unnest($1::text[]) AS wanted (stream) CROSS JOIN LATERAL (
    SELECT ${EVENT_COLUMNS} FROM event_store e
    WHERE e.stream = wanted.stream ORDER BY version DESC LIMIT 1) last`;

/** Tables in which rows are changed or deleted. */
const SELECT_CHANGING = `SELECT relid::regclass::text AS name FROM pg_stat_user_tables
  WHERE schemaname IN ($1, 'public') AND relname NOT IN ('event_store', 'command')`;

const SELECT_VERSIONS = `SELECT stream, max(version) AS version FROM event_store
  WHERE stream = ANY($1::text[]) GROUP BY stream`;

const INSERT_EVENTS = `INSERT INTO event_store (${EVENT_COLUMNS}, hash)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bytea[],
    $7::text[], $8::text[], $9::bytea[])`;

const INSERT_COMMANDS = `INSERT INTO command (command_id, command, actor, result, position)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[])`;

const UPSERT_SEQUENCES = `INSERT INTO sequence (name, value)
  SELECT * FROM unnest($1::text[], $2::bigint[])
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

const UPSERT_KEYS = `INSERT INTO person_key (person_id, wrapped)
  SELECT * FROM unnest($1::bigint[], $2::bytea[])
  ON CONFLICT (person_id) DO UPDATE SET wrapped = excluded.wrapped`;

/** Answers a row, unless another process is as far. */
const ADVANCE = `INSERT INTO subscriber AS s (name, position) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position
  WHERE s.position < excluded.position RETURNING 1`;

interface ConnectingTo {
  readonly purpose: string;
  /** Of the read models; null for `public` alone. */
  readonly schemaName: string | null;
  readonly max?: number;
  readonly readOnly?: boolean;
  readonly statementTimeout?: number;
  readonly byKeys?: boolean;
  readonly onClose?: () => void;
}

type ConnectTo = (options: ConnectingTo) => Connection;

const connecting =
  (url: string): ConnectTo => ({ schemaName, max = 1, readOnly = true, ...options }) =>
    connect(url, {
      max,
      readOnly,
      searchPath: schemaName === null ? ["public"] : [schemaName, "public"],
      ...options,
    });

async function endAll({ writing, aside, readers, replicas, leader, listener }: Connections) {
  await leader.close();
  await Promise.all([
    writing.end(),
    aside.end(),
    readers.end({ timeout: 1 }),
    listener.end({ timeout: 1 }),
    replicas.close(),
  ]);
}

async function headOf(sql: Connection): Promise<Head> {
  const [row] = await send(
    sql,
    "SELECT position, hash FROM event_store ORDER BY position DESC LIMIT 1",
  );
  return row === undefined ? { position: 0, hash: GENESIS } : row as unknown as Head;
}

/** A database knows its master key from the first time that it is opened. */
function requireMasterKey(transactions: Transactions, { verifier }: MasterKey): Promise<void> {
  return transactions.run(async (sql, commit) => {
    await send(sql, "INSERT INTO master_key (id, verifier) VALUES (1, $1) ON CONFLICT DO NOTHING", [
      verifier,
    ]);
    const [known] = await send(sql, "SELECT verifier FROM master_key");
    if (!timingSafeEqual(known!.verifier, verifier)) {
      throw new StoreUnavailable(
        "The master key is not the one that the database was made with; put back MASTER_KEY",
      );
    }
    await commit([]);
  });
}

/** Tries again while the server is away, until patience ends. */
async function patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + PATIENCE_MS;
  for (let pause = 20;; pause = Math.min(2 * pause, 500)) {
    try {
      return await attempt();
    } catch (error) {
      if (failureOf(error) !== "transient" || performance.now() + pause > until) throw error;
      await setTimeout(pause);
    }
  }
}
