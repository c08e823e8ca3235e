import { schemaOf } from "../../domain/core/bus.ts";
import { copyFromPostgres } from "../../domain/event_store/moving/from_postgres.ts";
import type { FilmHead } from "../../domain/event_store/sqlite/inspect_film.ts";
import { estimateSnapshot } from "../../domain/event_store/sqlite/snapshot.ts";
import { contexts } from "../../domain/mod.ts";
import type { Config, DatabaseServer } from "../../fresh.config.ts";
import { databaseOf, masterKeyOf } from "../../web/data_dir.ts";
import { followFilm, followRebuild } from "../support/progress.ts";
import { snapshot } from "./snapshot.ts";

/** A database as it is at one moment, as a file of SQLite's. */
export interface DatabaseCopy {
  /** Bytes that making it tells of, more or less. */
  readonly estimate: number;
  /** Makes it, at a path where nothing is. */
  readonly make: (path: string, onBytes: (bytes: number) => void) => Promise<FilmHead>;
}

export const copyOf = (config: Pick<Config, "database" | "dataDir" | "masterKey">): DatabaseCopy =>
  config.database === null ? copyOfFile(config.dataDir) : copyOfServer(config, config.database);

export function copyOfFile(dataDir: string): DatabaseCopy {
  const path = databaseOf(dataDir);
  return {
    estimate: estimateSnapshot(path),
    make: (copy, onBytes) => snapshot(path, copy, onBytes),
  };
}

/** It shows by itself how far it is. */
const copyOfServer = (
  config: Pick<Config, "dataDir" | "masterKey">,
  { url }: DatabaseServer,
): DatabaseCopy => ({
  estimate: 0,
  make: (copy) =>
    copyFromPostgres(url, copy, {
      schema: schemaOf(contexts),
      masterKey: masterKeyOf(config),
      onCopied: followFilm("Copying events"),
      onRebuild: followRebuild(),
    }),
});
