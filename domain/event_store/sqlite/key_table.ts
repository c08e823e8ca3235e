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
