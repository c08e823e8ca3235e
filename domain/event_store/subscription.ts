import type { RecordedEvent } from "../core/event.ts";
import { persist } from "../core/persist.ts";
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
  /** Told once, when the follower has stopped. */
  onStopped(): void;
}

const BATCH = 256;
/** What was handled is committed after so long at the latest, so that few slow effects are repeated. */
const LONGEST_UNCOMMITTED_MS = 50;
/** A checkpoint that passes over so many events is committed. */
const FARTHEST_UNCOMMITTED = 1000;

/** An event could not be handled, or its effects not be committed. */
class HandlingFailed extends Error {
  constructor(cause: unknown, readonly event: RecordedEvent) {
    super("An event could not be handled", { cause });
  }
}

/** Follows the film from the subscriber's checkpoint until stopped. */
export function follow(source: SubscriptionSource, subscriber: Subscriber): Subscription {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = Promise.withResolvers<void>();
  let position = -1;
  let checkpoint = -1;
  /** Up to here events are committed alone: together they failed. */
  let aloneUntil = 0;
  const waiting = new Set<{ until: number; done: () => void }>();

  const concerns = ({ type }: RecordedEvent) => subscriber.types?.has(type) ?? true;

  const forget = source.onCommitted(() => wake.resolve());

  const settle = () => {
    for (const waiter of waiting) {
      if (signal.aborted || position >= waiter.until) {
        waiting.delete(waiter);
        waiter.done();
      }
    }
  };

  const failed = (error: unknown) => {
    const [cause, event] = error instanceof HandlingFailed
      ? [error.cause, error.event]
      : [error, null];
    subscriber.onError?.(cause, event);
  };

  const commit = async (handled: readonly RecordedEvent[], statements: readonly Statement[]) => {
    const last = handled.at(-1);
    if (last === undefined) return;
    const passesOver = !handled.some(concerns);
    try {
      if (!passesOver || last.position - checkpoint >= FARTHEST_UNCOMMITTED) {
        await source.advance(subscriber.name, last.position, statements);
        checkpoint = last.position;
      }
      position = last.position;
      settle();
    } catch (error) {
      if (handled.length === 1) throw new HandlingFailed(error, last);
      aloneUntil = last.position;
    }
  };

  /** Handles what comes next and commits it; answers whether there was anything. */
  const handleNext = async (): Promise<boolean> => {
    const events = await source.film(position, position < aloneUntil ? 1 : BATCH);
    const handled: RecordedEvent[] = [];
    const statements: Statement[] = [];
    const until = performance.now() + LONGEST_UNCOMMITTED_MS;
    for (const event of events) {
      try {
        if (concerns(event)) statements.push(...await subscriber.handle(event));
      } catch (error) {
        await commit(handled, statements);
        throw new HandlingFailed(error, event);
      }
      handled.push(event);
      if (signal.aborted || performance.now() > until) break;
    }
    await commit(handled, statements);
    return events.length > 0;
  };

  const run = async () => {
    const known = await persist(() => source.checkpoint(subscriber.name), signal, failed);
    position = checkpoint = known ?? position;
    settle();
    while (!signal.aborted) {
      wake = Promise.withResolvers();
      const more = await persist(handleNext, signal, failed);
      if (more === false) await wake.promise;
    }
  };

  const running = run().finally(() => {
    settle();
    source.onStopped();
  });

  return {
    name: subscriber.name,
    get position() {
      return position;
    },
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
