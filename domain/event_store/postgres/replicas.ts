import { type Connection, failureOf, send } from "./connection.ts";

/** How often a replica that is asked is looked at, in milliseconds. */
const LOOK_MS = 20;
/** A replica that failed is left alone for so long. */
const REST_MS = 1000;
/** One that has not caught up for so long answers nobody. */
const STALE_MS = 10_000;

/** One copy of the database that follows the primary. */
class Replica {
  readonly sql: Connection;
  head = -1;
  #lookedAt = -Infinity;
  #looking = false;
  #restingUntil = 0;
  /** A position of the primary's, and when it was there. */
  #mark = { position: 0, at: performance.now() };
  /** The copy is at least as the primary was then. */
  #asOf = performance.now();

  constructor(sql: Connection) {
    this.sql = sql;
  }

  isReady(after: number, primaryHead: number): boolean {
    const now = performance.now();
    if (now < this.#restingUntil) return false;
    if (now - this.#lookedAt > LOOK_MS) void this.#look(primaryHead);
    return this.head >= after && this.head >= 0 && now - this.#asOf < STALE_MS;
  }

  rest(): void {
    this.head = -1;
    this.#restingUntil = performance.now() + REST_MS;
  }

  async #look(primaryHead: number): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const [row] = await send(
        this.sql,
        "SELECT COALESCE(max(position), 0) AS head FROM event_store",
      );
      const now = performance.now();
      this.head = row!.head as number;
      this.#lookedAt = now;
      if (this.head >= this.#mark.position) {
        this.#asOf = this.#mark.at;
        this.#mark = { position: primaryHead, at: now };
      }
    } catch {
      this.rest();
    } finally {
      this.#looking = false;
    }
  }
}

/** The replicas that may answer instead of the primary. */
export class Replicas {
  readonly #replicas: readonly Replica[];
  #next = 0;

  constructor(connections: readonly Connection[]) {
    this.#replicas = connections.map((sql) => new Replica(sql));
  }

  /**
   * Has a replica answer whose head has reached a position; undefined where there is none, or it failed.
   *
   * @param primaryHead the last position that is known of the primary
   */
  async ask<Rows>(
    after: number,
    primaryHead: number,
    question: (sql: Connection) => Promise<Rows>,
  ): Promise<Rows | undefined> {
    const count = this.#replicas.length;
    for (let tried = 0; tried < count; tried++) {
      const replica = this.#replicas[this.#next++ % count]!;
      if (!replica.isReady(after, primaryHead)) continue;
      try {
        return await question(replica.sql);
      } catch (error) {
        // What is wrong with the question is the primary's to say; a copy may also be behind in its tables.
        if (failureOf(error) === "transient") replica.rest();
        return undefined;
      }
    }
    return undefined;
  }

  /** How far each is; -1 where it does not answer. */
  get heads(): number[] {
    return this.#replicas.map(({ head }) => head);
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map(({ sql }) => sql.end({ timeout: 1 })));
  }
}
