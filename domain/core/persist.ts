import { setTimeout } from "node:timers/promises";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Answers what `attempt` does, however often it has to be tried: after each failure it waits twice
 * as long, half a minute at most. Undefined once `signal` is aborted.
 *
 * @param failed told of each failure; what it throws is thrown on, and nothing is tried again
 */
export async function persist<Result>(
  attempt: () => Promise<Result>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<Result | undefined> {
  for (let wait = FIRST_PAUSE_MS; !signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      failed(error);
      await setTimeout(wait, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}
