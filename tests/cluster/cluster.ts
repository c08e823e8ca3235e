/** Several machines, on this one: a primary and its replica, three nodes, and a proxy before them. */
import { startReplica } from "../../domain/event_store/postgres/testing_replica.ts";
import { type PostgresServer, startPostgres } from "../../domain/event_store/postgres/testing.ts";
import { Folder } from "../support/folder.ts";
import { type Environment, freePort, type Program, startProgram } from "../support/program.ts";
import { type S3Server, startS3 } from "../support/s3/server.ts";
import { type Proxy, startProxy } from "./proxy.ts";

const NODES = 3;

export const MASTER_KEY = "a master key that only this cluster knows, and tests";

/** A node that is killed and started again, always on the same port. */
export interface Node {
  readonly origin: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export class Cluster implements AsyncDisposable {
  private constructor(
    readonly primary: PostgresServer,
    readonly replica: PostgresServer,
    readonly nodes: readonly Node[],
    readonly proxy: Proxy,
    /** The database's address on the primary. */
    readonly databaseUrl: string,
    private readonly everything: AsyncDisposableStack,
  ) {}

  /** The database's address on the replica. */
  get replicaUrl(): string {
    return this.replica.url(new URL(this.databaseUrl).pathname.slice(1));
  }

  static async start(): Promise<Cluster> {
    await using everything = new AsyncDisposableStack();
    const primary = everything.use(await startPostgres({ durable: true }));
    const databaseUrl = await primary.createDatabase();
    const replica = everything.use(await startReplica(primary, "replica", { durable: true }));
    const s3: S3Server = everything.use(await startS3());
    const { endpoint, bucket, region, keyId, secret } = await s3.makeBucket();
    const folder = everything.use(await Folder.make());
    const ports = Array.from({ length: NODES }, freePort);
    const proxy = everything.use(startProxy(ports.map((port) => `http://127.0.0.1:${port}`)));
    const shared = {
      ...folder.environment,
      DATABASE_URL: databaseUrl,
      DATABASE_REPLICA_URLS: replica.url(new URL(databaseUrl).pathname.slice(1)),
      PUBLIC_URL: proxy.origin,
      TRUST_PROXY: "on",
      JWT_SECRET: "a secret that only this cluster knows, and tests",
      MASTER_KEY,
      MEDIA_S3_ENDPOINT: endpoint,
      MEDIA_S3_BUCKET: bucket,
      MEDIA_S3_REGION: region,
      MEDIA_S3_KEY_ID: keyId,
      MEDIA_S3_SECRET: secret,
    };
    const nodes = await Promise.all(ports.map(async (port, index) => {
      const node = new RunningNode({
        ...shared,
        DATA_DIR: `${folder.path}/node-${index + 1}`,
        PORT: String(port),
      });
      await node.start();
      return everything.use(node);
    }));
    return new Cluster(primary, replica, nodes, proxy, databaseUrl, everything.move());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.everything.disposeAsync();
  }
}

class RunningNode implements Node, AsyncDisposable {
  readonly origin: string;
  readonly #environment: Environment;
  #program: Program | undefined;

  constructor(environment: Environment & { readonly PORT: string }) {
    this.#environment = environment;
    this.origin = `http://127.0.0.1:${environment.PORT}`;
  }

  async start(): Promise<void> {
    this.#program = await startProgram(this.#environment);
  }

  async kill(): Promise<void> {
    await this.#program?.end("SIGKILL");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
