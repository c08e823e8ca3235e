/** Moving a Filmroll from the file in DATA_DIR to a PostgreSQL, and back. */
import { schemaOf } from "../../domain/core/bus.ts";
import { StoreUnavailable } from "../../domain/event_store/event_store.ts";
import { compare } from "../../domain/event_store/moving/compare.ts";
import { copyFromPostgres, holdPostgres } from "../../domain/event_store/moving/from_postgres.ts";
import { copyToPostgres } from "../../domain/event_store/moving/to_postgres.ts";
import { PostgresEventStore } from "../../domain/event_store/postgres/postgres_event_store.ts";
import { Database } from "../../domain/event_store/sqlite/database.ts";
import { isInUse } from "../../domain/event_store/sqlite/snapshot.ts";
import { SqliteEventStore } from "../../domain/event_store/sqlite/sqlite_event_store.ts";
import type { Verification } from "../../domain/event_store/sqlite/verify.ts";
import { contexts, openFilmroll } from "../../domain/mod.ts";
import { type Config, ConfigError } from "../../fresh.config.ts";
import { FileStorage } from "../../media/storage/files.ts";
import { S3Storage } from "../../media/storage/s3.ts";
import { databaseOf, makeDataDir, masterKeyOf } from "../../web/data_dir.ts";
import { exists, sync } from "../support/files.ts";
import { follow, followFilm, followRebuild } from "../support/progress.ts";
import { type CopiedPictures, copyPictures } from "./pictures.ts";

export interface Migrated {
  /** What differs between here and there: nothing, or it is not done. */
  readonly verification: Verification;
  /** Null where pictures stay where they are. */
  readonly pictures: CopiedPictures | null;
}

export interface MigrateOptions {
  readonly config: Config;
  /** Whether the pictures go along, where a store of objects is set. */
  readonly pictures: boolean;
}

/**
 * Copies the Filmroll in DATA_DIR to the database of DATABASE_URL, and its pictures to the store of
 * objects if one is set. Broken off, it goes on where it was. What is in DATA_DIR stays as it is.
 *
 * @throws StoreUnavailable, ConfigError with one line for the operator
 */
export async function sqliteToPostgres({ config, pictures }: MigrateOptions): Promise<Migrated> {
  const { url, options, path } = ends(config);
  if (isInUse(path)) {
    throw new StoreUnavailable(`A server is running on "${config.dataDir}"; stop it first`);
  }
  // Of an earlier version it is brought to today's.
  await SqliteEventStore.open(path, { ...options, onRebuild: followRebuild() }).close();
  const database = new Database(path, { pragmas: ["locking_mode = EXCLUSIVE"] });
  try {
    database.exec("BEGIN IMMEDIATE");
    await copyToPostgres(database, url, options.schema, followFilm("Copying events"));
    const store = await PostgresEventStore.open(url, { ...options, onRebuild: followRebuild() });
    let copied: CopiedPictures | null = null;
    try {
      const { dataDir, mediaStore } = config;
      if (pictures && mediaStore !== null) {
        copied = await copyPictures(
          openFilmroll(store),
          FileStorage.open(`${dataDir}/media`),
          new S3Storage(mediaStore),
          follow("Copying pictures"),
        );
      }
    } finally {
      await store.close();
    }
    return { verification: await compareBoth(database, config), pictures: copied };
  } finally {
    database.close();
  }
}

/**
 * Copies the Filmroll in the database of DATABASE_URL into DATA_DIR, where none may be, and its pictures
 * from the store of objects if one is set. Broken off, it goes on where it was.
 *
 * @throws StoreUnavailable, ConfigError with one line for the operator
 */
export async function postgresToSqlite({ config, pictures }: MigrateOptions): Promise<Migrated> {
  const { url, options, path } = ends(config);
  const { dataDir, mediaStore } = config;
  makeDataDir(dataDir);
  if (await exists(path)) {
    throw new ConfigError(`There is a Filmroll in "${dataDir}" already; move it away first`);
  }
  // Read models of another version are brought to today's.
  await (await PostgresEventStore.open(url, { ...options, onRebuild: followRebuild() })).close();
  await using _held = await holdPostgres(url);
  const draft = `${path}.moving`;
  await copyFromPostgres(url, draft, {
    ...options,
    onCopied: followFilm("Copying events"),
    onRebuild: followRebuild(),
  });
  const database = new Database(draft, { pragmas: [] });
  let verification: Verification;
  try {
    verification = await compareBoth(database, config);
  } finally {
    database.close();
  }
  if (verification.found > 0) return { verification, pictures: null };
  let copied: CopiedPictures | null = null;
  if (pictures && mediaStore !== null) {
    const store = SqliteEventStore.open(draft, options);
    try {
      copied = await copyPictures(
        openFilmroll(store),
        new S3Storage(mediaStore),
        FileStorage.open(`${dataDir}/media`),
        follow("Copying pictures"),
      );
    } finally {
      await store.close();
    }
  }
  await Deno.rename(draft, path);
  await sync(dataDir);
  return { verification, pictures: copied };
}

/** Where it comes from and where it goes. */
function ends(config: Config) {
  if (config.database === null) {
    throw new ConfigError("DATABASE_URL is not set, but must be the address of a PostgreSQL");
  }
  return {
    url: config.database.url,
    path: databaseOf(config.dataDir),
    options: { schema: schemaOf(contexts), masterKey: masterKeyOf(config) },
  };
}

function compareBoth(database: Database, config: Config): Promise<Verification> {
  const { url, options } = ends(config);
  return compare(database, url, {
    ...options,
    folder: config.dataDir,
    onCopied: followFilm("Reading it back"),
    onProgress: follow("Comparing", 1000),
  });
}
