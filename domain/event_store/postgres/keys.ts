import type { KeyTable } from "../sealing.ts";
import { type Connection, send } from "./connection.ts";

/** Of the table `person_key`, what was fetched; and what is to be written into it. */
export class FetchedKeys implements KeyTable {
  readonly #fetched = new Map<number, Uint8Array | null | undefined>();
  #changes = new Map<number, Uint8Array | null>();

  find(personId: number): Uint8Array | null | undefined {
    if (!this.#fetched.has(personId)) throw new Error(`Key of person ${personId} was not fetched`);
    return this.#fetched.get(personId);
  }

  add(personId: number, wrapped: Uint8Array): void {
    this.#set(personId, wrapped);
  }

  destroy(personId: number): void {
    this.#set(personId, null);
  }

  #set(personId: number, wrapped: Uint8Array | null): void {
    this.#fetched.set(personId, wrapped);
    this.#changes.set(personId, wrapped);
  }

  /** Puts keys at hand for what is done with them at once; who has none yet is known to have none. */
  put(keys: ReadonlyMap<number, Uint8Array | null | undefined>): void {
    this.#fetched.clear();
    for (const [personId, wrapped] of keys) this.#fetched.set(personId, wrapped);
  }

  /** What was added and destroyed since the last time. */
  takeChanges(): Map<number, Uint8Array | null> {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes;
  }
}

/** People's wrapped keys: null where destroyed, undefined where there is none. */
export async function fetchKeys(
  sql: Connection,
  people: ReadonlySet<number>,
): Promise<Map<number, Uint8Array | null | undefined>> {
  const keys = new Map<number, Uint8Array | null | undefined>();
  if (people.size === 0) return keys;
  for (const personId of people) keys.set(personId, undefined);
  const rows = await send(
    sql,
    "SELECT person_id, wrapped FROM person_key WHERE person_id = ANY($1::bigint[])",
    [[...people]],
  );
  for (const { person_id, wrapped } of rows) keys.set(person_id, wrapped);
  return keys;
}
