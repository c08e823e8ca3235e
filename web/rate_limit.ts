/** So many at once, refilled evenly over so many seconds. */
export interface Allowance {
  readonly burst: number;
  readonly seconds: number;
}

/** What one person, address or account may do. Generous to people, useless to guessers. */
export const allowances = {
  /** Registrations from one network address. */
  register: { burst: 100, seconds: 60 * 60 },
  /** Wrong passwords for one e-mail address. */
  loginByEmail: { burst: 10, seconds: 15 * 60 },
  /** Wrong passwords from one network address. */
  loginByAddress: { burst: 100, seconds: 15 * 60 },
  /** Commands by one person: posts, likes, comments, follows. */
  command: { burst: 600, seconds: 60 },
  /** Pictures uploaded by one person: each costs a core half a second or more. */
  upload: { burst: 200, seconds: 10 * 60 },
  /** Archives of their own data that one person takes along. */
  export: { burst: 20, seconds: 60 * 60 },
  /** Archives that one person brings: each may fill some of the disk while it is looked through. */
  import: { burst: 5, seconds: 60 * 60 },
  /** Live streams opened by one person. */
  live: { burst: 120, seconds: 60 },
} as const satisfies Record<string, Allowance>;

export type Limited = keyof typeof allowances;

/** Refused for coming too often. */
export class TooManyRequests extends Error {
  override readonly name = "TooManyRequests";
  /** @param retryAfter whole seconds until one more is allowed */
  constructor(readonly retryAfter: number) {
    super(`Too many requests; try again in ${retryAfter} seconds`);
  }
}

interface Bucket {
  tokens: number;
  at: number;
}

/** What adding fractions up may lose, so that who waited as long as told is not refused for it. */
const ROUNDING = 1e-6;

/** Buckets kept at most; the longest unused go first. */
const LARGEST = 100_000;

/** Token buckets, kept in memory: a restart forgives. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #enabled: boolean;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  /** @throws TooManyRequests if nothing is left; else takes one */
  take(what: Limited, who: string | number, now: number = Date.now()): void {
    if (!this.#enabled) return;
    const { burst, seconds } = allowances[what];
    const bucket = this.#bucket(what, who, now);
    const lacking = 1 - ROUNDING - bucket.tokens;
    if (lacking > 0) throw new TooManyRequests(Math.ceil(lacking * seconds / burst));
    bucket.tokens -= 1;
  }

  /** Undoes a {@linkcode take} that need not have been. */
  giveBack(what: Limited, who: string | number, now: number = Date.now()): void {
    if (!this.#enabled) return;
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
