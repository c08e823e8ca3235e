import type { DomainEvent } from "./event.ts";
import type { Statement } from "./statement.ts";

/** How a stream's events add up to the state that decisions need. `evolve` is total. */
export interface Fold<State, Event extends DomainEvent> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  /** True where nothing personal goes into the state: then seals are not opened (13 µs an event). */
  readonly isSealed?: true;
}

/** A stream that a decision needs, with the fold that makes its state. */
export interface StreamState<State> {
  readonly stream: string;
  readonly fold: Fold<State, never>;
  /** True where the last event alone makes the state, so that a long stream costs one read. */
  readonly lastEventOnly: boolean;
}

/** Names the stream whose folded state a decision is handed. */
export function stateOf<State, Event extends DomainEvent>(
  stream: string,
  fold: Fold<State, Event>,
): StreamState<State> {
  return { stream, fold: fold as Fold<State, never>, lastEventOnly: false };
}

/** As {@linkcode stateOf}, for a state that a stream's last event makes, whatever came before. */
export function lastStateOf<State, Event extends DomainEvent>(
  stream: string,
  fold: Fold<State, Event>,
): StreamState<State> {
  return { ...stateOf(stream, fold), lastEventOnly: true };
}

/**
 * What stands for a name or an address in a stream's name: the same for the same text, and nothing to
 * whoever lacks the store's master key.
 */
export type Pseudonym = (text: string) => string;

/** What a decision may know beside the command and the state; nothing in it is read from a clock or a database by the decision itself. */
export interface DecisionContext {
  readonly now: Date;
  /** Hands out the next integer of a sequence ("post", "user", …), first 1. */
  readonly id: (sequence: string) => number;
  readonly pseudonym: Pseudonym;
}

/**
 * One command. `streams` names all that the decision needs to know; `decide` answers with the facts
 * to record (none when nothing changes) or throws a DomainError; `result` is what the caller gets,
 * as plain JSON, since it is kept with the command id; `secrets` are rows of tables that are not
 * events (password hashes, sessions), written in the same transaction.
 */
export interface Command<Input, States, Event extends DomainEvent, Result> {
  readonly streams: (
    input: Input,
    pseudonym: Pseudonym,
  ) => { readonly [Name in keyof States]: StreamState<States[Name]> };
  readonly decide: (input: Input, states: States, context: DecisionContext) => readonly Event[];
  readonly result: (events: readonly Event[], input: Input, states: States) => Result;
  readonly secrets?: (events: readonly Event[], input: Input) => readonly Statement[];
}

/** Declares a command, inferring the states from the streams it names. */
export function command<Input, States, Event extends DomainEvent, Result>(
  definition: Command<Input, States, Event, Result>,
): Command<Input, States, Event, Result> {
  return definition;
}

/** Adds a stream's events up. */
export function fold<State, Event extends DomainEvent>(
  { initial, evolve }: Fold<State, Event>,
  events: Iterable<Event>,
): State {
  let state = initial;
  for (const event of events) state = evolve(state, event);
  return state;
}
