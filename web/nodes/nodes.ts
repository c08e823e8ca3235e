import { LocalLocks, type Locks } from "../locks.ts";
import { type RateLimiter, unlimited } from "../rate_limit.ts";
import { MemoryRateLimiter } from "../rate_limit/memory.ts";
import { LocalRelay, type Relay } from "./relay.ts";

/** What the programs that work on one store have in common beside the film. */
export interface Nodes {
  /** Whether there may be others. */
  readonly areSeveral: boolean;
  readonly limiter: RateLimiter;
  readonly locks: Locks;
  readonly relay: Relay;
  close(): Promise<void>;
}

/** One program has all of it to itself. */
export const oneNode = (rateLimit: boolean): Nodes => ({
  areSeveral: false,
  limiter: rateLimit ? new MemoryRateLimiter() : unlimited,
  locks: new LocalLocks(),
  relay: new LocalRelay(),
  close: () => Promise.resolve(),
});
