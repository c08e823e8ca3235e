/**
 * The three buses. A name that no context declares, a missing field or a wrong use of a result does
 * not compile.
 */
import {
  type Append,
  type EventStore,
  mergeReads,
  type Schema,
  type StreamRead,
} from "../event_store/event_store.ts";
import type { AnyCommand, AnyQuery, AnyState, Context } from "./context.ts";
import { type Command, fold, type StreamState } from "./decider.ts";
import type { DomainEvent, RecordedEvent } from "./event.ts";
import { uuidv7 } from "./id.ts";
import type { Query } from "./query.ts";
import { readPosition } from "./read_position.ts";

// deno-lint-ignore no-explicit-any -- any union of contexts, to be inferred from
type AnyContext = Context<any, any, any>;
export type Contexts = readonly AnyContext[];

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends
  (all: infer All) => void ? All
  : never;

export type CommandsOf<C extends Contexts> = Intersection<C[number]["commands"]>;
export type QueriesOf<C extends Contexts> = Intersection<C[number]["queries"]>;
export type EventsOf<C extends Contexts> = NonNullable<C[number]["event"]>;

export type CommandInput<C> = C extends Command<infer Input, infer _S, infer _E, infer _R> ? Input
  : never;
export type CommandResult<C> = C extends Command<infer _I, infer _S, infer _E, infer Result>
  ? Result
  : never;
export type QueryInput<Q> = Q extends Query<infer Input, infer _R> ? Input : never;
export type QueryResult<Q> = Q extends Query<infer _I, infer Result> ? Result : never;

/** Who sends a command, and as part of what. */
export interface Sender {
  /** The person acting; null where nobody is logged in. */
  readonly actor: number | null;
  /** A UUID that makes the command act once however often it is sent; a new one by default. */
  readonly commandId?: string | undefined;
  readonly correlation?: string;
  readonly causation?: string;
}

export interface CommandBus<Commands> {
  /**
   * Decides and records. Answers once it is on disk.
   *
   * @throws DomainError if the command is refused, and what `EventStore.write` rejects with
   */
  execute<Name extends keyof Commands & string>(
    name: Name,
    input: CommandInput<Commands[Name]>,
    sender: Sender,
  ): Promise<CommandResult<Commands[Name]>>;
}

export interface QueryBus<Queries> {
  /** Asks the read models; sees every command that whoever asks knows to be acknowledged. */
  ask<Name extends keyof Queries & string>(
    name: Name,
    input: QueryInput<Queries[Name]>,
  ): Promise<QueryResult<Queries[Name]>>;
}

export interface EventBus<Event extends DomainEvent> {
  /** Calls back for each event of a type once it is on disk, in order; answers how to stop. */
  on<Type extends Event["type"]>(
    type: Type,
    listener: (event: RecordedEvent<Extract<Event, { type: Type }>>) => void,
  ): () => void;
}

/** Everything that can be done with the contexts' declarations over one store. */
export interface Domain<C extends Contexts> {
  readonly commands: CommandBus<CommandsOf<C>>;
  readonly queries: QueryBus<QueriesOf<C>>;
  readonly events: EventBus<EventsOf<C>>;
}

/** What a store must keep for these contexts. */
export function schemaOf(contexts: Contexts): Schema {
  return {
    readModels: Object.fromEntries(
      contexts.flatMap(({ name, readModel }) => readModel === undefined ? [] : [[name, readModel]]),
    ),
    tables: contexts.flatMap(({ tables }) => tables ?? []),
    upcasters: Object.assign({}, ...contexts.map(({ upcasters }) => upcasters ?? {})),
    personal: Object.assign({}, ...contexts.map(({ personal }) => personal ?? {})),
    erasing: Object.assign({}, ...contexts.map(({ erasing }) => erasing ?? {})),
  };
}

/** By the type of an event: the stream that it belongs to. */
export const streamsOf = (contexts: Contexts): Map<string, (data: object) => string> =>
  merge(contexts.map(({ streams }) => streams), "event");

/** Finds how a stream's events add up for decisions, by its name; null where no decision reads it. */
export function stateFinder(
  contexts: Contexts,
): (stream: string) => StreamState<unknown> | null {
  const states = merge<AnyState>(contexts.map(({ states }) => states ?? {}), "state");
  return (stream) => {
    const parts = stream.split("-");
    for (let ids = 1; ids < parts.length; ids++) {
      const stateOf = states.get(parts.slice(0, -ids).join("-"));
      const state = stateOf?.(...parts.slice(-ids).map(idOf));
      if (state?.stream === stream) return state;
    }
    return null;
  };
}

const idOf = (text: string): number | string => /^\d+$/.test(text) ? Number(text) : text;

export function createDomain<const C extends Contexts>(contexts: C, store: EventStore): Domain<C> {
  return {
    commands: createCommandBus(contexts, store) as Domain<C>["commands"],
    queries: createQueryBus(contexts, store) as Domain<C>["queries"],
    events: createEventBus(store) as Domain<C>["events"],
  };
}

function createCommandBus(contexts: Contexts, store: EventStore) {
  const commands = merge<AnyCommand>(contexts.map(({ commands }) => commands), "command");
  const streams = streamsOf(contexts);

  return {
    async execute(name: string, input: unknown, sender: Sender): Promise<unknown> {
      const command = commands.get(name);
      if (command === undefined) throw new Error(`Unknown command "${name}"`);
      const { pseudonym } = store;
      const needed = Object.entries(
        command.streams(input, pseudonym),
      ) as [string, StreamState<unknown>][];
      const { result, position } = await store.write({
        ...sender,
        commandId: sender.commandId ?? uuidv7(),
        command: name,
        streams: readsOf(needed.map(([, state]) => state)),
        decide({ now, id, history }) {
          const versions = new Map<string, number>();
          const states = Object.fromEntries(needed.map(([key, { stream, fold: how }]) => {
            const { version, events } = history(stream);
            versions.set(stream, version);
            return [key, fold(how, events as Iterable<never>)];
          }));
          const events = command.decide(input, states, { now, id, pseudonym });
          const appends = events.map((event): Append => {
            const stream = streams.get(event.type)!(event.data);
            const version = versions.get(stream);
            if (version !== undefined) versions.set(stream, version + 1);
            return { stream, event, expected: version ?? "stream must not exist" };
          });
          return {
            appends,
            statements: command.secrets?.(events, input) ?? [],
            result: command.result(events, input, states),
          };
        },
      });
      readPosition()?.reach(position);
      return result;
    },
  };
}

const readsOf = (states: readonly StreamState<unknown>[]): StreamRead[] => [
  ...mergeReads(
    states.map(({ stream, lastEventOnly, fold: { isSealed = false } }) => ({
      stream,
      lastEventOnly,
      isSealed,
    })),
  ).values(),
];

function createQueryBus(contexts: Contexts, store: EventStore) {
  const queries = merge<AnyQuery>(contexts.map(({ queries }) => queries), "query");
  return {
    async ask(name: string, input: unknown): Promise<unknown> {
      const query = queries.get(name);
      if (query === undefined) throw new Error(`Unknown query "${name}"`);
      const after = query.isFresh ? undefined : readPosition()?.after;
      return query.result(await store.query(query.statement(input), after), input);
    },
  };
}

function createEventBus(store: EventStore) {
  return {
    on(type: string, listener: (event: never) => void): () => void {
      return store.onCommitted((events) => {
        for (const event of events) if (event.type === type) listener(event as never);
      });
    },
  };
}

/** One registry of many; a name declared twice is a mistake of the program. */
function merge<Item>(records: readonly Record<string, Item>[], kind: string): Map<string, Item> {
  const merged = new Map<string, Item>();
  for (const [name, item] of records.flatMap((record) => Object.entries(record))) {
    if (merged.has(name)) throw new Error(`Two contexts declare the ${kind} "${name}"`);
    merged.set(name, item);
  }
  return merged;
}
