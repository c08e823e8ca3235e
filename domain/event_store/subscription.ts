import type { RecordedEvent } from "../core/event.ts";
import { type Statement } from "../core/statement.ts";
import type { Subscriber, Subscription } from "./event_store.ts";

/** What a subscription needs of an engine. */
export interface SubscriptionSource {
  /** The subscriber's checkpoint; 0 if it never ran. */
  checkpoint(name: string): Promise<number>;
  film(after: number, limit: number): Promise<RecordedEvent[]>;
  head(): Promise<number>;
  /** Commits the statements together with the new checkpoint. */
  advance(name: string, position: number, statements: readonly Statement[]): Promise<void>;
  onCommitted(listener: () => void): () => void;
}

const BATCH = 256;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

/** Follows the film from the subscriber's checkpoint until stopped. */
export function follow(source: SubscriptionSource, subscriber: Subscriber): Subscription {
  let stopped = false;
  let wake = Promise.withResolvers<void>();
  let position = -1;
  const waiting = new Set<{ until: number; done: () => void }>();

  const forget = source.onCommitted(() => wake.resolve());

  const settle = () => {
    for (const waiter of waiting) {
      if (stopped || position >= waiter.until) {
        waiting.delete(waiter);
        waiter.done();
      }
    }
  };

  const pause = (milliseconds: number) => {
    const timer = setTimeout(() => wake.resolve(), milliseconds);
    return wake.promise.finally(() => clearTimeout(timer));
  };

  const handle = async (event: RecordedEvent) => {
    for (let wait = FIRST_PAUSE_MS; !stopped; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        await source.advance(subscriber.name, event.position, await subscriber.handle(event));
        position = event.position;
        return;
      } catch (error) {
        subscriber.onError?.(error, event);
        wake = Promise.withResolvers();
        await pause(wait);
      }
    }
  };

  const run = async () => {
    position = await source.checkpoint(subscriber.name);
    while (!stopped) {
      wake = Promise.withResolvers();
      const events = await source.film(position, BATCH);
      for (const event of events) {
        if (stopped) return;
        await handle(event);
      }
      settle();
      if (events.length === 0 && !stopped) await wake.promise;
    }
  };

  const running = run().finally(settle);

  return {
    async caughtUp() {
      const until = await source.head();
      if (stopped || position >= until) return;
      await new Promise<void>((done) => {
        waiting.add({ until, done });
        wake.resolve();
      });
    },
    async stop() {
      stopped = true;
      forget();
      wake.resolve();
      await running;
    },
  };
}
