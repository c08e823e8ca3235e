import type { RecordedEvent } from "../../core/event.ts";
import { EVENT_COLUMNS, type EventRow, readEvent, readSealedEvent } from "../event_row.ts";
import type { FilmFilter, FilmWindow, Schema } from "../event_store.ts";
import { Seals } from "../sealing.ts";
import type { MasterKey } from "../master_key.ts";
import { type Connection, send } from "./connection.ts";
import { FetchedKeys, fetchKeys } from "./keys.ts";

/** Reads the film on any connection, and opens what is sealed of it. */
export class Film {
  readonly seals: Seals;
  readonly keys = new FetchedKeys();
  readonly #schema: Schema;

  constructor(masterKey: MasterKey, schema: Schema) {
    this.#schema = schema;
    this.seals = new Seals(masterKey, schema, this.keys);
  }

  async after(sql: Connection, position: number, limit: number): Promise<RecordedEvent[]> {
    const rows = await send(
      sql,
      `SELECT ${EVENT_COLUMNS} FROM event_store WHERE position > $1 ORDER BY position LIMIT $2`,
      [position, limit],
    );
    return await this.opened(sql, rows as unknown as EventRow[]);
  }

  async stream(sql: Connection, name: string): Promise<RecordedEvent[]> {
    const rows = await send(
      sql,
      `SELECT ${EVENT_COLUMNS} FROM event_store WHERE stream = $1 ORDER BY version`,
      [name],
    );
    return await this.opened(sql, rows as unknown as EventRow[]);
  }

  async find(
    sql: Connection,
    { stream, type, actor, since, until }: FilmFilter,
    { first, last, newestFirst, limit }: FilmWindow,
  ): Promise<RecordedEvent[]> {
    const wanted: [string, string | number | undefined][] = [
      ["position >=", first],
      ["position <=", Math.min(last, Number.MAX_SAFE_INTEGER)],
      ["stream =", stream],
      ["type =", type],
      ["(metadata::jsonb ->> 'actor')::bigint =", actor],
      ["created_at >=", since],
      ["created_at <", until],
    ];
    const given = wanted.filter(([, value]) => value !== undefined);
    const rows = await send(
      sql,
      `SELECT ${EVENT_COLUMNS} FROM event_store
       WHERE ${given.map(([text], index) => `${text} $${index + 1}`).join(" AND ")}
       ORDER BY position ${newestFirst ? "DESC" : "ASC"} LIMIT $${given.length + 1}`,
      [...given.map(([, value]) => value!), limit],
    );
    return await this.opened(sql, rows as unknown as EventRow[]);
  }

  /** Rows as events; the keys that it takes are fetched on the same connection. */
  async opened(
    sql: Connection,
    rows: readonly EventRow[],
    isSealed: (row: EventRow) => boolean = () => false,
  ): Promise<RecordedEvent[]> {
    const toOpen = rows.filter((row) => row.sealed !== null && !isSealed(row));
    const people = this.seals.missing(
      toOpen.map(({ type, data }) => ({ type, data: JSON.parse(data) })),
    );
    // Fetched for others meanwhile, they are put at hand again: nothing is waited for from here on.
    this.keys.put(await fetchKeys(sql, people));
    return rows.map((row) =>
      isSealed(row)
        ? readSealedEvent(row, this.seals, this.#schema)
        : readEvent(row, this.seals, this.#schema)
    );
  }
}
