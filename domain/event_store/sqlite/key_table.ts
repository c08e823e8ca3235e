import { timingSafeEqual } from "node:crypto";
import { StoreUnavailable } from "../event_store.ts";
import type { MasterKey } from "../master_key.ts";
import type { KeyTable } from "../sealing.ts";
import type { Database } from "./database.ts";

/** The table `person_key`: a row whose key is NULL is that of somebody erased. */
export const keyTable = (database: Database): KeyTable => ({
  find(personId) {
    const row = database.prepare("SELECT wrapped FROM person_key WHERE person_id = ?")
      .get(personId) as { wrapped: Uint8Array | null } | undefined;
    return row?.wrapped;
  },
  add(personId, wrapped) {
    database.prepare("INSERT INTO person_key (person_id, wrapped) VALUES (?, ?)")
      .run(personId, wrapped);
  },
  destroy(personId) {
    database.prepare(
      `INSERT INTO person_key (person_id, wrapped) VALUES (?, NULL)
       ON CONFLICT (person_id) DO UPDATE SET wrapped = NULL`,
    ).run(personId);
  },
});

/** A database knows its master key from the first time that it is opened. */
export function keepVerifier(database: Database, { verifier }: MasterKey): void {
  database.prepare("INSERT OR IGNORE INTO master_key (id, verifier) VALUES (1, ?)").run(verifier);
}

/** @throws StoreUnavailable if the database was made with another master key */
export function requireMasterKey(database: Database, path: string, { verifier }: MasterKey): void {
  const known = database.prepare("SELECT verifier FROM master_key").get() as
    | { verifier: Uint8Array }
    | undefined;
  if (known !== undefined && timingSafeEqual(known.verifier, verifier)) return;
  throw new StoreUnavailable(
    `The master key is not the one that "${path}" was made with; ` +
      "put back MASTER_KEY or the file master_key",
  );
}
