import {
  type Connection,
  failureOf,
  lockOf,
} from "../../domain/event_store/postgres/connection.ts";
import { StoreUnavailable } from "../../domain/event_store/event_store.ts";
import { LocalLocks, type Locks } from "../locks.ts";

/** Locks of all nodes over one database. Each that is held takes a connection of the pool. */
export class PostgresLocks implements Locks {
  readonly #sql: Connection;
  /** Who waits for another of this node waits here, and takes no connection. */
  readonly #local = new LocalLocks();

  constructor(sql: Connection) {
    this.#sql = sql;
  }

  hold<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    return this.#local.hold(name, async () => {
      const release = await this.#acquire(name);
      try {
        return await work();
      } finally {
        await release();
      }
    });
  }

  /** Answers how to let go of it. The server takes it back when the connection ends. */
  async #acquire(name: string): Promise<() => Promise<void>> {
    const acquired = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const transaction = this.#sql.begin(async (own) => {
      // A picture's files take their time on the way to a store.
      await own`SELECT set_config('lock_timeout', '30s', true),
        set_config('idle_in_transaction_session_timeout', '0', true)`;
      await own.unsafe(`SELECT pg_advisory_xact_lock(${lockOf(`hold ${name}`)})`);
      acquired.resolve();
      await released.promise;
    });
    transaction.catch(acquired.reject);
    try {
      await acquired.promise;
    } catch (error) {
      if (failureOf(error) !== "transient") throw error;
      throw new StoreUnavailable(`Cannot lock: ${(error as Error).message}`, { cause: error });
    }
    return async () => {
      released.resolve();
      await transaction.catch(() => {});
    };
  }
}
