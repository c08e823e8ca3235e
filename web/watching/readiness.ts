import type { EventStore } from "../../domain/event_store/event_store.ts";

/** A follower of the film that is further behind is a reason not to be ready. */
const MOST_LAG = 10_000;

/** Whoever asks more often gets the same answer again: each asks the store to write. */
const KEPT_MS = 1000;

/** Whether the server can serve and record, and if not, why. Nothing in it is about people. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  /** Position of the last event. */
  readonly head: number;
  /** Commands that wait. */
  readonly queued: number;
  /** Events that each follower of the film has still to handle, by its name. */
  readonly lag: Readonly<Record<string, number>>;
  /** Events that each copy of the database is behind; null where one does not answer. */
  readonly replicas: readonly (number | null)[];
  /** What this program does on behalf of all that work on the database. */
  readonly leads: readonly string[];
}

type Store = Pick<EventStore, "status">;

/** Answers how ready the server is, as of the last second. */
export function readinessOf(
  store: Store,
  leads: () => readonly string[],
  now = () => performance.now(),
): () => Promise<Readiness> {
  let last: Promise<Readiness> | undefined;
  let until = 0;
  return () => {
    if (last === undefined || now() >= until) {
      last = ask(store, leads());
      until = now() + KEPT_MS;
    }
    return last;
  };
}

async function ask(store: Store, leads: readonly string[]): Promise<Readiness> {
  const { unavailable, head, queued, subscribers, replicas } = await store.status();
  const lag = Object.fromEntries(
    subscribers.map(({ name, position }) => [name, head - Math.max(position, 0)]),
  );
  const late = Object.entries(lag).filter(([, events]) => events > MOST_LAG);
  const reasons = [
    ...(unavailable === null ? [] : [unavailable]),
    ...late.map(([name, events]) => `"${name}" is ${events} events behind`),
  ];
  const behind = replicas.map((position) =>
    position === null ? null : Math.max(head - position, 0)
  );
  return { ready: reasons.length === 0, reasons, head, queued, lag, replicas: behind, leads };
}
