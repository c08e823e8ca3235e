/**
 * The test language of the domain: given what happened, when somebody commands or asks, then this.
 *
 * ```ts
 * given(registered(1), posted(7, 1)).when("DeletePost", { by: 2, postId: 7 }).thenRefuses("forbidden");
 * await given(registered(1), posted(7, 1)).asking("GetPost", { id: 7, viewer: null }).answers({ … });
 * ```
 */
import assert from "node:assert/strict";
import type { EventStore } from "../event_store/event_store.ts";
import {
  type CommandInput,
  type CommandResult,
  type CommandsOf,
  type Contexts,
  type EventsOf,
  type QueriesOf,
  type QueryInput,
  type QueryResult,
  streamsOf,
} from "./bus.ts";
import type { AnyCommand, AnyQuery } from "./context.ts";
import { fold, type Pseudonym, type StreamState } from "./decider.ts";
import { DomainError, type Refusal } from "./errors.ts";
import type { DomainEvent, Metadata, RecordedEvent } from "./event.ts";
import { uuidv7 } from "./id.ts";

/** The time of every scenario that names none. */
export const NOW = new Date("2026-03-01T12:00:00.000Z");

/** A pseudonym that can be read, for what a scenario records. */
export const pseudonym: Pseudonym = (text) => `~${text}`;

/** What a decision finds beside the events. */
export interface Surroundings {
  readonly now?: Date;
  /** The first id that is handed out, of any sequence; 1 unless told. */
  readonly nextId?: number;
}

export interface When<Event extends DomainEvent, Result> {
  /** The command records these events. */
  then(events: readonly Event[]): void;
  thenNothing(): void;
  /** The command's result is this, as JSON. */
  thenAnswers(result: Result): void;
  thenRefuses(refusal: Refusal, message?: RegExp): void;
}

export interface Asking<Answer> {
  answers(expected: Answer): Promise<void>;
  answer(): Promise<Answer>;
}

export interface Given<C extends Contexts> {
  when<Name extends keyof CommandsOf<C> & string>(
    name: Name,
    input: CommandInput<CommandsOf<C>[Name]>,
    surroundings?: Surroundings,
  ): When<EventsOf<C>, CommandResult<CommandsOf<C>[Name]>>;

  /** Asks the read models that the events make. */
  asking<Name extends keyof QueriesOf<C> & string>(
    name: Name,
    input: QueryInput<QueriesOf<C>[Name]>,
  ): Asking<QueryResult<QueriesOf<C>[Name]>>;
}

/**
 * Develops read models from a film, has them asked, and forgets them. Each call finds them empty, also
 * while others are under way.
 */
export type Develop = <Answer>(
  film: readonly RecordedEvent[],
  ask: (query: EventStore["query"]) => Promise<Answer>,
) => Promise<Answer>;

/** The language for some contexts, whose questions are answered from what `develop` makes. */
export const scenariosOf =
  <const C extends Contexts>(contexts: C, develop: Develop) =>
  (...events: readonly EventsOf<C>[]): Given<C> => ({
    when: (name, input, surroundings) => {
      const commands = Object.assign({}, ...contexts.map(({ commands }) => commands));
      return when(() => decide(contexts, events, commands[name], input, surroundings)) as never;
    },
    asking: (name, input) => {
      const queries = Object.assign({}, ...contexts.map(({ queries }) => queries));
      const { statement, result } = queries[name] as AnyQuery;
      const answer = () =>
        develop(
          filmOf(contexts, events),
          async (query) => result(await query(statement(input)), input),
        );
      return {
        answer,
        answers: async (expected) => assert.deepEqual(await answer(), expected),
      };
    },
  });

interface Decision {
  readonly events: readonly DomainEvent[];
  readonly result: unknown;
}

function when(decision: () => Decision): When<DomainEvent, unknown> {
  return {
    then: (events) => assert.deepEqual(decision().events, events),
    thenNothing: () => assert.deepEqual(decision().events, []),
    thenAnswers: (result) => assert.deepEqual(decision().result, result),
    thenRefuses: (refusal, message = /./) =>
      assert.throws(decision, (error) => {
        assert(error instanceof DomainError, `Threw ${error}, which is no DomainError`);
        assert.equal(error.refusal, refusal);
        assert.match(error.message, message);
        return true;
      }),
  };
}

function decide(
  contexts: Contexts,
  history: readonly DomainEvent[],
  command: AnyCommand,
  input: unknown,
  { now = NOW, nextId = 1 }: Surroundings = {},
): Decision {
  const byStream = Map.groupBy(filmOf(contexts, history), ({ stream }) => stream);
  const needed = Object.entries(
    command.streams(input, pseudonym),
  ) as [string, StreamState<unknown>][];
  const states = Object.fromEntries(needed.map(([name, { stream, fold: how, lastEventOnly }]) => {
    const events = byStream.get(stream) ?? [];
    return [name, fold(how, (lastEventOnly ? events.slice(-1) : events) as never[])];
  }));
  const events = command.decide(input, states, { now, id: () => nextId++, pseudonym });
  return { events, result: command.result(events, input, states) };
}

/** Events as they are on a film that has nothing else. */
function filmOf(contexts: Contexts, events: readonly DomainEvent[]): RecordedEvent[] {
  const streamOf = streamsOf(contexts);
  const versions = new Map<string, number>();
  return events.map((event, index) => {
    const stream = streamOf.get(event.type)!(event.data);
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const place = { position: index + 1, stream, version };
    return { ...event, ...place, metadata: METADATA, created_at: NOW.toISOString() };
  });
}

const METADATA: Metadata = {
  command_id: uuidv7(),
  actor: null,
  correlation: uuidv7(),
  causation: uuidv7(),
  schema: 1,
};
