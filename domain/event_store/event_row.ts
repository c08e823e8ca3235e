import type { Metadata, RecordedEvent } from "../core/event.ts";
import type { Schema } from "./event_store.ts";
import type { Seals } from "./sealing.ts";
import { currentSchema, upcast } from "./upcast.ts";

/** A row of event_store, without its hash. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  /** JSON, without what is sealed. */
  readonly data: string;
  readonly sealed: Uint8Array | null;
  readonly metadata: string;
  readonly created_at: string;
}

export const EVENT_COLUMNS = "position, stream, version, type, data, sealed, metadata, created_at";

/** The event as everybody sees it: opened, and in today's shape. */
export function readEvent(row: EventRow, seals: Seals, { upcasters }: Schema): RecordedEvent {
  const { sealed, data, metadata, ...place } = row;
  return upcast(upcasters, {
    ...place,
    data: seals.open(row, { data: JSON.parse(data), sealed }),
    metadata: JSON.parse(metadata),
  });
}

/** As {@linkcode readEvent}, without what is personal; but an event of an older shape is opened. */
export function readSealedEvent(row: EventRow, seals: Seals, schema: Schema): RecordedEvent {
  const { sealed: _, data, metadata, ...place } = row;
  const event = { ...place, data: JSON.parse(data), metadata: JSON.parse(metadata) as Metadata };
  const isToday = event.metadata.schema === currentSchema(schema.upcasters, event.type);
  return isToday ? event : readEvent(row, seals, schema);
}
