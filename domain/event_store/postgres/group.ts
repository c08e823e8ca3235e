/** Deciding a group of units one after another, each over what is recorded and what those before it add. */
import type { Pseudonym } from "../../core/decider.ts";
import type { Metadata, RecordedEvent } from "../../core/event.ts";
import type { Statement } from "../../core/statement.ts";
import type { EventRow } from "../event_row.ts";
import {
  type Append,
  CommandIdReused,
  type Committed,
  ConcurrencyError,
  type Schema,
  type StreamHistory,
  type StreamRead,
  type UnitOfWork,
} from "../event_store.ts";
import type { Answer, Head } from "../group_commit.ts";
import { hashOf } from "../hash_chain.ts";
import type { Seals } from "../sealing.ts";
import { currentSchema } from "../upcast.ts";

/** A row of the table `command`. */
export interface KnownCommand {
  readonly command: string;
  readonly actor: number | null;
  /** JSON. */
  readonly result: string;
  readonly position: number;
}

/** What is recorded, as far as a group needs to know it. */
export interface Recorded {
  readonly now: Date;
  readonly head: Head;
  readonly sequences: ReadonlyMap<string, number>;
  readonly commands: ReadonlyMap<string, KnownCommand>;
  readonly histories: ReadonlyMap<string, StreamHistory>;
  /** Versions of streams of which no history is known. */
  readonly versions: ReadonlyMap<string, number>;
}

/** What a unit adds. */
export interface Addition {
  readonly unit: UnitOfWork<unknown>;
  readonly events: readonly RecordedEvent[];
  readonly statements: readonly Statement[];
  /** A row of the table `command`. */
  readonly command: KnownCommand;
}

export interface Decisions {
  readonly answers: readonly Answer[];
  readonly additions: readonly Addition[];
  readonly sequences: ReadonlyMap<string, number>;
  /** Streams whose versions must be known before the decisions stand. */
  readonly unknown: ReadonlySet<string>;
}

export interface Deciding {
  readonly schema: Schema;
  readonly pseudonym: Pseudonym;
  /** Of units that are refused whatever they decide. */
  readonly refusals: ReadonlyMap<UnitOfWork<unknown>, unknown>;
  /**
   * Whether a stream that must not exist, and that no unit named, is looked up. As a rule it is not:
   * the table's unique key would tell.
   */
  readonly careful: boolean;
}

/** Decides each unit; pure, and can be done again when more is known. */
export function decideGroup(
  units: readonly UnitOfWork<unknown>[],
  recorded: Recorded,
  deciding: Deciding,
): Decisions {
  return new GroupDecision(recorded, deciding).decide(units);
}

class GroupDecision {
  readonly #recorded: Recorded;
  readonly #deciding: Deciding;
  readonly #sequences = new Map<string, number>();
  readonly #commands: Map<string, KnownCommand>;
  readonly #versions: Map<string, number>;
  readonly #added = new Map<string, RecordedEvent[]>();
  readonly #unknown = new Set<string>();
  readonly #additions: Addition[] = [];
  #position: number;

  constructor(recorded: Recorded, deciding: Deciding) {
    this.#recorded = recorded;
    this.#deciding = deciding;
    this.#commands = new Map(recorded.commands);
    this.#versions = new Map(recorded.versions);
    for (const [stream, { version }] of recorded.histories) this.#versions.set(stream, version);
    this.#position = recorded.head.position;
  }

  decide(units: readonly UnitOfWork<unknown>[]): Decisions {
    const answers = units.map((unit): Answer => {
      try {
        if (this.#deciding.refusals.has(unit)) throw this.#deciding.refusals.get(unit);
        return { committed: this.#decide(unit) };
      } catch (refusal) {
        return { refusal };
      }
    });
    return {
      answers,
      additions: this.#additions,
      sequences: this.#sequences,
      unknown: this.#unknown,
    };
  }

  #decide(unit: UnitOfWork<unknown>): Committed<unknown> {
    const earlier = this.#commands.get(unit.commandId);
    if (earlier !== undefined) {
      if (earlier.command !== unit.command || earlier.actor !== unit.actor) {
        throw new CommandIdReused(unit.commandId);
      }
      return { result: JSON.parse(earlier.result), position: earlier.position, repeated: true };
    }
    const named = new Map(unit.streams.map((read) => [read.stream, read]));
    const { appends, statements, result } = unit.decide({
      now: this.#recorded.now,
      id: (sequence) => this.#next(sequence),
      history: (stream) => {
        const read = named.get(stream);
        if (read === undefined) {
          throw new Error(`Stream "${stream}" was not named by the command`);
        }
        return this.#history(read);
      },
    });
    const events = this.#place(unit, appends);
    for (const event of events) this.#add(event);
    const command: KnownCommand = {
      command: unit.command,
      actor: unit.actor,
      result: JSON.stringify(result ?? null),
      position: this.#position,
    };
    this.#commands.set(unit.commandId, command);
    this.#additions.push({ unit, events, statements, command });
    return { result, position: this.#position, repeated: false };
  }

  #next(sequence: string): number {
    const last = this.#sequences.get(sequence) ?? this.#recorded.sequences.get(sequence) ?? 0;
    this.#sequences.set(sequence, last + 1);
    return last + 1;
  }

  #history({ stream, lastEventOnly, isSealed }: StreamRead): StreamHistory {
    const before = this.#recorded.histories.get(stream)?.events ?? [];
    const added = this.#added.get(stream) ?? [];
    const all = added.length === 0 ? before : [...before, ...added];
    const events = lastEventOnly ? all.slice(-1) : all;
    return {
      version: this.#versions.get(stream) ?? 0,
      events: isSealed ? events.map((event) => this.#withoutPersonal(event)) : events,
    };
  }

  #withoutPersonal(event: RecordedEvent): RecordedEvent {
    const declared = this.#deciding.schema.personal[event.type];
    if (declared === undefined) return event;
    const open = Object.entries(event.data).filter(([field]) => !(field in declared.erased));
    return { ...event, data: Object.fromEntries(open) };
  }

  /** The events of a unit, in their places; nothing is changed before all of them have one. */
  #place(unit: UnitOfWork<unknown>, appends: readonly Append[]): RecordedEvent[] {
    const versions = new Map<string, number>();
    return appends.map(({ stream, expected, event: { type, data } }, index) => {
      const actual = versions.get(stream) ?? this.#version(stream, expected);
      if (expected !== "any" && actual !== (expected === "stream must not exist" ? 0 : expected)) {
        throw new ConcurrencyError(stream, expected, actual);
      }
      versions.set(stream, actual + 1);
      const metadata: Metadata = {
        command_id: unit.commandId,
        actor: unit.actor,
        correlation: unit.correlation ?? unit.commandId,
        causation: unit.causation ?? unit.commandId,
        schema: currentSchema(this.#deciding.schema.upcasters, type),
      };
      return {
        position: this.#position + index + 1,
        stream,
        version: actual + 1,
        type,
        data,
        metadata,
        created_at: this.#recorded.now.toISOString(),
      };
    });
  }

  #version(stream: string, expected: Append["expected"]): number {
    const known = this.#versions.get(stream);
    if (known !== undefined) return known;
    if (expected === "stream must not exist" && !this.#deciding.careful) return 0;
    this.#unknown.add(stream);
    // Decided again once it is known; until then any version does.
    return typeof expected === "number" ? expected : 0;
  }

  #add(event: RecordedEvent): void {
    this.#position = event.position;
    this.#versions.set(event.stream, event.version);
    const added = this.#added.get(event.stream);
    if (added === undefined) this.#added.set(event.stream, [event]);
    else added.push(event);
  }
}

/** A row of event_store. */
export interface HashedRow extends EventRow {
  readonly hash: Uint8Array;
}

/** A unit's events cannot be sealed. */
export class SealRefused extends Error {
  override readonly name = "SealRefused";
  constructor(readonly unit: UnitOfWork<unknown>, readonly refusal: unknown) {
    super("An event cannot be sealed");
  }
}

/**
 * The rows that record a group, chained to the head.
 *
 * @throws SealRefused
 */
export function rowsOf(additions: readonly Addition[], head: Head, seals: Seals): HashedRow[] {
  let previous = head.hash;
  return additions.flatMap(({ unit, events }) => {
    try {
      return events.map(({ data, metadata, ...place }): HashedRow => {
        const stored = seals.seal(place, data);
        const row: EventRow = {
          ...place,
          data: JSON.stringify(stored.data),
          sealed: stored.sealed,
          metadata: JSON.stringify(metadata),
        };
        previous = hashOf(previous, row);
        seals.obey(place.type, data);
        return { ...row, hash: previous };
      });
    } catch (refusal) {
      throw new SealRefused(unit, refusal);
    }
  });
}
