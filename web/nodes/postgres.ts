import { createHash } from "node:crypto";
import { connect, type Connection } from "../../domain/event_store/postgres/connection.ts";
import type { EventStore } from "../../domain/event_store/event_store.ts";
import { ConfigError } from "../../fresh.config.ts";
import { everyInterval } from "../every.ts";
import { errorFacts, log } from "../log.ts";
import { unlimited } from "../rate_limit.ts";
import { PostgresRateLimiter } from "../rate_limit/postgres.ts";
import { PostgresLocks } from "./locks.ts";
import type { Nodes } from "./nodes.ts";
import { PostgresRelay } from "./relay.ts";

const SWEEP_MS = 10 * 60 * 1000;

/** Connections for what is counted and notified, and for what is locked. */
const COUNTING = 2;
const LOCKING = 3;

export interface PostgresNodesOptions {
  readonly store: Pick<EventStore, "lead">;
  /** The address of the database. */
  readonly url: string;
  readonly rateLimit: boolean;
  readonly jwtSecret: string;
}

/**
 * What the nodes over one PostgreSQL have in common.
 *
 * @throws ConfigError if this node's JWT_SECRET is not that of the nodes that run
 */
export async function nodesOver(
  { store, url, rateLimit, jwtSecret }: PostgresNodesOptions,
): Promise<Nodes> {
  const open = (max: number, purpose: string): Connection =>
    connect(url, { max, purpose, readOnly: false, searchPath: ["public"] });
  const counting = open(COUNTING, "counting");
  const locking = open(LOCKING, "locking");
  const agreeing = open(1, "agreeing");
  const end = () =>
    Promise.all([counting, locking, agreeing].map((sql) => sql.end({ timeout: 1 })));
  try {
    await requireSameSecret(agreeing, jwtSecret);
    const limiter = rateLimit ? await PostgresRateLimiter.open(counting) : null;
    const relay = await PostgresRelay.open(counting);
    const sweeping = limiter && store.lead("rate limits", () => sweepingOf(limiter));
    return {
      areSeveral: true,
      limiter: limiter ?? unlimited,
      locks: new PostgresLocks(locking),
      relay,
      async close() {
        await sweeping?.stop();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function sweepingOf(limiter: PostgresRateLimiter) {
  const stop = everyInterval(
    SWEEP_MS,
    () =>
      void limiter.sweep().catch((error) =>
        log("warn", "Counts were not removed", errorFacts(error))
      ),
  );
  return { stop };
}

/** The first number of advisory locks that tell of secrets: "jwts" in ASCII. */
const SECRETS = 0x6a777473;

/**
 * Each node shares, as long as it lives, a lock that its secret numbers; who sees another number beside
 * its own would refuse the tokens that the others issue. Nothing of a secret is kept.
 */
async function requireSameSecret(agreeing: Connection, jwtSecret: string): Promise<void> {
  const mine = createHash("sha256").update(`jwt secret ${jwtSecret}`).digest().readInt32BE();
  await agreeing.unsafe(`SELECT pg_advisory_lock_shared(${SECRETS}, ${mine})`);
  const [other] = await agreeing.unsafe(`
    SELECT 1 FROM pg_locks
    WHERE locktype = 'advisory' AND classid = ${SECRETS} AND objid <> ${mine >>> 0}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    LIMIT 1`);
  if (other === undefined) return;
  throw new ConfigError(
    "JWT_SECRET is not the one of the nodes that run on this database, but must be the same on each",
  );
}
