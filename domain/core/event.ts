/** What happened, as a context declares it: a name in the past tense and its facts, as JSON. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** The data of the events of a type. */
export type DataOf<Event extends DomainEvent, Type extends string> = Extract<
  Event,
  { type: Type }
>["data"];

/** The data of the first event of a type, which must be among the events. */
export function dataOf<Event extends DomainEvent, Type extends Event["type"]>(
  events: readonly Event[],
  type: Type,
): DataOf<Event, Type> {
  const event = events.find((event) => event.type === type);
  if (event === undefined) throw new Error(`No event is a "${type}"`);
  return event.data as DataOf<Event, Type>;
}

/** The names of the fields that hold an id. */
export type IdField<Data> = {
  readonly [Field in keyof Data]-?: Data[Field] extends number ? Field & string : never;
}[keyof Data];

/** Who and what brought an event about. */
export interface Metadata {
  readonly command_id: string;
  /** The person who acted; null where nobody is logged in, as at registration. */
  readonly actor: number | null;
  /** The command that started the chain of commands this one belongs to. */
  readonly correlation: string;
  /** The command or event that directly caused this one. */
  readonly causation: string;
  /** The shape of `data`: 1 is the first, and each upcaster adds one. */
  readonly schema: number;
}

/** An event on the film. */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = Event & {
  /** Place in the whole film, from 1, without gaps. */
  readonly position: number;
  readonly stream: string;
  /** Place in its stream, from 1, without gaps. */
  readonly version: number;
  readonly metadata: Metadata;
  /** ISO 8601 in UTC with milliseconds. */
  readonly created_at: string;
};
