import type { Schema } from "./event_store.ts";
import { erasedFields, type PersonalFields } from "../core/personal.ts";
import { decrypt, encrypt } from "./cipher.ts";
import type { MasterKey } from "./master_key.ts";

/** Where an engine keeps the people's wrapped keys. */
export interface KeyTable {
  /** Null once it is destroyed, undefined if there never was one. */
  find(personId: number): Uint8Array | null | undefined;
  add(personId: number, wrapped: Uint8Array): void;
  /** Forgets the key for good, and that there was none before. */
  destroy(personId: number): void;
}

/** The place of an event, to which what is sealed of it is bound. */
export interface Place {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
}

/** An event's data as it is stored: what anybody may read, and what is sealed. */
export interface Stored {
  readonly data: Readonly<Record<string, unknown>>;
  /** AES-256-GCM of the personal fields as JSON; null where there is none. */
  readonly sealed: Uint8Array | null;
}

/** Keys that are remembered unwrapped. */
const REMEMBERED = 10_000;

/** Seals what is personal with a key of that person, and opens it while the key is there. */
export class Seals {
  readonly #masterKey: MasterKey;
  readonly #schema: Pick<Schema, "personal" | "erasing">;
  readonly #table: KeyTable;
  readonly #keys = new Map<number, Uint8Array | null>();

  constructor(masterKey: MasterKey, schema: Pick<Schema, "personal" | "erasing">, table: KeyTable) {
    this.#masterKey = masterKey;
    this.#schema = schema;
    this.#table = table;
  }

  /** Takes the personal fields out of an event's data. Makes the person's key if they have none yet. */
  seal(place: Place, data: object): Stored {
    const declared = this.#schema.personal[place.type];
    if (declared === undefined) return { data: { ...data }, sealed: null };
    const open: Record<string, unknown> = {};
    const personal: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(data)) {
      (Object.hasOwn(declared.erased, field) ? personal : open)[field] = value;
    }
    if (Object.keys(personal).length === 0) return { data: open, sealed: null };
    const key = this.#keyToSealWith(personOf(declared, open));
    return { data: open, sealed: encrypt(key, JSON.stringify(personal), contextOf(place)) };
  }

  /**
   * An event's data with its personal fields, or with what stands for them once the key is gone.
   *
   * @throws Error if the seal is broken
   */
  open(place: Place, { data, sealed }: Stored): Readonly<Record<string, unknown>> {
    const declared = this.#schema.personal[place.type];
    if (sealed === null || declared === undefined) return data;
    const personId = personOf(declared, data);
    const key = this.#key(personId);
    if (key === null || key === undefined) return { ...data, ...erasedFields(declared, personId) };
    const personal = decrypt(key, sealed, contextOf(place));
    return { ...data, ...JSON.parse(new TextDecoder().decode(personal)) };
  }

  /** Whose keys it takes to seal or open these events and are not in memory. */
  missing(events: Iterable<{ readonly type: string; readonly data: object }>): Set<number> {
    const missing = new Set<number>();
    for (const { type, data } of events) {
      const declared = this.#schema.personal[type];
      if (declared === undefined) continue;
      const personId = personOf(declared, data as Record<string, unknown>);
      if (!this.#keys.has(personId)) missing.add(personId);
    }
    return missing;
  }

  /** Destroys the key of whom an event erases, if it erases anybody. */
  obey(type: string, data: object): void {
    const whose = this.#schema.erasing[type];
    if (whose === undefined) return;
    const personId = (data as Record<string, number>)[whose]!;
    this.#table.destroy(personId);
    this.#keys.delete(personId);
  }

  /** Forgets the keys in memory; the table is read again. */
  forget(): void {
    this.#keys.clear();
  }

  #keyToSealWith(personId: number): Uint8Array {
    const known = this.#key(personId);
    if (known === null) throw new Error(`Person ${personId} is erased`);
    if (known !== undefined) return known;
    const { key, wrapped } = this.#masterKey.newKey(personId);
    this.#table.add(personId, wrapped);
    this.#remember(personId, key);
    return key;
  }

  #key(personId: number): Uint8Array | null | undefined {
    const known = this.#keys.get(personId);
    if (known !== undefined) return known;
    const wrapped = this.#table.find(personId);
    if (wrapped === undefined) return undefined;
    const key = wrapped === null ? null : this.#masterKey.unwrap(personId, wrapped);
    this.#remember(personId, key);
    return key;
  }

  #remember(personId: number, key: Uint8Array | null): void {
    if (this.#keys.size >= REMEMBERED) this.#keys.clear();
    this.#keys.set(personId, key);
  }
}

const personOf = ({ whose }: PersonalFields, data: Readonly<Record<string, unknown>>): number =>
  data[whose] as number;

const contextOf = ({ stream, version, type }: Place): string =>
  JSON.stringify([stream, version, type]);
