import { Erasure, type ErasureOptions } from "../domain/erasure/erasure.ts";
import type { Filmroll } from "../domain/mod.ts";
import type { Every } from "./every.ts";
import { errorFacts, log } from "./log.ts";

const MINUTE = 60_000;

export interface EraseInTimeOptions extends ErasureOptions {
  readonly filmroll: Filmroll;
  readonly every: Every;
}

/**
 * Erases people when their time comes: it looks at once, whenever an account is closed, and every
 * minute. What fails is tried again then.
 */
export function eraseInTime({ every, ...options }: EraseInTimeOptions) {
  const erasure = new Erasure(options);
  const look = () =>
    void erasure.run().catch((error) => log("error", "Erasing failed", errorFacts(error)));
  const stopLooking = [
    every(MINUTE, look),
    options.filmroll.events.on("AccountClosed", look),
  ];
  look();
  return {
    run: () => erasure.run(),
    async stop(): Promise<void> {
      for (const stop of stopLooking) stop();
      await erasure.stop();
    },
  };
}
