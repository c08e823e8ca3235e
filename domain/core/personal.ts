import type { DataOf, DomainEvent, IdField } from "./event.ts";

/**
 * What of a context's events is personal, and whose: declared beside the events' types, so that a
 * store seals it with that person's key and nobody who commands, projects or asks has to think of it.
 *
 * ```ts
 * export const personal = {
 *   CommentCreated: { whose: "authorId", erased: { content: "[erased]" } },
 * } satisfies PersonalOf<CommentEvent>;
 * ```
 */
export type PersonalOf<Event extends DomainEvent> = {
  readonly [Type in Event["type"]]?: {
    /** The field with the id of the person. */
    readonly whose: IdField<DataOf<Event, Type>>;
    /** Each personal field, with what is read of it once the person is erased: a value, or what makes one of their id. */
    readonly erased: {
      readonly [Field in keyof DataOf<Event, Type>]?: Erased<DataOf<Event, Type>[Field]>;
    };
  };
};

/** Events that erase a person, by the field with their id: recording one destroys their key. */
export type ErasingOf<Event extends DomainEvent> = {
  readonly [Type in Event["type"]]?: IdField<DataOf<Event, Type>>;
};

type Erased<Value> = Value | ((personId: number) => Value);

/** An event as it is read while its seal stays closed: without its personal fields. */
export type Sealed<Event extends DomainEvent, Personal extends PersonalOf<Event>> = Event extends
  DomainEvent<infer Type>
  ? Type extends keyof Personal
    ? DomainEvent<Type, Omit<Event["data"], ErasedField<Personal[Type]>>>
  : Event
  : never;

type ErasedField<Declared> = Declared extends { readonly erased: infer Fields } ? keyof Fields
  : never;

/** A declaration of {@linkcode PersonalOf}, of whichever event. */
export interface PersonalFields {
  readonly whose: string;
  readonly erased: Readonly<Record<string, unknown>>;
}

/** An event's data with what is personal covered up. */
export const masked = (
  personal: PersonalFields | undefined,
  data: object,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]) => [
      field,
      personal !== undefined && field in personal.erased && value !== null ? MASK : value,
    ]),
  );

const MASK = "[personal]";

/** What is read of an event's personal fields once the person is erased. */
export const erasedFields = (
  { erased }: PersonalFields,
  personId: number,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(erased).map(([field, value]) => [
      field,
      typeof value === "function" ? value(personId) : value,
    ]),
  );
