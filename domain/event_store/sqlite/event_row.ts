import type { RecordedEvent } from "../../core/event.ts";
import type { Schema } from "../event_store.ts";
import type { Seals } from "../sealing.ts";
import { upcast } from "../upcast.ts";
import type { Database } from "./database.ts";

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

export function insertEvent(database: Database): (row: EventRow, hash: Uint8Array) => void {
  const insert = database.prepare(
    `INSERT INTO event_store (${EVENT_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ position, stream, version, type, data, sealed, metadata, created_at }, hash) => {
    insert.run(position, stream, version, type, data, sealed, metadata, created_at, hash);
  };
}

/** The event as everybody sees it: opened, and in today's shape. */
export function readEvent(row: EventRow, seals: Seals, { upcasters }: Schema): RecordedEvent {
  const { sealed, data, metadata, ...place } = row;
  return upcast(upcasters, {
    ...place,
    data: seals.open(row, { data: JSON.parse(data), sealed }),
    metadata: JSON.parse(metadata),
  });
}
