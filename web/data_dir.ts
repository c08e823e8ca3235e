/** DATA_DIR: the database, unless a server keeps it, and the secrets that nobody has set. */
import { randomBytes } from "node:crypto";
import { schemaOf } from "../domain/core/bus.ts";
import type { EventStore, EventStoreOptions } from "../domain/event_store/event_store.ts";
import { MasterKey } from "../domain/event_store/master_key.ts";
import { PostgresEventStore } from "../domain/event_store/postgres/postgres_event_store.ts";
import { SqliteEventStore } from "../domain/event_store/sqlite/sqlite_event_store.ts";
import { contexts } from "../domain/mod.ts";
import { type Config, ConfigError } from "../fresh.config.ts";
import { FileStorage } from "../media/storage/files.ts";
import { S3Storage } from "../media/storage/s3.ts";
import type { MediaStorage } from "../media/storage.ts";

/**
 * Makes the folder if it is missing.
 *
 * @throws ConfigError if it cannot be written
 */
export function makeDataDir(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
    const probe = Deno.makeTempFileSync({ dir: path, prefix: ".writable-" });
    Deno.removeSync(probe);
  } catch (error) {
    throw new ConfigError(`DATA_DIR "${path}" cannot be written: ${(error as Error).message}`);
  }
}

export const databaseOf = (dataDir: string): string => `${dataDir}/filmroll.db`;

/**
 * Opens the store: of a DATA_DIR, with its own master key unless one is set, or of a database server.
 *
 * @throws ConfigError if the key cannot be used, StoreUnavailable if the database
 */
export async function openStore(
  { dataDir, database, masterKey }: Pick<Config, "dataDir" | "database" | "masterKey">,
  options: Pick<EventStoreOptions, "clock" | "onRebuild"> = {},
): Promise<EventStore> {
  const all = {
    schema: schemaOf(contexts),
    masterKey: masterKeyOf({ dataDir, masterKey }),
    ...options,
  };
  return database === null
    ? SqliteEventStore.open(databaseOf(dataDir), all)
    : await PostgresEventStore.open(database.url, { ...all, replicas: database.replicas });
}

/** Where pictures are kept: a folder of DATA_DIR, unless a store elsewhere is set. */
export const openMediaStorage = (
  { dataDir, mediaStore }: Pick<Config, "dataDir" | "mediaStore">,
): MediaStorage =>
  mediaStore === null ? FileStorage.open(`${dataDir}/media`) : new S3Storage(mediaStore);

export const masterKeyOf = (
  { dataDir, masterKey }: Pick<Config, "dataDir" | "masterKey">,
): MasterKey => new MasterKey(masterKey ?? keptSecret(dataDir, "master_key"));

export const jwtSecretOf = (
  { dataDir, jwtSecret }: Pick<Config, "dataDir" | "jwtSecret">,
): string => jwtSecret ?? keptSecret(dataDir, "jwt_secret");

/** The secret in a file of a folder that its owner alone can read; made when it is missing. */
function keptSecret(folder: string, name: string): string {
  const path = `${folder}/${name}`;
  try {
    const secret = Deno.readTextFileSync(path).trim();
    if (secret.length >= 32) return secret;
    throw new ConfigError(
      `"${path}" holds no secret of 32 characters or more; delete it or mend it`,
    );
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const secret = randomBytes(48).toString("base64url");
  // Whole and on disk before anything depends on it: a lost master key loses what it sealed.
  const draft = Deno.makeTempFileSync({ dir: folder, prefix: `.${name}-` });
  Deno.writeTextFileSync(draft, `${secret}\n`);
  sync(draft);
  Deno.renameSync(draft, path);
  sync(folder);
  return secret;
}

function sync(path: string): void {
  using file = Deno.openSync(path);
  file.syncSync();
}
