import { setTimeout } from "node:timers/promises";
import type { RecordedEvent } from "../core/event.ts";
import type { Statement } from "../core/statement.ts";
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
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = Promise.withResolvers<void>();
  let position = -1;
  const waiting = new Set<{ until: number; done: () => void }>();

  const forget = source.onCommitted(() => wake.resolve());

  const settle = () => {
    for (const waiter of waiting) {
      if (signal.aborted || position >= waiter.until) {
        waiting.delete(waiter);
        waiter.done();
      }
    }
  };

  /** Tries until it succeeds, pausing longer after each failure; undefined once stopped. */
  const persist = async <Result>(
    event: RecordedEvent | null,
    attempt: () => Promise<Result>,
  ): Promise<Result | undefined> => {
    for (let wait = FIRST_PAUSE_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return await attempt();
      } catch (error) {
        subscriber.onError?.(error, event);
        await setTimeout(wait, undefined, { signal }).catch(() => {});
      }
    }
  };

  const handle = async (event: RecordedEvent) => {
    await source.advance(subscriber.name, event.position, await subscriber.handle(event));
    position = event.position;
  };

  const run = async () => {
    position = await persist(null, () => source.checkpoint(subscriber.name)) ?? position;
    while (!signal.aborted) {
      wake = Promise.withResolvers();
      const events = await persist(null, () => source.film(position, BATCH)) ?? [];
      for (const event of events) await persist(event, () => handle(event));
      settle();
      if (events.length === 0 && !signal.aborted) await wake.promise;
    }
  };

  const running = run().finally(settle);

  return {
    async caughtUp() {
      const until = await source.head();
      if (signal.aborted || position >= until) return;
      await new Promise<void>((done) => {
        waiting.add({ until, done });
        wake.resolve();
      });
    },
    async stop() {
      stopping.abort();
      forget();
      wake.resolve();
      await running;
    },
  };
}
