import type { LiveMessage } from "../../web/live/events.ts";
import { raiseReadPosition } from "./read_position.ts";

/** Something that happened; `id` is its position, or that of the last before it that is recorded. */
export type LiveEvent = LiveMessage & { readonly id: number };

interface Subscription {
  readonly topics: readonly string[];
  readonly onEvent: (event: LiveEvent) => void;
}

const MOST_TOPICS = 100;
/** More than two heartbeats: a connection that says nothing for so long is dead. */
const SILENCE_MS = 60_000;
const RETRY_MS = 5_000;

const subscriptions = new Set<Subscription>();
let source: EventSource | null = null;
let asked = "";
let heardAt = 0;
let connecting: ReturnType<typeof setTimeout> | undefined;
/** What is known so far: everything up to this event. */
let lastId: string | undefined;
let tabs: BroadcastChannel | undefined;

/**
 * Listens to what concerns oneself, and to the topics ("post-12", "user-7", "feed"); answers how to
 * stop. All of a page share one stream, which goes on where it was after whatever interrupts it. Every
 * listener hears everything and picks what it is about.
 */
export function subscribe(
  topics: readonly string[],
  onEvent: (event: LiveEvent) => void,
): () => void {
  if (tabs === undefined) begin();
  const subscription = { topics, onEvent };
  subscriptions.add(subscription);
  connectSoon();
  return () => {
    subscriptions.delete(subscription);
    connectSoon();
  };
}

function begin(): void {
  lastId = document.querySelector<HTMLElement>("[data-live]")?.dataset.live;
  listenToTabs();
  // An open stream keeps a page from being kept for Back.
  addEventListener("pagehide", () => {
    disconnect();
    tabs?.close();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    listenToTabs();
    connectSoon();
  });
  addEventListener("online", reconnect);
  document.addEventListener("visibilitychange", () => document.hidden || connectSoon());
  setInterval(() => {
    if (source !== null && Date.now() - heardAt > SILENCE_MS) reconnect();
  }, SILENCE_MS / 4);
}

/**
 * Browsers open six connections to a server, so hidden tabs give theirs to the one that is looked at.
 * The last that was looked at keeps its own, and counts in its title what is unread.
 */
function listenToTabs(): void {
  tabs = new BroadcastChannel("live");
  tabs.onmessage = () => document.hidden && disconnect();
}

function connectSoon(delay = 10): void {
  clearTimeout(connecting);
  connecting = setTimeout(connect, delay);
}

function reconnect(): void {
  disconnect();
  connectSoon();
}

function disconnect(): void {
  clearTimeout(connecting);
  source?.close();
  source = null;
}

function connect(): void {
  const all = [...subscriptions].flatMap(({ topics }) => topics);
  const topics = [...new Set(all)].slice(-MOST_TOPICS).join();
  if (document.hidden || (source !== null && topics === asked)) return;
  disconnect();
  // Only the pages of who is logged in say from where to listen.
  if (subscriptions.size === 0 || lastId === undefined) return;
  asked = topics;
  heardAt = Date.now();
  source = new EventSource(`/live?after=${lastId}&topics=${topics}`);
  source.onmessage = hear;
  source.onerror = () => {
    // It tries again by itself unless it was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    disconnect();
    connectSoon(RETRY_MS);
  };
  tabs?.postMessage(null);
}

function hear({ data, lastEventId }: MessageEvent<string>): void {
  heardAt = Date.now();
  lastId = lastEventId || lastId;
  const event: LiveEvent = { id: Number(lastId), ...JSON.parse(data) };
  raiseReadPosition(event.id);
  for (const { onEvent } of [...subscriptions]) onEvent(event);
}
