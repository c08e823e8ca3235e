import { fileURLToPath } from "node:url";
import { Builder } from "fresh/dev";
import { schemaOf } from "../../domain/core/bus.ts";
import { type Clock, systemClock } from "../../domain/core/clock.ts";
import type { EventStore } from "../../domain/event_store/event_store.ts";
import { PostgresEventStore } from "../../domain/event_store/postgres/postgres_event_store.ts";
import { SqliteEventStore } from "../../domain/event_store/sqlite/sqlite_event_store.ts";
import { contexts, type Filmroll } from "../../domain/mod.ts";
import { masterKey } from "../../domain/testing.ts";
import type { S3Options } from "../../media/storage/s3.ts";
import { createApp } from "../../web/app.ts";
import type { Importer } from "../../web/archive/importer.ts";
import type { Live } from "../../web/live/live.ts";
import type { MediaCollector } from "../../web/media/collector.ts";
import type { RateLimiter } from "../../web/rate_limit.ts";
import { assembleServices, openNodes } from "../../web/services.ts";
import type { Operating } from "../../web/watching/operating.ts";

/** What access tokens of test servers are signed with. */
export const JWT_SECRET = "a secret that only tests know, of 32 characters and more";

export interface ServerOptions {
  readonly clock?: Clock;
  /** False by default: tests send more than people do. */
  readonly rateLimit?: boolean;
  /** False by default: most passwords of tests are on it. */
  readonly passwordBlocklist?: boolean;
  /** An existing folder; by default the database is in memory, and the pictures in a folder that goes with the server. */
  readonly dataDir?: string;
  /** A PostgreSQL's, which then keeps the data. */
  readonly databaseUrl?: string;
  /** Addresses of its replicas. */
  readonly replicaUrls?: readonly string[];
  /** Where people reach the server, when that is not its own address. */
  readonly publicUrl?: string;
  readonly metricsToken?: string;
  /** By default pictures are kept in the folder. */
  readonly mediaStore?: S3Options;
  /** What access tokens are signed with. */
  readonly jwtSecret?: string;
  /** 7 by default. */
  readonly eraseGraceDays?: number;
}

/** A Filmroll on a free port of this machine. */
export interface TestServer extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly origin: string;
  readonly filmroll: Filmroll;
  readonly live: Live;
  /** Erases whose time has come. */
  readonly erase: () => Promise<void>;
  readonly limiter: RateLimiter;
  readonly importer: Importer;
  readonly operating: Operating;
  readonly collector: MediaCollector;
  /** The folder of pictures, and of the database unless that is in memory. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** Starts the whole program, as main.ts does, in this process. */
export async function startFilmroll(
  {
    clock = systemClock,
    rateLimit = false,
    passwordBlocklist = false,
    dataDir,
    databaseUrl,
    replicaUrls = [],
    publicUrl,
    metricsToken,
    mediaStore,
    jwtSecret = JWT_SECRET,
    eraseGraceDays = 7,
  }: ServerOptions = {},
): Promise<TestServer> {
  const useBuild = await (build ??= builder.build({ snapshot: "memory" }));
  const database = databaseUrl === undefined ? null : { url: databaseUrl, replicas: replicaUrls };
  const options = { schema: schemaOf(contexts), masterKey, clock };
  const store: EventStore = database === null
    ? SqliteEventStore.open(dataDir === undefined ? ":memory:" : `${dataDir}/filmroll.db`, options)
    : await PostgresEventStore.open(database.url, { ...options, replicas: replicaUrls });
  const nodes = await openNodes({ database, rateLimit }, store, jwtSecret)
    .catch(async (error) => {
      await store.close();
      throw error;
    });

  // The address is known once the server listens, and the app needs to know it.
  const ready = Promise.withResolvers<Deno.ServeHandler>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request, info) => (await ready.promise)(request, info),
  );
  const folder = dataDir ?? await Deno.makeTempDir({ prefix: "filmroll-" });
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const { services, collector, erase, close } = assembleServices(
    {
      bcryptCost: 4,
      dataDir: folder,
      eraseGraceDays,
      mediaStore: mediaStore ?? null,
      metricsToken: metricsToken ?? null,
      passwordBlocklist,
      publicUrl: publicUrl ?? origin,
    },
    { store, nodes, jwtSecret, clock },
  );
  const app = createApp({ services, trustProxy: false });
  useBuild(app);
  ready.resolve(app.handler());

  const stop = async () => {
    services.live.close();
    await server.shutdown();
    await close();
    if (dataDir === undefined) await Deno.remove(folder, { recursive: true });
  };
  const { filmroll, importer, limiter, live, operating } = services;
  return {
    origin,
    filmroll,
    limiter,
    importer,
    live,
    operating,
    erase,
    collector,
    dataDir: folder,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const builder = new Builder({ root: fileURLToPath(new URL("../..", import.meta.url)) });

let build: ReturnType<Builder["build"]> | undefined;
