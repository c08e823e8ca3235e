import { projectionOf } from "../../core/context.ts";
import type { Metadata } from "../../core/event.ts";
import type { EventStoreOptions } from "../event_store.ts";
import { GENESIS, hashOf } from "../hash_chain.ts";
import { Seals } from "../sealing.ts";
import type { Database } from "./database.ts";
import { readEvent } from "../event_row.ts";
import { countOf, hex, type Inspection, same, withBigInts } from "./inspection.ts";
import { keyTable } from "./key_table.ts";

/** A place of the film, with the hash that stands for everything up to there. */
export interface FilmHead {
  readonly position: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

/** The head of an empty film. */
export const NO_EVENT: FilmHead = { position: 0, hash: hex(GENESIS) };

export interface FilmOptions extends Pick<EventStoreOptions, "schema" | "masterKey"> {
  /** A head that was kept elsewhere: it shows that the end was cut off, or everything rewritten. */
  readonly kept?: FilmHead | undefined;
  /** The last event that the read models have; they have all, unless it is said. */
  readonly developedUntil?: number;
  /** Called now and then; there are as many steps as events. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** An event as its bytes stand in the table. */
interface RawRow {
  readonly position: bigint;
  readonly stream: Uint8Array;
  readonly version: bigint;
  readonly type: Uint8Array;
  readonly data: Uint8Array;
  readonly sealed: Uint8Array | null;
  readonly metadata: Uint8Array;
  readonly created_at: Uint8Array;
  readonly hash: Uint8Array;
}

const RAW_FILM = `
  SELECT position, CAST(stream AS BLOB) AS stream, version, CAST(type AS BLOB) AS type,
    CAST(data AS BLOB) AS data, sealed, CAST(metadata AS BLOB) AS metadata,
    CAST(created_at AS BLOB) AS created_at, hash
  FROM event_store ORDER BY position`;

/**
 * Reads the film once: its chain, the places of events, their seals, keys and commands.
 *
 * @param scratch where the read models are developed on the way; null where they need not be
 */
export function* inspectFilm(
  database: Database,
  { schema, masterKey, kept, developedUntil = Infinity, onProgress }: FilmOptions,
  scratch: Database | null,
): Inspection<FilmHead> {
  const keys = keyTable(database);
  const keyless = new Set<number>();
  const erased = new Set<number>();
  const seals = new Seals(masterKey, schema, {
    ...keys,
    find(personId) {
      const wrapped = keys.find(personId);
      if (wrapped === undefined) keyless.add(personId);
      return wrapped;
    },
  });
  const predecessor = withBigInts(database.prepare(
    "SELECT position FROM event_store WHERE stream = CAST(? AS TEXT) AND version = ?",
  ));
  const command = withBigInts(
    database.prepare("SELECT position FROM command WHERE command_id = ?"),
  );
  const total = countOf(database, "event_store");
  const project = projectionOf(schema.readModels);
  let position = 0n;
  let hash = GENESIS;
  let keptHash = kept?.position === 0 ? GENESIS : null;

  for (const raw of withBigInts(database.prepare(RAW_FILM)).iterate()) {
    const row = raw as unknown as RawRow;
    const where = `event ${row.position}`;
    if (row.position !== position + 1n) {
      yield { where, problem: `Follows event ${position}` };
    }
    if (!same(hashOf(hash, row), row.hash)) {
      yield { where, problem: "Its hash is not that of its content and its predecessor's hash" };
    }
    position = row.position;
    hash = row.hash;
    if (kept !== undefined && position === BigInt(kept.position)) keptHash = hash;

    if (row.version !== 1n) {
      const before = predecessor.get(row.stream, row.version - 1n) as
        | { position: bigint }
        | undefined;
      if (row.version < 1n || before === undefined || before.position > position) {
        yield { where, problem: `Version ${row.version} of its stream follows no earlier one` };
      }
    }
    try {
      const event = readEvent(decoded(row), seals, schema);
      const { command_id } = event.metadata as Metadata;
      const recorded = command.get(command_id) as { position: bigint } | undefined;
      if (recorded === undefined || recorded.position < position) {
        yield { where, problem: "Its command is not recorded" };
      }
      const whose = schema.erasing[event.type];
      if (whose !== undefined) erased.add((event.data as Record<string, number>)[whose]!);
      if (scratch !== null && position <= developedUntil) {
        for (const statement of project(event)) scratch.run(statement);
      }
    } catch (error) {
      yield { where, problem: `Cannot be read: ${reasonOf(error)}` };
    }
    onProgress?.(Number(position), total);
    yield null;
  }

  const head = { position: Number(position), hash: hex(hash) };
  yield* inspectKeptHead(head, keptHash, kept);
  yield* inspectKeys(database, masterKey, erased);
  for (const personId of keyless) {
    yield { where: keyOfPerson(personId), problem: "Is missing" };
  }
  yield* inspectCommands(database, head);
  return head;
}

function* inspectKeptHead(
  head: FilmHead,
  keptHash: Uint8Array | null,
  kept: FilmHead | undefined,
): Inspection {
  if (kept === undefined) return;
  const where = `event ${kept.position}`;
  if (keptHash === null) {
    yield { where, problem: `Is missing: the film ends with event ${head.position}` };
  } else if (hex(keptHash) !== kept.hash.toLowerCase()) {
    yield { where, problem: "Its hash is not the one that was kept" };
  }
}

function* inspectKeys(
  database: Database,
  masterKey: EventStoreOptions["masterKey"],
  erased: Set<number>,
): Inspection {
  const rows = database.prepare("SELECT person_id, wrapped FROM person_key ORDER BY person_id");
  for (const row of rows.iterate()) {
    const { person_id, wrapped } = row as { person_id: number; wrapped: Uint8Array | null };
    const where = keyOfPerson(person_id);
    const isErased = erased.delete(person_id);
    if (wrapped === null) {
      if (!isErased) yield { where, problem: "Is destroyed, though nothing erased the person" };
    } else if (isErased) {
      yield { where, problem: "Is there, though the person is erased" };
    } else {
      try {
        masterKey.unwrap(person_id, wrapped);
      } catch {
        yield { where, problem: "Does not open with the master key" };
      }
    }
  }
  for (const personId of erased) {
    yield { where: keyOfPerson(personId), problem: "Is not known to be destroyed" };
  }
}

const keyOfPerson = (personId: number): string => `key of person ${personId}`;

function* inspectCommands(database: Database, head: FilmHead): Inspection {
  const later = database.prepare("SELECT command_id FROM command WHERE position > ?");
  for (const row of later.iterate(head.position)) {
    const { command_id } = row as { command_id: string };
    yield { where: `command ${command_id}`, problem: "Was recorded after the end of the film" };
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

const decoded = (row: RawRow) => ({
  position: Number(row.position),
  stream: decoder.decode(row.stream),
  version: Number(row.version),
  type: decoder.decode(row.type),
  data: decoder.decode(row.data),
  sealed: row.sealed,
  metadata: decoder.decode(row.metadata),
  created_at: decoder.decode(row.created_at),
});

/** Without values, which could be personal. */
const reasonOf = (error: unknown): string =>
  error instanceof SyntaxError ? "it is no JSON" : (error as Error).message;
