import { randomBytes } from "node:crypto";
import { type Config, ConfigError } from "../fresh.config.ts";
import { schemaOf } from "../domain/core/bus.ts";
import { type Clock, systemClock } from "../domain/core/clock.ts";
import type { EventStore } from "../domain/event_store/event_store.ts";
import { SqliteEventStore } from "../domain/event_store/sqlite/sqlite_event_store.ts";
import { contexts, openFilmroll } from "../domain/mod.ts";
import { Accounts } from "./accounts.ts";
import { everyInterval } from "./every.ts";
import { Live } from "./live.ts";
import { Metrics } from "./metrics.ts";
import { Passwords } from "./passwords.ts";
import { RateLimiter } from "./rate_limit.ts";
import { readinessOf } from "./readiness.ts";
import type { Services } from "./state.ts";
import { Tokens } from "./tokens.ts";

export interface OpenServices {
  readonly services: Services;
  /** Finishes what is queued, and closes the store. */
  readonly close: () => Promise<void>;
}

/**
 * Opens DATA_DIR and all that works on it.
 *
 * @throws ConfigError if the folder or the secret cannot be used, StoreUnavailable if the database
 */
export function openServices(config: Config): OpenServices {
  makeFolder(config.dataDir);
  const secret = config.jwtSecret ?? keptSecret(`${config.dataDir}/jwt_secret`);
  const store = SqliteEventStore.open(`${config.dataDir}/filmroll.db`, {
    schema: schemaOf(contexts),
  });
  return assembleServices(config, store, secret);
}

/** Puts the services together over a store that is open. */
export function assembleServices(
  { bcryptCost, dataDir, metricsToken, passwordBlocklist, publicUrl, rateLimit }: Pick<
    Config,
    "bcryptCost" | "dataDir" | "metricsToken" | "passwordBlocklist" | "publicUrl" | "rateLimit"
  >,
  store: EventStore,
  jwtSecret: string,
  clock: Clock = systemClock,
): OpenServices {
  const filmroll = openFilmroll(store);
  const limiter = new RateLimiter(rateLimit);
  const accounts = new Accounts({
    filmroll,
    limiter,
    passwords: new Passwords({ cost: bcryptCost, blocklist: passwordBlocklist }),
    tokens: new Tokens(jwtSecret),
    clock,
  });
  const live = new Live({ store, queries: filmroll.queries, clock });
  const readiness = readinessOf(store);
  const metrics = new Metrics({ readiness, openStreams: () => live.openStreams });
  const stopWatching = [
    store.observe(metrics.storeObserver),
    metrics.watchEventLoop(everyInterval),
  ];
  return {
    services: {
      filmroll,
      accounts,
      live,
      limiter,
      clock,
      publicUrl,
      mediaDir: `${dataDir}/media`,
      watching: { metrics, metricsToken, readiness },
    },
    close() {
      for (const stop of stopWatching) stop();
      live.close();
      return store.close();
    },
  };
}

function makeFolder(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
    const probe = Deno.makeTempFileSync({ dir: path, prefix: ".writable-" });
    Deno.removeSync(probe);
  } catch (error) {
    throw new ConfigError(`DATA_DIR "${path}" cannot be written: ${(error as Error).message}`);
  }
}

/** The secret in a file that its owner alone can read; made when it is missing. */
function keptSecret(path: string): string {
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
  Deno.writeTextFileSync(path, `${secret}\n`, { mode: 0o600, createNew: true });
  return secret;
}
