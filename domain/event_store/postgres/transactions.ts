import { type Connection, reasonAmong, send } from "./connection.ts";

/**
 * Transactions one after another on one connection, whose default is read-only: whatever part of one
 * comes to a connection that was made anew changes nothing.
 */
export class Transactions {
  readonly #sql: Connection;
  #last: Promise<unknown> = Promise.resolve();

  /** @param sql of one connection */
  constructor(sql: Connection) {
    this.#sql = sql;
  }

  /**
   * Begins, works and commits; or, if anything failed, rolls back and throws why. `work` answers what
   * is to be sent last: the commit goes with it, without waiting.
   */
  run<Result>(
    work: (sql: Connection, commit: Commit) => Promise<Result>,
  ): Promise<Result> {
    const mine = this.#last.then(() => this.#run(work));
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #run<Result>(work: (sql: Connection, commit: Commit) => Promise<Result>): Promise<Result> {
    const begun = send(this.#sql, "BEGIN READ WRITE");
    begun.catch(() => {});
    let isOver = false;
    try {
      return await work(this.#sql, async (sent) => {
        const settled = await Promise.allSettled([
          begun,
          ...sent,
          send(this.#sql, "COMMIT"),
        ]);
        const failures = settled.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
        if (failures.length > 0) throw reasonAmong(failures);
        isOver = true;
      });
    } finally {
      // On a connection that was made anew there is nothing to roll back, which is a notice.
      if (!isOver) await send(this.#sql, "ROLLBACK").catch(() => {});
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
