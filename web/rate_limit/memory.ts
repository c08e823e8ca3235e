import { allowances, type Limited, type RateLimiter, refusal, ROUNDING } from "../rate_limit.ts";

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets kept at most; the longest unused go first. */
const LARGEST = 100_000;

/** Buckets in the memory of a program that is the only one: a restart forgives. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #buckets = new Map<string, Bucket>();

  // deno-lint-ignore require-await -- so that it rejects, as the port says
  async take(what: Limited, who: string | number, now = Date.now()): Promise<void> {
    const bucket = this.#bucket(what, who, now);
    if (bucket.tokens < 1 - ROUNDING) throw refusal(what, bucket.tokens);
    bucket.tokens -= 1;
  }

  // deno-lint-ignore require-await -- as above
  async giveBack(what: Limited, who: string | number, now = Date.now()): Promise<void> {
    const bucket = this.#bucket(what, who, now);
    bucket.tokens = Math.min(allowances[what].burst, bucket.tokens + 1);
  }

  #bucket(what: Limited, who: string | number, now: number): Bucket {
    const { burst, seconds } = allowances[what];
    const key = `${what} ${who}`;
    const found = this.#buckets.get(key);
    const tokens = found === undefined
      ? burst
      : Math.min(burst, found.tokens + Math.max(0, now - found.at) / 1000 * burst / seconds);
    const bucket = { tokens, at: now };
    // Set anew, so that the map's order is that of use.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > LARGEST) {
      const oldest = this.#buckets.keys().next().value;
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket;
  }
}
