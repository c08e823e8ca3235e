import { createHash } from "node:crypto";
import { type Connection, lockOf } from "../../domain/event_store/postgres/connection.ts";
import { errorFacts, log } from "../log.ts";
import { allowances, type Limited, type RateLimiter, refusal, ROUNDING } from "../rate_limit.ts";

/** Until then every bucket is full again, and need not be kept. */
const LONGEST_MS = 1000 * Math.max(...Object.values(allowances).map(({ seconds }) => seconds));

const MINUTE = 60_000;

/** What is in a bucket at a moment, of its row `b`. */
const FILLED = `least($2::float8,
  b.tokens + greatest(0, $4::float8 - b.at) / 1000 * $2::float8 / $3::float8)`;

/** Takes one if there is one, and tells what there was before. */
const TAKE = `
  WITH taken AS (
    INSERT INTO rate_limit AS b (key, tokens, at) VALUES ($1, $2::float8 - 1, $4::float8)
    ON CONFLICT (key) DO UPDATE SET tokens = ${FILLED} - 1, at = $4::float8
    WHERE ${FILLED} >= 1 - ${ROUNDING}
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM taken) AS is_taken,
    (SELECT ${FILLED} FROM rate_limit b WHERE key = $1) AS tokens`;

const GIVE_BACK = `
  UPDATE rate_limit b SET tokens = least($2::float8, ${FILLED} + 1), at = $4::float8
  WHERE key = $1`;

/**
 * Buckets that all nodes over one database count in: one statement each, which needs no sync, beside
 * the film. A crash of the database forgives.
 */
export class PostgresRateLimiter implements RateLimiter {
  readonly #sql: Connection;
  #toldAt = -Infinity;

  private constructor(sql: Connection) {
    this.#sql = sql;
  }

  /** Makes the table where it is missing. */
  static async open(sql: Connection): Promise<PostgresRateLimiter> {
    // Two nodes that make it at once would be in each other's way.
    await sql.begin((own) => [
      own.unsafe(`SELECT pg_advisory_xact_lock(${lockOf("rate limits")})`),
      own`CREATE UNLOGGED TABLE IF NOT EXISTS public.rate_limit (
        key BYTEA PRIMARY KEY, tokens FLOAT8 NOT NULL, at FLOAT8 NOT NULL)`,
    ]);
    return new PostgresRateLimiter(sql);
  }

  async take(what: Limited, who: string | number, now = Date.now()): Promise<void> {
    const [bucket] = await this.#run(TAKE, what, who, now);
    if (bucket === undefined || bucket.is_taken) return;
    throw refusal(what, Number(bucket.tokens));
  }

  async giveBack(what: Limited, who: string | number, now = Date.now()): Promise<void> {
    await this.#run(GIVE_BACK, what, who, now);
  }

  /** Removes the buckets that are full again. */
  async sweep(now = Date.now()): Promise<void> {
    await this.#sql`DELETE FROM public.rate_limit WHERE at < ${now - LONGEST_MS}`;
  }

  /** Who cannot be counted is let through: without the database there is nothing to be had. */
  async #run(statement: string, what: Limited, who: string | number, now: number) {
    const { burst, seconds } = allowances[what];
    const parameters = [keyOf(what, who), burst, seconds, now];
    try {
      return await this.#sql.unsafe(statement, parameters, { prepare: true });
    } catch (error) {
      this.#tell(error);
      return [];
    }
  }

  /** Once a minute at most: it comes with every request while it lasts. */
  #tell(error: unknown): void {
    const now = performance.now();
    if (now - this.#toldAt < MINUTE) return;
    this.#toldAt = now;
    log("error", "Requests cannot be counted", errorFacts(error));
  }
}

/** Of one size, and without people's addresses. */
const keyOf = (what: Limited, who: string | number): Uint8Array =>
  createHash("sha256").update(`${what} ${who}`).digest();
