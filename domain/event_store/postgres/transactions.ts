import { answered, type Connection, Ends, failureOf, reasonAmong, send } from "./connection.ts";

/**
 * Transactions one after another on one connection, whose default is read-only: whatever part of one
 * comes to a connection that the library made anew changes nothing.
 */
export class Transactions {
  readonly #connect: (onClose: () => void) => Connection;
  readonly #longest: number;
  #ends = new Ends();
  #sql: Connection;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param connect makes one connection, and says when it ends
   * @param longest milliseconds after which a transaction is given up
   */
  constructor(connect: (onClose: () => void) => Connection, longest = 60_000) {
    this.#longest = longest;
    this.#connect = connect;
    this.#sql = connect(this.#ends.hear);
  }

  /** Begins, works and, when `work` says so, commits; if anything fails, nothing of it counts. */
  run<Result>(
    work: (sql: Connection, commit: Commit) => Promise<Result>,
  ): Promise<Result> {
    const mine = this.#last.then(() => answered(this.#run(work), this.#longest, this.#ends))
      .catch((error) => {
        if (failureOf(error) === "transient") this.#renew();
        throw error;
      });
    this.#last = mine.catch(() => {});
    return mine;
  }

  async end(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }

  /** Leaves a connection behind that failed: who sends more on it may wait for ever. */
  #renew(): void {
    void this.#sql.end({ timeout: 0 }).catch(() => {});
    this.#ends = new Ends();
    this.#sql = this.#connect(this.#ends.hear);
  }

  async #run<Result>(work: (sql: Connection, commit: Commit) => Promise<Result>): Promise<Result> {
    const sql = this.#sql;
    const begun = send(sql, "BEGIN READ WRITE");
    begun.catch(() => {});
    let isOver = false;
    try {
      return await work(sql, async (sent) => {
        await all([begun, ...sent, send(sql, "COMMIT")]);
        isOver = true;
      });
    } catch (error) {
      // The server rolls back what a connection that ended has begun.
      if (failureOf(error) === "transient") isOver = true;
      throw error;
    } finally {
      if (!isOver) await send(sql, "ROLLBACK");
    }
  }
}

/** Commits after what was sent; throws, before anything counts, why one of them failed. */
export type Commit = (sent: readonly PromiseLike<unknown>[]) => Promise<void>;

/** The answers to what was sent at once, or why one of them failed. */
export async function all<Sent extends readonly PromiseLike<unknown>[]>(
  sent: readonly [...Sent],
): Promise<{ -readonly [Index in keyof Sent]: Awaited<Sent[Index]> }> {
  const settled = await Promise.allSettled(sent);
  const failures = settled.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
  if (failures.length > 0) throw reasonAmong(failures);
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as never;
}
