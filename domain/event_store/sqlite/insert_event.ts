import { EVENT_COLUMNS, type EventRow } from "../event_row.ts";
import type { Database } from "./database.ts";

export function insertEvent(database: Database): (row: EventRow, hash: Uint8Array) => void {
  const insert = database.prepare(
    `INSERT INTO event_store (${EVENT_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ position, stream, version, type, data, sealed, metadata, created_at }, hash) => {
    insert.run(position, stream, version, type, data, sealed, metadata, created_at, hash);
  };
}
