/**
 * The test language of the domain: given what happened, when somebody commands or asks, then this.
 *
 * ```ts
 * given(registered(1), posted(7, 1)).when("DeletePost", { by: 2, postId: 7 }).thenRefuses("forbidden");
 * await given(registered(1), posted(7, 1)).asking("GetPost", { id: 7, viewer: null }).answers({ … });
 * ```
 */
import assert from "node:assert/strict";
import type { EventStore, EventStoreOptions } from "../event_store/event_store.ts";
import {
  type CommandInput,
  type CommandResult,
  type CommandsOf,
  type Contexts,
  createDomain,
  type EventsOf,
  type QueriesOf,
  type QueryInput,
  type QueryResult,
  schemaOf,
  streamsOf,
} from "./bus.ts";
import type { AnyCommand } from "./context.ts";
import { fold, type Pseudonym, type StreamState } from "./decider.ts";
import { DomainError, type Refusal } from "./errors.ts";
import type { DomainEvent } from "./event.ts";
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
 * The language for some contexts.
 *
 * @param open opens an empty store for one question, which is closed after it
 */
export const scenariosOf = <const C extends Contexts>(
  contexts: C,
  open: (options: Omit<EventStoreOptions, "masterKey">) => EventStore,
) =>
(...events: readonly EventsOf<C>[]): Given<C> => ({
  when: (name, input, surroundings) => {
    const commands = Object.assign({}, ...contexts.map(({ commands }) => commands));
    return when(() => decide(contexts, events, commands[name], input, surroundings)) as never;
  },
  asking: (name, input) => {
    const answer = () =>
      withStore(open({ schema: schemaOf(contexts), clock: () => NOW }), async (store) => {
        await record(contexts, events, store);
        return await createDomain(contexts, store).queries.ask(name, input);
      });
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
  const streamOf = streamsOf(contexts);
  const film = history.map((event, index) => ({ ...event, position: index + 1 }));
  const byStream = Map.groupBy(film, ({ type, data }) => streamOf.get(type)!(data));
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

async function record(contexts: Contexts, events: readonly DomainEvent[], store: EventStore) {
  const streamOf = streamsOf(contexts);
  const appends = events.map((event) => ({
    stream: streamOf.get(event.type)!(event.data),
    expected: "any" as const,
    event,
  }));
  await store.write({
    commandId: uuidv7(),
    command: "Given",
    actor: null,
    streams: [],
    decide: () => ({ appends, statements: [], result: null }),
  });
}

async function withStore<Answer>(store: EventStore, use: (store: EventStore) => Promise<Answer>) {
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
