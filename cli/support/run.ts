import { type EventStore, StoreUnavailable } from "../../domain/event_store/event_store.ts";
import { DomainError } from "../../domain/core/errors.ts";
import { type Filmroll, openFilmroll } from "../../domain/mod.ts";
import { type Config, ConfigError, readConfig } from "../../fresh.config.ts";
import { isFilmrolls } from "../../domain/event_store/postgres/existing.ts";
import { databaseOf, openStore } from "../../web/data_dir.ts";
import { RestoreRefused } from "../backup/restore.ts";
import { exists } from "./files.ts";
import { followRebuild } from "./progress.ts";

/** What a command ends the program with. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** What the operator can mend, as opposed to a mistake of the program. */
const expected = [
  ConfigError,
  DomainError,
  RestoreRefused,
  StoreUnavailable,
  Deno.errors.NotFound,
  Deno.errors.PermissionDenied,
  Deno.errors.FilesystemLoop,
  Deno.errors.NotADirectory,
  Deno.errors.IsADirectory,
];

/** Says in one line why a command failed, and ends the program. */
export function fail(error: unknown): never {
  if (!expected.some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  Deno.exit(exitCodes.failed);
}

export const config = (): Config => readConfig((name) => Deno.env.get(name));

/**
 * The configuration of a Filmroll that is there, since no command makes one.
 *
 * @throws ConfigError if there is none, StoreUnavailable if a server that may have one does not answer
 */
export async function configOfExisting(): Promise<Config> {
  const found = config();
  if (found.database === null) return await configOfFile();
  if (await isFilmrolls(found.database.url)) return found;
  throw new ConfigError("There is no Filmroll in the database of DATABASE_URL");
}

/**
 * The configuration of a DATA_DIR that has a database in it.
 *
 * @throws ConfigError
 */
export async function configOfFile(): Promise<Config> {
  const found = config();
  if (await exists(databaseOf(found.dataDir))) return found;
  throw new ConfigError(`There is no Filmroll in "${found.dataDir}"; set DATA_DIR`);
}

export interface Opened {
  readonly store: EventStore;
  readonly filmroll: Filmroll;
  readonly config: Config;
}

/** Works with the store that is configured, also beside a running server, and closes it. */
export async function withStore<Result>(use: (opened: Opened) => Promise<Result>): Promise<Result> {
  const config = await configOfExisting();
  const store = await openStore(config, { onRebuild: followRebuild() });
  try {
    return await use({ store, filmroll: openFilmroll(store), config });
  } finally {
    await store.close();
  }
}
