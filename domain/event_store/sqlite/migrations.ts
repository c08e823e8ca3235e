import type { Pseudonym } from "../../core/decider.ts";
import { StoreUnavailable } from "../event_store.ts";
import { GENESIS, hashOf } from "../hash_chain.ts";
import type { Seals } from "../sealing.ts";
import type { Database } from "./database.ts";
import type { EventRow } from "../event_row.ts";
import { insertEvent } from "./insert_event.ts";
import { tables } from "./tables.ts";

export interface Migration {
  readonly isNew: boolean;
  readonly seals: Seals;
  readonly pseudonym: Pseudonym;
}

/** What a database of each earlier version is taken on by. */
const steps: readonly ((database: Database, migration: Migration) => void)[] = [sealAndChain];

/**
 * Brings a database to today's version, in the transaction under way.
 *
 * @throws StoreUnavailable if a later Filmroll wrote it
 */
export function migrate(database: Database, migration: Migration): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
    user_version: number;
  };
  if (version > steps.length) {
    throw new StoreUnavailable(
      `The database is of version ${version}, and this Filmroll knows ${steps.length} at most`,
    );
  }
  if (!migration.isNew) { for (const step of steps.slice(version)) step(database, migration); }
  database.exec(`PRAGMA user_version = ${steps.length}`);
}

/** Until version 1 a claim's stream was named by the name, or by the address's SHA-256. */
const CLAIMS: Readonly<Record<string, { readonly kind: string; readonly field: string }>> = {
  UsernameClaimed: { kind: "username", field: "username" },
  EmailClaimed: { kind: "email", field: "emailHash" },
};

type OldRow = Omit<EventRow, "sealed">;

/** Version 1: what is personal is sealed, names become pseudonyms, and each event has its hash. */
function sealAndChain(database: Database, { seals, pseudonym }: Migration): void {
  database.exec("ALTER TABLE event_store RENAME TO event_store_0");
  for (const table of tables) database.exec(table);
  const insert = insertEvent(database);
  const film = database.prepare("SELECT * FROM event_store_0 ORDER BY position").iterate();
  let hash = GENESIS;
  for (const old of film as Iterable<unknown> as Iterable<OldRow>) {
    const { stream, data } = withPseudonym(old, pseudonym);
    const stored = seals.seal({ ...old, stream }, data);
    const row = { ...old, stream, data: JSON.stringify(stored.data), sealed: stored.sealed };
    hash = hashOf(hash, row);
    insert(row, hash);
  }
  database.exec("DROP TABLE event_store_0");
}

function withPseudonym({ stream, type, data }: OldRow, pseudonym: Pseudonym) {
  const facts = JSON.parse(data) as Record<string, unknown>;
  const claim = CLAIMS[type];
  if (claim === undefined) return { stream, data: facts };
  const { [claim.field]: claimed, ...rest } = facts;
  const name = pseudonym(String(claimed));
  return { stream: `${claim.kind}-${name}`, data: { pseudonym: name, ...rest } };
}
