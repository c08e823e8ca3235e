import { type Clock, systemClock } from "../domain/core/clock.ts";
import { Erasure } from "../domain/erasure/erasure.ts";
import type {
  EventStore,
  EventStoreOptions,
  Leadership,
  Work,
} from "../domain/event_store/event_store.ts";
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
import { type Nodes, oneNode } from "./nodes/nodes.ts";
import { nodesOver } from "./nodes/postgres.ts";
import { Passwords } from "./passwords.ts";
import type { Services } from "./state.ts";
import { Tokens } from "./tokens.ts";
import { Activity } from "./watching/activity.ts";
import { Metrics } from "./watching/metrics.ts";
import { Operating } from "./watching/operating.ts";
import { readinessOf } from "./watching/readiness.ts";

const HOUR = 60 * 60 * 1000;

export interface OpenServices {
  readonly services: Services;
  /** Erases whose time has come, now; also done every minute. */
  readonly erase: () => Promise<void>;
  readonly collector: MediaCollector;
  /** Finishes what is queued, and closes the store. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the store, DATA_DIR, and all that works on them.
 *
 * @throws ConfigError if the folder or a secret cannot be used, StoreUnavailable if the database
 */
export async function openServices(
  config: Config,
  options: Pick<EventStoreOptions, "onRebuild"> = {},
): Promise<OpenServices> {
  makeDataDir(config.dataDir);
  if (config.database !== null && config.mediaStore === null) {
    log("warn", "Pictures are kept in DATA_DIR, where other nodes do not see them: set MEDIA_S3_*");
  }
  const jwtSecret = jwtSecretOf(config);
  const store = await openStore(config, options);
  try {
    const nodes = await openNodes(config, store, jwtSecret);
    return assembleServices(config, { store, nodes, jwtSecret });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Finds out what this program has in common with others over the same database. */
export const openNodes = async (
  { database, rateLimit }: Pick<Config, "database" | "rateLimit">,
  store: EventStore,
  jwtSecret: string,
): Promise<Nodes> =>
  database === null
    ? oneNode(rateLimit)
    : await nodesOver({ store, url: database.url, rateLimit, jwtSecret });

export interface Foundation {
  readonly store: EventStore;
  readonly nodes: Nodes;
  readonly jwtSecret: string;
  readonly clock?: Clock;
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
  >,
  { store, nodes, jwtSecret, clock = systemClock }: Foundation,
): OpenServices {
  const { bcryptCost, dataDir, metricsToken, passwordBlocklist, publicUrl } = config;
  const { areSeveral, limiter, locks, relay } = nodes;
  const filmroll = openFilmroll(store);
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
  const storage = openMediaStorage(config);
  const pictures = new MediaLibrary({ filmroll, processor, storage, locks });
  const collector = new MediaCollector({
    store,
    filmroll,
    library: pictures,
    clock,
    isShared: areSeveral,
  });
  const importer = new Importer({
    filmroll,
    pictures,
    folder: `${dataDir}/imports`,
    clock,
    patience: areSeveral ? 24 * HOUR : 0,
  });
  const resuming = importer.resume().catch((error) =>
    log("error", "Imports did not go on", errorFacts(error))
  );
  const live = new Live({ store, queries: filmroll.queries, relay, clock, faults });
  const erasure = new Erasure({ filmroll, store, clock });
  const led: Readonly<Record<string, Leadership>> = {
    erasing: store.lead(
      "erasing",
      () => eraseInTime({ erasure, events: filmroll.events, every: everyInterval }),
    ),
    imports: store.lead("imports", () => endLostImports(importer, resuming)),
    pictures: collector.leadership,
  };
  const readiness = readinessOf(store, () => namesOfLed(led));
  const metrics = new Metrics({ readiness, openStreams: () => live.openStreams });
  const activity = new Activity(clock);
  const stopWatching = [
    store.observe(metrics.storeObserver),
    store.observe({ command: () => activity.command(), group: () => {} }),
    store.onCommitted(() => faults.over("database")),
    metrics.watchEventLoop(everyInterval),
  ];
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
      areSeveralNodes: areSeveral,
      operating: new Operating(store),
    },
    erase: () => erasure.run(),
    collector,
    async close() {
      for (const stop of stopWatching) stop();
      live.close();
      const importing = resuming.then(() => importer.stop());
      processor.close();
      await importing;
      await led.erasing!.stop();
      await led.imports!.stop();
      await collector.close();
      await nodes.close();
      await store.close();
    },
  };
}

/** Ends imports whose archives are nowhere: at once, and every hour. */
function endLostImports(importer: Importer, resumed: Promise<void>): Work {
  const look = () =>
    void resumed.then(() => importer.endLost()).catch((error) =>
      log("error", "Lost imports were not ended", errorFacts(error))
    );
  look();
  return { stop: everyInterval(HOUR, look) };
}

const namesOfLed = (led: Readonly<Record<string, Leadership>>): string[] =>
  Object.entries(led).filter(([, { isLeading }]) => isLeading).map(([name]) => name);
