import type { Config } from "../fresh.config.ts";
import { type Clock, systemClock } from "../domain/core/clock.ts";
import type { EventStore } from "../domain/event_store/event_store.ts";
import { openFilmroll } from "../domain/mod.ts";
import { Accounts } from "./accounts.ts";
import { jwtSecretOf, makeDataDir, openStore } from "./data_dir.ts";
import { eraseInTime } from "./erasing.ts";
import { everyInterval } from "./every.ts";
import { Faults } from "./faults.ts";
import { Live } from "./live.ts";
import { Metrics } from "./metrics.ts";
import { Passwords } from "./passwords.ts";
import { RateLimiter } from "./rate_limit.ts";
import { readinessOf } from "./readiness.ts";
import type { Services } from "./state.ts";
import { Tokens } from "./tokens.ts";

export interface OpenServices {
  readonly services: Services;
  /** Erases whose time has come, now; also done every minute. */
  readonly erase: () => Promise<void>;
  /** Finishes what is queued, and closes the store. */
  readonly close: () => Promise<void>;
}

/**
 * Opens DATA_DIR and all that works on it.
 *
 * @throws ConfigError if the folder or a secret cannot be used, StoreUnavailable if the database
 */
export function openServices(config: Config): OpenServices {
  makeDataDir(config.dataDir);
  return assembleServices(config, openStore(config), jwtSecretOf(config));
}

/** Puts the services together over a store that is open. */
export function assembleServices(
  config: Pick<
    Config,
    | "bcryptCost"
    | "dataDir"
    | "eraseGraceDays"
    | "metricsToken"
    | "passwordBlocklist"
    | "publicUrl"
    | "rateLimit"
  >,
  store: EventStore,
  jwtSecret: string,
  clock: Clock = systemClock,
): OpenServices {
  const { bcryptCost, dataDir, metricsToken, passwordBlocklist, publicUrl, rateLimit } = config;
  const filmroll = openFilmroll(store);
  const limiter = new RateLimiter(rateLimit);
  const accounts = new Accounts({
    filmroll,
    limiter,
    passwords: new Passwords({ cost: bcryptCost, blocklist: passwordBlocklist }),
    tokens: new Tokens(jwtSecret),
    clock,
  });
  const faults = new Faults(clock);
  const live = new Live({ store, queries: filmroll.queries, clock, faults });
  const readiness = readinessOf(store);
  const metrics = new Metrics({ readiness, openStreams: () => live.openStreams });
  const stopWatching = [
    store.observe(metrics.storeObserver),
    store.onCommitted(() => faults.over("database")),
    metrics.watchEventLoop(everyInterval),
  ];
  const erasing = eraseInTime({ filmroll, store, clock, every: everyInterval });
  return {
    erase: erasing.run,
    services: {
      filmroll,
      accounts,
      live,
      limiter,
      faults,
      clock,
      publicUrl,
      eraseGraceDays: config.eraseGraceDays,
      mediaDir: `${dataDir}/media`,
      watching: { metrics, metricsToken, readiness },
    },
    async close() {
      for (const stop of stopWatching) stop();
      live.close();
      await erasing.stop();
      await store.close();
    },
  };
}
