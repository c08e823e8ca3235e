/**
 * The event store's port. An engine keeps the film (every event, once, in order) and its prints
 * (the read models), and commits both together.
 */
import type { Pseudonym } from "../core/decider.ts";
import type { DomainEvent, RecordedEvent } from "../core/event.ts";
import type { PersonalFields } from "../core/personal.ts";
import type { Row } from "../core/query.ts";
import type { Statement } from "../core/statement.ts";
import type { ReadModel, Upcaster } from "../core/context.ts";
import type { Clock } from "../core/clock.ts";
import type { MasterKey } from "./master_key.ts";

/** What a stream's version must be for an append to stand. */
export type ExpectedVersion = number | "stream must not exist" | "any";

/** One event to be appended. */
export interface Append {
  readonly stream: string;
  readonly expected: ExpectedVersion;
  readonly event: DomainEvent;
}

/** What a unit of work comes to. `result` is JSON and is kept with the command id. */
export interface Outcome<Result> {
  readonly appends: readonly Append[];
  readonly statements: readonly Statement[];
  readonly result: Result;
}

/** A stream that a unit of work needs to know. */
export interface StreamRead {
  readonly stream: string;
  /** Whether its last event is enough. */
  readonly lastEventOnly: boolean;
  /** Whether its events are good enough without what is personal. */
  readonly isSealed?: boolean;
}

/** Each stream once, by its name: a stream that is needed twice whole, or opened, if either needs it so. */
export function mergeReads(reads: Iterable<StreamRead>): Map<string, Required<StreamRead>> {
  const merged = new Map<string, Required<StreamRead>>();
  for (const { stream, lastEventOnly, isSealed = false } of reads) {
    const known = merged.get(stream) ?? { lastEventOnly: true, isSealed: true };
    merged.set(stream, {
      stream,
      lastEventOnly: lastEventOnly && known.lastEventOnly,
      isSealed: isSealed && known.isSealed,
    });
  }
  return merged;
}

/** A stream as a unit of work sees it. */
export interface StreamHistory {
  /** Its version; 0 where it does not exist. */
  readonly version: number;
  /** Its events, oldest first, or its last alone. */
  readonly events: readonly RecordedEvent[];
}

/** What a unit of work sees inside its transaction. */
export interface UnitContext {
  readonly now: Date;
  readonly id: (sequence: string) => number;
  /** A stream that the unit named. */
  readonly history: (stream: string) => StreamHistory;
}

/**
 * One command's work: the named streams are read, `decide` runs, and all that it answers is
 * committed, or nothing of it. `decide` is pure but for its context, for an engine may run it again.
 */
export interface UnitOfWork<Result> {
  readonly commandId: string;
  /** The command's name: a command id that comes again must be for the same. */
  readonly command: string;
  readonly actor: number | null;
  readonly correlation?: string;
  readonly causation?: string;
  readonly streams: readonly StreamRead[];
  readonly decide: (context: UnitContext) => Outcome<Result>;
}

/** An acknowledged unit of work: it is on disk. */
export interface Committed<Result> {
  readonly result: Result;
  /** Position of the unit's last event, or of the film's head where it recorded none. */
  readonly position: number;
  /** True where the command id had been committed before and the first answer is given again. */
  readonly repeated: boolean;
}

/** A follower of the film with a checkpoint of its own. */
export interface Subscriber {
  readonly name: string;
  /**
   * The events it handles; all, where it does not say. Others are passed over, and its checkpoint
   * passes them only now and then, so that who waits for few events costs no commit for each.
   */
  readonly types?: ReadonlySet<string>;
  /**
   * Handles one event. The statements it answers are committed together with the checkpoint, those of
   * several events at once; so after a failure or a crash it is called again for the last few, and an
   * effect outside the store must bear repetition.
   */
  readonly handle: (event: RecordedEvent) => Promise<readonly Statement[]> | readonly Statement[];
  /**
   * Called when `handle` throws, or the film cannot be read (then `event` is null); tried again after
   * a pause, which grows from 0.1 to 30 seconds.
   */
  readonly onError?: (error: unknown, event: RecordedEvent | null) => void;
}

export interface Subscription {
  readonly name: string;
  /** The last event that is seen to: handled, and that on disk, or passed over; -1 before the checkpoint is read. */
  readonly position: number;
  /** Resolves when everything recorded before the call has been handled, or the follower stopped. */
  caughtUp(): Promise<void>;
  /** Ends after the event under way. */
  stop(): Promise<void>;
}

/** What goes on until it is stopped. */
export interface Work {
  stop(): Promise<void> | void;
}

export interface Leadership extends Work {
  /** Whether this process does it. */
  readonly isLeading: boolean;
  /** Stops the work, if it is done here, and lets another process do it. */
  stop(): Promise<void>;
}

/** The schema an engine keeps: read models, tables of secrets, how old events are read, what is sealed. */
export interface Schema {
  readonly readModels: Readonly<Record<string, ReadModel>>;
  readonly tables: readonly string[];
  readonly upcasters: Readonly<Record<string, readonly Upcaster[]>>;
  /** By the type of an event. */
  readonly personal: Readonly<Record<string, PersonalFields>>;
  /** By the type of an event that erases a person: the field with their id. */
  readonly erasing: Readonly<Record<string, string>>;
}

/** Which events are meant; what is left out does not matter. */
export interface FilmFilter {
  readonly stream?: string | undefined;
  readonly type?: string | undefined;
  /** Who acted. */
  readonly actor?: number | undefined;
  /** From this moment on, and until before that one: ISO 8601 in UTC with milliseconds. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A part of the film, both ends counted in, and how many of its events are wanted. */
export interface FilmWindow {
  readonly first: number;
  readonly last: number;
  readonly newestFirst: boolean;
  readonly limit: number;
}

/** How a command ended: `refused` by the domain or another's version, `failed` by the store. */
export type CommandOutcome = "committed" | "repeated" | "refused" | "failed";

/** Hears of the store's work, each piece right after it, and must not throw. */
export interface StoreObserver {
  readonly command: (name: string, outcome: CommandOutcome) => void;
  /** @param transactionMs of the event loop; @param syncMs beside it, both in milliseconds */
  readonly group: (commands: number, transactionMs: number, syncMs: number) => void;
}

/** How far the read models that are developed anew are. */
export interface RebuildProgress {
  /** The last event that is in them. */
  readonly position: number;
  /** The last event there is. */
  readonly head: number;
}

/** How a store is, at one moment. */
export interface StoreStatus {
  /** Why nothing can be recorded; null while it can. */
  readonly unavailable: string | null;
  /** Position of the last event on disk. */
  readonly head: number;
  /** Commands that wait. */
  readonly queued: number;
  /** Those who follow the film in this process, and how far they are. */
  readonly subscribers: readonly Pick<Subscription, "name" | "position">[];
  /** How far each copy is that answers queries; null where one does not answer. */
  readonly replicas: readonly (number | null)[];
  /** Of the rebuild under way; null while there is none. */
  readonly rebuild: RebuildProgress | null;
}

export interface EventStoreOptions {
  readonly schema: Schema;
  /** What personal keys are wrapped under, and pseudonyms made with. */
  readonly masterKey: MasterKey;
  readonly clock?: Clock;
  /** Told now and then while opening, where read models are to be developed anew. */
  readonly onRebuild?: (progress: RebuildProgress) => void;
}

export interface EventStore {
  /**
   * Commits a unit of work and answers once it is on disk. Rejects with what `decide` threw, with
   * {@linkcode ConcurrencyError}, {@linkcode CommandIdReused}, {@linkcode StoreOverloaded} or
   * {@linkcode StoreUnavailable}.
   */
  write<Result>(unit: UnitOfWork<Result>): Promise<Committed<Result>>;
  /**
   * Rows of the read side, as of the last commit or later.
   *
   * @param after what whoever asks has seen: it is enough if the rows are as of that position of the
   *   film or later
   */
  query(statement: Statement, after?: number): Promise<Row[]>;
  /** A stream's events, oldest first. */
  stream(name: string): Promise<RecordedEvent[]>;
  /** Up to `limit` events after a position, in order. */
  film(after: number, limit: number): Promise<RecordedEvent[]>;
  /** The events of a part of the film that fit. Looks at each of them: keep the part small. */
  find(filter: FilmFilter, window: FilmWindow): Promise<RecordedEvent[]>;
  /** Position of the last event; 0 on an empty film. */
  head(): Promise<number>;
  readonly pseudonym: Pseudonym;
  /**
   * Calls back after each commit with its events, in order of position; answers how to stop. Of what
   * another process records it hears within a second, or with the next commit.
   */
  onCommitted(listener: (events: readonly RecordedEvent[]) => void): () => void;
  subscribe(subscriber: Subscriber): Subscription;
  /**
   * Has something done by one of the processes that work on this store, and by another within seconds
   * if that one goes: `begin` is called when this one is to do it.
   */
  lead(name: string, begin: () => Work): Leadership;
  /** Has an observer hear of all work from now on; answers how to stop. */
  observe(observer: StoreObserver): () => void;
  /** How the store is. Whether it can record is found out by writing, without a sync. */
  status(): Promise<StoreStatus>;
  /**
   * Develops all read models again from the film, beside those that serve meanwhile, and puts them in
   * their place. Who calls while it is under way waits for the same.
   */
  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<void>;
  /** Leaves no copy of what was deleted, such as in a log that is written back only now and then. */
  scrub(): Promise<void>;
  /** Finishes what is queued, then closes. */
  close(): Promise<void>;
}

/** A stream was not at the version that an append expected. */
export class ConcurrencyError extends Error {
  override readonly name = "ConcurrencyError";
  constructor(
    readonly stream: string,
    readonly expected: ExpectedVersion,
    readonly actual: number,
  ) {
    super(`Stream "${stream}" is at version ${actual}, expected ${expected}`);
  }
}

/** A command id came again for another command or from another person. */
export class CommandIdReused extends Error {
  override readonly name = "CommandIdReused";
  constructor(readonly commandId: string) {
    super(`Command id "${commandId}" was used before for something else`);
  }
}

/** The queue of commands is full. Nothing was recorded; the command can be sent again. */
export class StoreOverloaded extends Error {
  override readonly name = "StoreOverloaded";
  constructor(readonly queued: number) {
    super(`Too many commands are waiting (${queued}); send this one again in a moment`);
  }
}

/** The store cannot record (closed, disk full, input/output error). Not acknowledged. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

/** The failure of whoever cannot work, in one line that begins with what they cannot do. */
export const asUnavailable = (error: unknown, what: string): StoreUnavailable =>
  error instanceof StoreUnavailable
    ? error
    : new StoreUnavailable(`${what}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
