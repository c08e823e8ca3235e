import { setImmediate } from "node:timers/promises";
import type { RecordedEvent } from "../core/event.ts";
import type { EventStore, FilmFilter } from "./event_store.ts";

/** Positions looked through at once: a scan that holds the event loop for some milliseconds. */
const WINDOW = 10_000;
/** Positions looked through for one page, so that a rare event costs several pages, not a long wait. */
const MOST = 500_000;

/** Events that {@linkcode through} reads at once. */
const PAGE = 256;

/** Where to look, and how many events are wanted. */
export interface Browsing {
  /** Newest first before a position (the end, by default), or oldest first after one. */
  readonly from: { readonly before?: number | undefined } | { readonly after: number };
  readonly limit: number;
}

/** What was found in a part of the film. */
export interface FilmPage {
  readonly events: readonly RecordedEvent[];
  /** Where to look on, in the same direction; null where the film ends. */
  readonly next: number | null;
}

/** Looks through the film for events that fit. Who is let wait is the event loop, briefly. */
export async function browse(
  store: Pick<EventStore, "find" | "head">,
  filter: FilmFilter,
  { from, limit }: Browsing,
): Promise<FilmPage> {
  const head = await store.head();
  const newestFirst = !("after" in from);
  // What is left to look at: from `low` to `high`, both counted in.
  let low = newestFirst ? 1 : from.after + 1;
  let high = newestFirst ? Math.min(from.before ?? Infinity, head + 1) - 1 : head;
  // A stream has an index of its own.
  const window = filter.stream === undefined ? WINDOW : Infinity;
  const events: RecordedEvent[] = [];
  for (let looked = 0; low <= high && looked < MOST; looked += window) {
    const first = newestFirst ? Math.max(low, high - window + 1) : low;
    const last = newestFirst ? high : Math.min(high, low + window - 1);
    const missing = limit - events.length;
    events.push(...await store.find(filter, { first, last, newestFirst, limit: missing }));
    if (events.length === limit) {
      const { position } = events.at(-1)!;
      return { events, next: (newestFirst ? position > 1 : position < head) ? position : null };
    }
    if (newestFirst) high = first - 1;
    else low = last + 1;
    await setImmediate();
  }
  if (low > high) return { events, next: null };
  return { events, next: newestFirst ? high + 1 : low - 1 };
}

/** All events that fit, one after another. */
export async function* through(
  store: Pick<EventStore, "find" | "head">,
  filter: FilmFilter,
  from: Browsing["from"],
): AsyncGenerator<RecordedEvent> {
  for (let at: Browsing["from"] | null = from; at !== null;) {
    const { events, next }: FilmPage = await browse(store, filter, { from: at, limit: PAGE });
    yield* events;
    at = next === null ? null : "after" in from ? { after: next } : { before: next };
  }
}
