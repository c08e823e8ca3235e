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

/** Token buckets: each begins full, and fills evenly. */
export interface RateLimiter {
  /**
   * Takes one of an allowance.
   *
   * @param now in milliseconds since the epoch
   * @throws TooManyRequests if nothing is left
   */
  take(what: Limited, who: string | number, now?: number): Promise<void>;
  /** Undoes a {@linkcode take} that need not have been. */
  giveBack(what: Limited, who: string | number, now?: number): Promise<void>;
}

/** Lets everybody do everything. */
export const unlimited: RateLimiter = {
  take: () => Promise.resolve(),
  giveBack: () => Promise.resolve(),
};

/** What adding fractions up may lose, so that who waited as long as told is not refused for it. */
export const ROUNDING = 1e-6;

/** What refuses who has so much of one left. */
export function refusal(what: Limited, tokens: number): TooManyRequests {
  const { burst, seconds } = allowances[what];
  return new TooManyRequests(Math.ceil((1 - ROUNDING - tokens) * seconds / burst));
}
