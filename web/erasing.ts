import type { Erasure } from "../domain/erasure/erasure.ts";
import type { Work } from "../domain/event_store/event_store.ts";
import type { Filmroll } from "../domain/mod.ts";
import type { Every } from "./every.ts";
import { errorFacts, log } from "./log.ts";

const MINUTE = 60_000;

export interface EraseInTimeOptions {
  readonly erasure: Erasure;
  readonly events: Filmroll["events"];
  readonly every: Every;
}

/**
 * Erases people when their time comes: it looks at once, whenever an account is closed, and every
 * minute. What fails is tried again then.
 */
export function eraseInTime({ erasure, events, every }: EraseInTimeOptions): Work {
  const look = () =>
    void erasure.run().catch((error) => log("error", "Erasing failed", errorFacts(error)));
  const stopLooking = [every(MINUTE, look), events.on("AccountClosed", look)];
  look();
  return {
    async stop() {
      for (const stop of stopLooking) stop();
      await erasure.stop();
    },
  };
}
