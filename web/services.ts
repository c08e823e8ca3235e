import { type Clock, systemClock } from "../domain/core/clock.ts";
import type { EventStore, EventStoreOptions } from "../domain/event_store/event_store.ts";
import { openFilmroll } from "../domain/mod.ts";
import type { Config } from "../fresh.config.ts";
import { PictureProcessor } from "../media/processor.ts";
import { emptyFolder } from "../media/temporary.ts";
import { Accounts } from "./accounts.ts";
import { Importer } from "./archive/importer.ts";
import { jwtSecretOf, makeDataDir, openMediaStorage, openStore } from "./data_dir.ts";
import { eraseInTime } from "./erasing.ts";
import { everyInterval } from "./every.ts";
import { Faults } from "./faults.ts";
import { Live } from "./live/live.ts";
import { errorFacts, log } from "./log.ts";
import { MediaCollector } from "./media/collector.ts";
import { MediaLibrary } from "./media/library.ts";
import { Passwords } from "./passwords.ts";
import { RateLimiter } from "./rate_limit.ts";
import type { Services } from "./state.ts";
import { Tokens } from "./tokens.ts";
import { Activity } from "./watching/activity.ts";
import { Metrics } from "./watching/metrics.ts";
import { Operating } from "./watching/operating.ts";
import { readinessOf } from "./watching/readiness.ts";

export interface OpenServices {
  readonly services: Services;
  /** Erases whose time has come, now; also done every minute. */
  readonly erase: () => Promise<void>;
  readonly collector: MediaCollector;
  /** Finishes what is queued, and closes the store. */
  readonly close: () => Promise<void>;
}

/**
 * Opens DATA_DIR and all that works on it.
 *
 * @throws ConfigError if the folder or a secret cannot be used, StoreUnavailable if the database
 */
export function openServices(
  config: Config,
  options: Pick<EventStoreOptions, "onRebuild"> = {},
): OpenServices {
  makeDataDir(config.dataDir);
  return assembleServices(config, openStore(config, options), jwtSecretOf(config));
}

/** Puts the services together over a store that is open. */
export function assembleServices(
  config: Pick<
    Config,
    | "bcryptCost"
    | "dataDir"
    | "eraseGraceDays"
    | "mediaStore"
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
  const uploadsDir = `${dataDir}/uploads`;
  emptyFolder(uploadsDir);
  const processor = new PictureProcessor();
  const pictures = new MediaLibrary({ filmroll, processor, storage: openMediaStorage(config) });
  const collector = new MediaCollector({ store, filmroll, library: pictures, clock });
  const importer = new Importer({ filmroll, pictures, folder: `${dataDir}/imports` });
  const resuming = importer.resume().catch((error) =>
    log("error", "Imports did not go on", errorFacts(error))
  );
  const live = new Live({ store, queries: filmroll.queries, clock, faults });
  const readiness = readinessOf(store);
  const metrics = new Metrics({ readiness, openStreams: () => live.openStreams });
  const activity = new Activity(clock);
  const stopWatching = [
    store.observe(metrics.storeObserver),
    store.observe({ command: () => activity.command(), group: () => {} }),
    store.onCommitted(() => faults.over("database")),
    metrics.watchEventLoop(everyInterval),
  ];
  const erasing = eraseInTime({ filmroll, store, clock, every: everyInterval });
  return {
    services: {
      filmroll,
      accounts,
      live,
      limiter,
      faults,
      importer,
      clock,
      publicUrl,
      eraseGraceDays: config.eraseGraceDays,
      pictures,
      uploadsDir,
      watching: { activity, metrics, metricsToken, readiness },
      operating: new Operating(store),
    },
    erase: erasing.run,
    collector,
    async close() {
      for (const stop of stopWatching) stop();
      live.close();
      const importing = resuming.then(() => importer.stop());
      processor.close();
      await importing;
      await erasing.stop();
      await collector.close();
      await store.close();
    },
  };
}
