import type { StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { type Clock, systemClock } from "../../core/clock.ts";
import { projectionOf } from "../../core/context.ts";
import type { Pseudonym } from "../../core/decider.ts";
import type { Metadata, RecordedEvent } from "../../core/event.ts";
import type { Row } from "../../core/query.ts";
import type { Statement } from "../../core/statement.ts";
import {
  type Append,
  asUnavailable,
  CommandIdReused,
  type Committed,
  ConcurrencyError,
  type EventStore,
  type EventStoreOptions,
  type FilmFilter,
  type FilmWindow,
  type Leadership,
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
  type Answer,
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
import { GENESIS, hashOf } from "../hash_chain.ts";
import type { MasterKey } from "../master_key.ts";
import { Seals } from "../sealing.ts";
import { SharedRebuild } from "../shared_rebuild.ts";
import { follow } from "../subscription.ts";
import { currentSchema } from "../upcast.ts";
import { Database, isFault, Reader } from "./database.ts";
import { EVENT_COLUMNS, type EventRow, readEvent, readSealedEvent } from "../event_row.ts";
import { insertEvent } from "./insert_event.ts";
import { keepVerifier, keyTable, requireMasterKey } from "./key_table.ts";
import { migrate } from "./migrations.ts";
import {
  areOutdated,
  createReadModels,
  type Darkroom,
  developAnew,
  discard,
  hasLeftovers,
} from "./rebuild.ts";
import { tables } from "./tables.ts";

/**
 * Commands committed together at most. Measured on two cores a command takes about 40 µs, so a full
 * group holds the event loop for about 10 ms.
 */
const LARGEST_GROUP = 256;

/** How long a connection waits for other processes, in milliseconds. */
const BUSY_TIMEOUT = "busy_timeout = 5000";

/** Other processes may record, too: the film is looked at so often. */
const LOOK_MS = 1000;

/** Refuses a file that is somebody else's database: "film" in ASCII. */
const APPLICATION_ID = 0x66696c6d;

/**
 * The event store on SQLite. One connection writes; another, read-only, answers queries.
 *
 * Commands commit as a group: whatever queued while the last group was being synced is the next.
 * The writing connection runs at `synchronous=NORMAL`, which leaves the write-ahead log unsynced at
 * COMMIT, and the store then syncs the log itself, off the event loop, before it acknowledges
 * anything (docs/adr/0004): as durable as `synchronous=FULL`, and the server answers others
 * meanwhile. In memory there is nothing to sync.
 */
export class SqliteEventStore implements EventStore {
  readonly pseudonym: Pseudonym;
  readonly #path: string;
  readonly #schema: Schema;
  readonly #clock: Clock;
  readonly #seals: Seals;
  readonly #writer: Database;
  readonly #reader: Database;
  /** The reader, where it is a connection of its own. */
  readonly #snapshots: Reader | null;
  readonly #log: Deno.FsFile | null;
  readonly #listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  readonly #rebuilding = new SharedRebuild();
  readonly #observers = new Set<StoreObserver>();
  readonly #subscriptions = new Set<Subscription>();
  readonly #project: (event: RecordedEvent) => readonly Statement[];

  readonly #insertEvent: (row: EventRow, hash: Uint8Array) => void;
  readonly #selectStream: StatementSync;
  readonly #selectLastOfStream: StatementSync;
  readonly #selectVersion: StatementSync;
  readonly #selectHead: StatementSync;
  readonly #selectCommand: StatementSync;
  readonly #insertCommand: StatementSync;
  readonly #selectSequence: StatementSync;
  readonly #upsertSequence: StatementSync;

  /** SQLite's counter of what other connections have committed. */
  #othersCommits = 0;
  /** The last event that listeners heard of. */
  #told: number;
  readonly #looking: ReturnType<typeof setInterval> | undefined;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  /** Set once a sync failed: what the disk holds is unknown, so nothing more is recorded. */
  #broken: StoreUnavailable | null = null;
  /** While a group is being synced, and once a sync failed: the last position known to be on disk. */
  #durableUntil: number | null = null;

  /**
   * Opens the store, creating or rebuilding what is missing.
   *
   * @param path of the database file, or ":memory:"
   * @throws StoreUnavailable with a one-line message if the file cannot be used
   */
  static open(path: string, options: EventStoreOptions): SqliteEventStore {
    let writer: Database | undefined;
    try {
      writer = new Database(path, { pragmas: [BUSY_TIMEOUT] });
      return new SqliteEventStore(path, writer, options);
    } catch (error) {
      writer?.close();
      throw asUnavailable(error, `Cannot open database "${path}"`);
    }
  }

  private constructor(
    path: string,
    writer: Database,
    { schema, masterKey, clock = systemClock, onRebuild = () => {} }: EventStoreOptions,
  ) {
    this.#path = path;
    this.#schema = schema;
    this.#clock = clock;
    this.pseudonym = masterKey.pseudonym;
    this.#project = projectionOf(schema.readModels);

    this.#writer = writer;
    const inMemory = path === ":memory:";
    this.#seals = new Seals(masterKey, schema, keyTable(writer));
    this.#prepareDatabase(path, masterKey);
    this.#insertEvent = insertEvent(writer);
    this.#selectStream = writer.prepare(SELECT_STREAM);
    this.#selectLastOfStream = writer.prepare(`${SELECT_STREAM} DESC LIMIT 1`);
    this.#selectVersion = writer.prepare(
      "SELECT max(version) AS version FROM event_store WHERE stream = ?",
    );
    this.#selectHead = writer.prepare(
      "SELECT position, hash FROM event_store ORDER BY position DESC LIMIT 1",
    );
    this.#selectCommand = writer.prepare(
      "SELECT command, actor, result, position FROM command WHERE command_id = ?",
    );
    this.#insertCommand = writer.prepare(
      "INSERT INTO command (command_id, command, actor, result, position) VALUES (?, ?, ?, ?, ?)",
    );
    this.#selectSequence = writer.prepare("SELECT value FROM sequence WHERE name = ?");
    this.#upsertSequence = writer.prepare(
      `INSERT INTO sequence (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    );
    this.#developOnOpening(onRebuild);

    this.#snapshots = inMemory ? null : new Reader(path, {
      readOnly: true,
      pragmas: [BUSY_TIMEOUT, "cache_size = -65536", "mmap_size = 1073741824"],
    });
    this.#reader = this.#snapshots ?? this.#writer;
    this.#log = inMemory ? null : Deno.openSync(`${path}-wal`, { read: true, write: true });
    this.#told = this.#head().position;
    this.#looking = inMemory ? undefined : setInterval(() => this.#tellOfOthers(), LOOK_MS);
    this.#looking?.unref();
  }

  write<Result>(unit: UnitOfWork<Result>): Promise<Committed<Result>> {
    if (this.#closing !== null) return Promise.reject(closed());
    if (this.#broken !== null) return Promise.reject(this.#broken);
    if (this.#queue.length >= LONGEST_QUEUE) {
      return Promise.reject(new StoreOverloaded(this.#queue.length));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ unit, resolve: resolve as Waiting["resolve"], reject });
      this.#running ??= this.#run();
    });
  }

  // deno-lint-ignore require-await -- a failing statement is a rejection, as with every engine
  async query(statement: Statement): Promise<Row[]> {
    return this.#reading(() => this.#reader.all(statement));
  }

  // deno-lint-ignore require-await
  async stream(name: string): Promise<RecordedEvent[]> {
    return this.#reading(() => {
      this.#noticeOthers();
      const rows = this.#reader.prepare(SELECT_STREAM).all(name);
      return (rows as unknown as EventRow[]).map((row) => this.#read(row));
    });
  }

  // deno-lint-ignore require-await
  async film(after: number, limit: number): Promise<RecordedEvent[]> {
    return this.#reading(() => {
      this.#noticeOthers();
      const until = this.#durableUntil ?? Number.MAX_SAFE_INTEGER;
      const rows = this.#reader.prepare(
        `SELECT ${EVENT_COLUMNS} FROM event_store
         WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
      ).all(after, until, limit);
      return (rows as unknown as EventRow[]).map((row) => this.#read(row));
    });
  }

  // deno-lint-ignore require-await
  async find(
    { stream, type, actor, since, until }: FilmFilter,
    { first, last, newestFirst, limit }: FilmWindow,
  ): Promise<RecordedEvent[]> {
    this.#requireOpen();
    this.#noticeOthers();
    const wanted: [string, string | number | undefined][] = [
      ["position >= ?", first],
      ["position <= ?", Math.min(last, this.#durableUntil ?? Number.MAX_SAFE_INTEGER)],
      ["stream = ?", stream],
      ["type = ?", type],
      ["metadata ->> 'actor' = ?", actor],
      ["created_at >= ?", since],
      ["created_at < ?", until],
    ];
    const given = wanted.filter(([, value]) => value !== undefined);
    const rows = this.#reader.prepare(
      `SELECT ${EVENT_COLUMNS} FROM event_store WHERE ${given.map(([text]) => text).join(" AND ")}
       ORDER BY position ${newestFirst ? "DESC" : "ASC"} LIMIT ?`,
    ).all(...given.map(([, value]) => value!), limit);
    return (rows as unknown as EventRow[]).map((row) => this.#read(row));
  }

  // deno-lint-ignore require-await
  async head(): Promise<number> {
    return this.#reading(() => this.#durableUntil ?? this.#head().position);
  }

  onCommitted(listener: (events: readonly RecordedEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribe(subscriber: Subscriber): Subscription {
    this.#requireOpen();
    const subscription: Subscription = follow({
      checkpoint: (name) => this.#checkpoint(name),
      film: (after, limit) => this.film(after, limit),
      head: () => this.head(),
      advance: (name, position, statements) => this.#advance(name, position, statements),
      onCommitted: (listener) => this.onCommitted(listener),
      onStopped: () => this.#subscriptions.delete(subscription),
    }, subscriber);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /** One server works on a file; commands of the operator beside it lead nothing. */
  lead(_name: string, begin: () => Work): Leadership {
    this.#requireOpen();
    const work = begin();
    return { isLeading: true, stop: async () => await work.stop() };
  }

  observe(observer: StoreObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  // deno-lint-ignore require-await
  async status(): Promise<StoreStatus> {
    this.#requireOpen();
    return {
      unavailable: this.#broken?.message ?? this.#whyUnwritable(),
      head: this.#durableUntil ?? this.#head().position,
      queued: this.#queue.length,
      subscribers: [...this.#subscriptions].map(({ name, position }) => ({ name, position })),
      replicas: [],
      rebuild: this.#rebuilding.progress,
    };
  }

  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<void> {
    if (this.#broken !== null) return Promise.reject(this.#broken);
    return this.#rebuilding.join(onProgress, (tell) => this.#rebuild(tell));
  }

  async #rebuild(tell: (progress: RebuildProgress) => void): Promise<void> {
    this.#requireOpen();
    using _lock = this.#lockRebuild();
    const steps = developAnew(this.#darkroom(tell));
    do {
      await othersTurn();
      this.#requireOpen();
      if (this.#broken !== null) throw this.#broken;
    } while (!steps.next().done);
    await this.#sync();
  }

  /** @throws StoreUnavailable while another process develops the same read models */
  #lockRebuild(): Disposable | null {
    if (this.#path === ":memory:") return null;
    const lock = tryLock(`${this.#path}-rebuild`);
    if (lock !== null) return lock;
    throw new StoreUnavailable(
      `Another process is rebuilding the read models of "${this.#path}"; wait until it is done`,
    );
  }

  #darkroom(onProgress: Darkroom["onProgress"]): Darkroom {
    const selectFilm = this.#writer.prepare(
      `SELECT ${EVENT_COLUMNS} FROM event_store WHERE position > ? ORDER BY position LIMIT ?`,
    );
    return {
      database: this.#writer,
      readModels: this.#schema.readModels,
      film: (after, limit) =>
        (selectFilm.all(after, limit) as unknown as EventRow[]).map((row) => this.#read(row)),
      head: () => this.#head().position,
      transaction: (work) => this.#transaction(work),
      onProgress,
    };
  }

  async scrub(): Promise<void> {
    // Until its end it keeps the tables that it replaced.
    await this.#rebuilding.settled();
    this.#requireOpen();
    this.#snapshots?.refresh();
    // Waiting for other processes' reads would hold everybody up here.
    this.#writer.exec("PRAGMA busy_timeout = 0");
    const { busy } = this.#writer.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() as {
      busy: number;
    };
    this.#writer.exec(`PRAGMA ${BUSY_TIMEOUT}`);
    if (busy !== 0) throw new StoreUnavailable("The log cannot be emptied while others read");
  }

  close(): Promise<void> {
    return this.#closing ??= this.#shutDown();
  }

  async #shutDown(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    await Promise.allSettled([this.#running, this.#rebuilding.settled()]);
    clearInterval(this.#looking);
    if (this.#reader !== this.#writer) this.#reader.close();
    this.#log?.close();
    this.#writer.close();
  }

  #requireOpen(): void {
    if (this.#closing !== null) throw closed();
  }

  #reading<Result>(read: () => Result): Result {
    this.#requireOpen();
    try {
      return read();
    } catch (error) {
      throw isFault(error) ? unavailable("read", error) : error;
    }
  }

  /** Commits group after group until nothing waits. */
  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Requests that are already here join the group, and what else waits gets its turn between two.
      await othersTurn();
      await this.#commit(this.#queue.splice(0, LARGEST_GROUP));
    }
    this.#running = null;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const recorded: RecordedEvent[] = [];
    let answers: Answer[];
    const began = performance.now();
    let committed = began;
    try {
      if (this.#broken !== null) throw this.#broken;
      answers = this.#transaction(() => {
        const before = this.#head();
        this.#durableUntil = before.position;
        return this.#work(group, before, recorded);
      });
      committed = performance.now();
      if (answers.some((answer) => "committed" in answer)) await this.#sync();
    } catch (error) {
      const reason = error instanceof StoreUnavailable
        ? error
        : unavailable("record", error as Error);
      for (const { reject } of group) reject(reason);
      report(
        this.#observers,
        group,
        group.map(() => "failed"),
        committed - began,
        performance.now() - committed,
      );
      return;
    } finally {
      if (this.#broken === null) this.#durableUntil = null;
    }
    settle(group, answers);
    report(
      this.#observers,
      group,
      answers.map(outcomeOf),
      committed - began,
      performance.now() - committed,
    );
    if (recorded.length > 0) this.#tell(recorded);
  }

  /** Tells listeners of events, and of those before them that other processes recorded. */
  #tell(recorded: readonly RecordedEvent[]): void {
    const others = this.#filmBetween(this.#told, recorded[0]!.position);
    const events = others.length === 0 ? recorded : [...others, ...recorded];
    this.#told = events.at(-1)!.position;
    tell(this.#listeners, events);
  }

  /** Tells listeners what other processes recorded since. */
  #tellOfOthers(): void {
    // What a group that is being synced recorded is told after it.
    if (this.#broken !== null || this.#durableUntil !== null) return;
    try {
      const events = this.#filmBetween(this.#told, this.#head().position + 1);
      if (events.length > 0) this.#tell(events);
    } catch {
      // A database that cannot be read says so to whoever reads it; here it is tried again.
    }
  }

  /** The events after one position and before another. */
  #filmBetween(after: number, before: number): RecordedEvent[] {
    if (before - after <= 1) return [];
    const rows = this.#writer.prepare(
      `SELECT ${EVENT_COLUMNS} FROM event_store WHERE position > ? AND position < ?
       ORDER BY position`,
    ).all(after, before);
    return (rows as unknown as EventRow[]).map((row) => this.#read(row));
  }

  /** Writes into the log what the database says already, which a full disk would refuse. */
  #whyUnwritable(): string | null {
    try {
      const { user_version } = this.#writer.prepare("PRAGMA user_version").get() as {
        user_version: number;
      };
      this.#transaction(() => this.#writer.exec(`PRAGMA user_version = ${user_version}`));
      return null;
    } catch (error) {
      return `Cannot record: ${(error as Error).message}`;
    }
  }

  async #sync(): Promise<void> {
    try {
      await this.#log?.syncData();
    } catch (error) {
      this.#broken = new StoreUnavailable(
        `Cannot sync the database to disk: ${(error as Error).message}`,
        { cause: error },
      );
      throw this.#broken;
    }
  }

  /** Runs the group's units one after another; each is refused alone. */
  #work(group: readonly Waiting[], before: Head, recorded: RecordedEvent[]): Answer[] {
    const now = this.#clock();
    const sequences = new Sequences((name) => {
      const row = this.#selectSequence.get(name) as { value: number } | undefined;
      return row?.value ?? 0;
    });
    let head = before;
    const answers = group.map(({ unit }): Answer => {
      const mark = recorded.length;
      try {
        const attempt = this.#attempt(unit, now, sequences, head, recorded);
        head = attempt.head;
        return attempt;
      } catch (refusal) {
        // Some errors (disk full, input/output) make SQLite roll the whole group back.
        if (!this.#writer.inTransaction) throw refusal;
        recorded.length = mark;
        return { refusal: isFault(refusal) ? unavailable("record", refusal) : refusal };
      }
    });
    for (const [name, value] of sequences.used) this.#upsertSequence.run(name, value);
    return answers;
  }

  #attempt(
    unit: UnitOfWork<unknown>,
    now: Date,
    sequences: Sequences,
    before: Head,
    recorded: RecordedEvent[],
  ): { readonly committed: Committed<unknown>; readonly head: Head } {
    const earlier = this.#selectCommand.get(unit.commandId) as
      | { command: string; actor: number | null; result: string; position: number }
      | undefined;
    if (earlier !== undefined) {
      if (earlier.command !== unit.command || earlier.actor !== unit.actor) {
        throw new CommandIdReused(unit.commandId);
      }
      const { position } = earlier;
      const committed = { result: JSON.parse(earlier.result), position, repeated: true };
      return { committed, head: before };
    }

    const versions = new Map<string, number>();
    const histories = new Map<string, StreamHistory>();
    for (const { stream, lastEventOnly, isSealed } of unit.streams) {
      const select = lastEventOnly ? this.#selectLastOfStream : this.#selectStream;
      const read = isSealed ? readSealedEvent : readEvent;
      const events = (select.all(stream) as unknown as EventRow[])
        .map((row) => read(row, this.#seals, this.#schema));
      const version = events.at(-1)?.version ?? 0;
      versions.set(stream, version);
      histories.set(stream, { version, events });
    }

    // Nothing is written before the decision stands, so that a refusal needs no rollback.
    const { appends, statements, result } = unit.decide({
      now,
      id: (sequence) => sequences.next(sequence),
      history: (stream) => {
        const events = histories.get(stream);
        if (events === undefined) {
          throw new Error(`Stream "${stream}" was not named by the command`);
        }
        return events;
      },
    });

    let head = before;
    this.#writer.prepare("SAVEPOINT unit").run();
    try {
      for (const append of appends) {
        const { event, hash } = this.#record(append, unit, now, head, versions);
        head = { position: event.position, hash };
        recorded.push(event);
        for (const statement of this.#project(event)) this.#writer.run(statement);
      }
      for (const statement of statements) this.#writer.run(statement);
      this.#insertCommand.run(
        unit.commandId,
        unit.command,
        unit.actor,
        JSON.stringify(result ?? null),
        head.position,
      );
      this.#writer.prepare("RELEASE unit").run();
    } catch (error) {
      if (this.#writer.inTransaction) this.#writer.exec("ROLLBACK TO unit; RELEASE unit");
      this.#seals.forget();
      throw error;
    }
    return { committed: { result, position: head.position, repeated: false }, head };
  }

  #record(
    { stream, expected, event: { type, data } }: Append,
    unit: UnitOfWork<unknown>,
    now: Date,
    before: Head,
    versions: Map<string, number>,
  ): { readonly event: RecordedEvent; readonly hash: Uint8Array } {
    const actual = versions.get(stream) ?? this.#version(stream);
    if (expected !== "any" && actual !== (expected === "stream must not exist" ? 0 : expected)) {
      throw new ConcurrencyError(stream, expected, actual);
    }
    const version = actual + 1;
    versions.set(stream, version);
    const metadata: Metadata = {
      command_id: unit.commandId,
      actor: unit.actor,
      correlation: unit.correlation ?? unit.commandId,
      causation: unit.causation ?? unit.commandId,
      schema: currentSchema(this.#schema.upcasters, type),
    };
    const place = { position: before.position + 1, stream, version, type };
    const created_at = now.toISOString();
    const stored = this.#seals.seal(place, data);
    const row: EventRow = {
      ...place,
      data: JSON.stringify(stored.data),
      sealed: stored.sealed,
      metadata: JSON.stringify(metadata),
      created_at,
    };
    const hash = hashOf(before.hash, row);
    this.#insertEvent(row, hash);
    this.#seals.obey(type, data);
    return { event: { ...place, data, metadata, created_at }, hash };
  }

  #version(stream: string): number {
    const row = this.#selectVersion.get(stream) as { version: number | null };
    return row.version ?? 0;
  }

  #head(): Head {
    return this.#selectHead.get() as unknown as Head | undefined ?? { position: 0, hash: GENESIS };
  }

  #read(row: EventRow): RecordedEvent {
    return readEvent(row, this.#seals, this.#schema);
  }

  /** Another process may have destroyed a key that is remembered here. */
  #noticeOthers(): void {
    const { data_version } = this.#writer.prepare("PRAGMA data_version").get() as {
      data_version: number;
    };
    if (data_version === this.#othersCommits) return;
    this.#othersCommits = data_version;
    this.#seals.forget();
  }

  #transaction<Result>(work: () => Result): Result {
    this.#snapshots?.refresh();
    this.#writer.exec("BEGIN IMMEDIATE");
    try {
      this.#noticeOthers();
      const result = work();
      this.#writer.exec("COMMIT");
      return result;
    } catch (error) {
      // SQLite rolls back by itself on some errors (disk full, input/output).
      if (this.#writer.inTransaction) this.#writer.exec("ROLLBACK");
      this.#seals.forget();
      throw error;
    }
  }

  // deno-lint-ignore require-await
  async #checkpoint(name: string): Promise<number> {
    const row = this.#writer.prepare("SELECT position FROM subscriber WHERE name = ?").get(name) as
      | { position: number }
      | undefined;
    return row?.position ?? 0;
  }

  async #advance(name: string, position: number, statements: readonly Statement[]): Promise<void> {
    if (this.#broken !== null) throw this.#broken;
    // The group under way may be between its COMMIT and its sync; a transaction of our own is short.
    this.#transaction(() => {
      for (const statement of statements) this.#writer.run(statement);
      this.#writer.prepare(
        `INSERT INTO subscriber (name, position) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
      ).run(name, position);
    });
    await this.#sync();
  }

  #prepareDatabase(path: string, masterKey: MasterKey): void {
    const { application_id } = this.#writer.prepare("PRAGMA application_id").get() as {
      application_id: number;
    };
    const isNew = this.#writer.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
    if (!isNew && application_id !== APPLICATION_ID) {
      throw new StoreUnavailable(`"${path}" is a database, but not one of Filmroll's`);
    }
    // Only now: the journal mode is written into the file, and a stranger's stays as it is.
    this.#writer.exec("PRAGMA journal_mode = WAL");
    this.#writer.exec("PRAGMA synchronous = NORMAL");
    // What is deleted is overwritten, or an erased person's words would stay in the file.
    this.#writer.exec("PRAGMA secure_delete = ON");
    this.#transaction(() => {
      migrate(this.#writer, { isNew, seals: this.#seals, pseudonym: this.pseudonym });
      // Also where it says so already: nothing else here fails on a read-only file.
      this.#writer.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      for (const table of [...tables, ...this.#schema.tables]) this.#writer.exec(table);
      keepVerifier(this.#writer, masterKey);
      requireMasterKey(this.#writer, path, masterKey);
      if (isNew) createReadModels(this.#writer, this.#schema.readModels);
    });
    // After a sync that failed, the log can be read and yet not be on disk (docs/adr/0004).
    this.#writer.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Develops read models that are of another version, and drops what a broken-off rebuild left. */
  #developOnOpening(onRebuild: Darkroom["onProgress"]): void {
    const darkroom = this.#darkroom(onRebuild);
    const isOutdated = areOutdated(this.#writer, this.#schema.readModels);
    if (!isOutdated && !hasLeftovers(darkroom)) return;
    let lock: Disposable | null;
    try {
      lock = this.#lockRebuild();
    } catch (error) {
      if (isOutdated) throw error;
      return;
    }
    using _lock = lock;
    for (const _ of isOutdated ? developAnew(darkroom) : discard(darkroom));
  }
}

/** Lets the event loop turn once. */
const othersTurn = () => new Promise<void>((resolve) => setImmediate(() => resolve()));

/** Takes what one process has at a time, and the system takes back if that dies; null if taken. */
function tryLock(path: string): Disposable | null {
  const file = Deno.openSync(path, { write: true, create: true });
  if (file.tryLockSync(true)) return { [Symbol.dispose]: () => file.close() };
  file.close();
  return null;
}

const SELECT_STREAM = `SELECT ${EVENT_COLUMNS} FROM event_store WHERE stream = ? ORDER BY version`;

/** The store's counters during one group: read at first use, written once at its end. */
class Sequences {
  readonly used = new Map<string, number>();
  readonly #last: (name: string) => number;

  constructor(last: (name: string) => number) {
    this.#last = last;
  }

  next(name: string): number {
    const value = (this.used.get(name) ?? this.#last(name)) + 1;
    this.used.set(name, value);
    return value;
  }
}
