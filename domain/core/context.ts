import type { Command, StreamState } from "./decider.ts";
import type { DataOf, DomainEvent, RecordedEvent } from "./event.ts";
import type { ErasingOf, PersonalOf } from "./personal.ts";
import type { Query } from "./query.ts";
import type { ByEngine, Statement } from "./statement.ts";

// The registries hold commands and queries of any shape; their precise types live in the contexts.
// deno-lint-ignore no-explicit-any
export type AnyCommand = Command<any, any, any, any>;
// deno-lint-ignore no-explicit-any
export type AnyQuery = Query<any, any>;

// deno-lint-ignore no-explicit-any
export type AnyState = (...ids: any[]) => StreamState<any>;

/**
 * Turns an older shape of an event's data into the next one. An event type with N upcasters is
 * recorded at schema N + 1; an event of schema S is read through the upcasters from S on. Of an
 * erased person's event it is given what today's declaration of personal fields puts in their place.
 */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * A CREATE statement in SQLite's words, of which the other engine knows its own for types; or what each
 * engine says where that does not do.
 */
export type Ddl = string | ByEngine<readonly string[]>;

/** What an engine is told to create, in order. */
export const ddlOf = (create: readonly Ddl[], engine: keyof ByEngine<unknown>): string[] =>
  create.flatMap((ddl) => typeof ddl === "string" ? [ddl] : ddl[engine]);

/** Tables that are developed from events and can be dropped and developed again. */
export interface ReadModel {
  /** A change of any `version` makes the store develop all read models anew when it opens. */
  readonly version: number;
  readonly tables: readonly string[];
  /** CREATE statements of the tables and their indexes. */
  readonly create: readonly Ddl[];
  /** What an event, of whichever context, changes in these tables. */
  readonly project: (event: RecordedEvent) => readonly Statement[];
  /**
   * By table, of those for search, which each engine keeps in a form of its own: what words a stored text
   * holds, the same for all of them.
   */
  readonly words?: Readonly<Record<string, ByEngine<(stored: string) => string>>>;
}

/** What an event changes in all read models, in their order: a projection may look into another's tables. */
export function projectionOf(
  readModels: Readonly<Record<string, ReadModel>>,
): (event: RecordedEvent) => Statement[] {
  const projections = Object.values(readModels).map(({ project }) => project);
  return (event) => projections.flatMap((project) => project(event));
}

/** A bounded context: what can be done, what happens, and what can be asked. */
export interface Context<
  Event extends DomainEvent = DomainEvent,
  Commands extends Record<string, AnyCommand> = Record<string, AnyCommand>,
  Queries extends Record<string, AnyQuery> = Record<string, AnyQuery>,
> {
  readonly name: string;
  /** The stream that each of the context's events belongs to. */
  readonly streams: { readonly [Type in Event["type"]]: (data: DataOf<Event, Type>) => string };
  /** By the beginning of a stream's name: what its events add up to, given the ids in the name. */
  readonly states?: Readonly<Record<string, AnyState>>;
  readonly commands: Commands;
  readonly queries: Queries;
  readonly readModel?: ReadModel;
  /** CREATE statements of tables that are not events' prints: secrets, sessions. */
  readonly tables?: readonly string[];
  readonly upcasters?: { readonly [Type in Event["type"]]?: readonly Upcaster[] };
  readonly personal?: PersonalOf<Event>;
  readonly erasing?: ErasingOf<Event>;
  /** Never set: carries the type of the context's events. */
  readonly event?: Event;
}

/** Puts a context together; the first type argument is the union of its events. */
export const contextOf = <Event extends DomainEvent>() =>
<
  const Commands extends Record<string, AnyCommand>,
  const Queries extends Record<string, AnyQuery>,
>(definition: Context<Event, Commands, Queries>): Context<Event, Commands, Queries> => definition;
