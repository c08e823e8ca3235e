import { setImmediate } from "node:timers";
import type { UserLoggedOut } from "../../domain/account/events.ts";
import type { Clock } from "../../domain/core/clock.ts";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { readingFrom, ReadPosition } from "../../domain/core/read_position.ts";
import type { EventStore } from "../../domain/event_store/event_store.ts";
import type { FollowEvent } from "../../domain/follow/events.ts";
import type { Filmroll } from "../../domain/mod.ts";
import type { Caller } from "../accounts.ts";
import { type Every, everyInterval } from "../every.ts";
import type { Faults } from "../faults.ts";
import { errorFacts, log } from "../log.ts";
import type { Note, Relay } from "../nodes/relay.ts";
import {
  type LiveMessage,
  tellingOf,
  topicOf,
  unreadCounts,
  whoseStreamsEnd,
  whoseUnread,
} from "./events.ts";
import { LiveStream } from "./stream.ts";

/** Who missed more events than this is told to start afresh. */
export const LOOK_BACK = 10_000;

/** Streams of one person; one more ends the oldest. */
export const STREAMS_EACH = 10;

/**
 * A feed tells of new posts by so many of the people followed, the latest: measured, 2000 streams that
 * all do so take 120 MiB.
 */
const FOLLOWEES = 500;

const BATCH = 256;
const TICK_MS = 1000;
const BEAT_AFTER_TICKS = 25;
const BEAT_AFTER_EVENTS = 1000;
const RETRY_MS = 1000;

export interface LiveOptions {
  readonly store: Pick<EventStore, "film" | "head" | "onCommitted">;
  readonly queries: Filmroll["queries"];
  /** Brings what is told to whoever listens now, on whichever node. */
  readonly relay: Relay;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly every?: Every;
}

export interface Listening {
  readonly caller: Pick<Caller, "id" | "session" | "expiresAt">;
  /** What to listen to beside what concerns the caller. */
  readonly topics: readonly string[];
  /** Whether to hear of new posts by the people whom the caller follows. */
  readonly feed: boolean;
  /** The position up to which the listener knows everything. */
  readonly after: number;
  /** The live position before it was found out who the caller is. */
  readonly position: number;
}

/** Somebody with an open stream. */
interface Listener {
  readonly caller: Listening["caller"];
  readonly topics: Set<string>;
  readonly feed: boolean;
  readonly stream: LiveStream;
  /** Whether it is told what happens, rather than still reading what it missed. */
  joined: boolean;
  /** The last event that was told, or need not be. */
  position: number;
  quietTicks: number;
}

/**
 * Tells people live what happens, as Server-Sent Events. A listener first reads the film from where
 * it left off, then joins those who are told each event once it is on disk; so each event is told
 * once and in order, whatever happens meanwhile. Nothing is kept for who does not listen: the film
 * is there already.
 */
export class Live {
  readonly #store: LiveOptions["store"];
  readonly #queries: Filmroll["queries"];
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #every: Every;
  readonly #relay: Relay;
  readonly #stopFollowing: readonly (() => void)[];

  /** Everybody with an open stream, each person's in the order of opening. */
  readonly #people = new Map<number, Set<Listener>>();
  /** Who has joined, by topic. */
  readonly #audiences = new Map<string, Set<Listener>>();

  /** The last event on disk. */
  #head = 0;
  /** The event being told, or the last one told. */
  #telling = 0;
  /** The last event that everybody who joined was told. */
  #told = 0;
  #running = false;
  #closed = false;
  #stopTicking: (() => void) | null = null;

  constructor({ store, queries, relay, clock, faults, every = everyInterval }: LiveOptions) {
    this.#store = store;
    this.#queries = queries;
    this.#clock = clock;
    this.#faults = faults;
    this.#every = every;
    this.#relay = relay;
    this.#stopFollowing = [
      store.onCommitted((events) => this.#advance(events.at(-1)!.position)),
      relay.onNote((note) => this.#pass(note)),
    ];
    store.head().then((head) => this.#advance(head), () => this.close());
  }

  /** Position of the last event: who knows this knows everything up to now. */
  get position(): number {
    return this.#head;
  }

  get openStreams(): number {
    return [...this.#people.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Opens a stream. It ends with the caller's session, and when its reader is too slow. */
  open({ caller, topics, feed, after, position }: Listening): LiveStream["body"] {
    const stream = new LiveStream(() => this.#leave(listener));
    const missedTooMuch = position - after > LOOK_BACK;
    const listener: Listener = {
      caller,
      topics: new Set([...topics, topicOf.person(caller.id)]),
      feed,
      stream,
      joined: false,
      // Never later than the request, lest a log-out since then be overlooked.
      position: missedTooMuch ? position : Math.min(after, position),
      quietTicks: 0,
    };
    if (this.#closed) {
      stream.end();
      return stream.body;
    }
    const own = this.#people.get(caller.id) ?? new Set();
    this.#people.set(caller.id, own.add(listener));
    if (own.size > STREAMS_EACH) own.values().next().value?.stream.end();
    this.#stopTicking ??= this.#every(TICK_MS, () => this.#tick());
    stream.push(encode(`retry: ${RETRY_MS}\n\n`));
    if (missedTooMuch) stream.push(frameOf({ type: "resync", data: null }, position));
    this.#join(listener).catch((error) => this.#fail(error, listener));
    return stream.body;
  }

  /** Tells a person something that is not recorded: who does not listen now never hears of it. */
  tell(userId: number, message: LiveMessage): void {
    this.#relay.send({ userId, message });
  }

  #pass({ userId, message }: Note): void {
    const listeners = this.#people.get(userId);
    if (listeners === undefined) return;
    const frame = frameOf(message);
    for (const listener of listeners) push(listener, frame);
  }

  /** Ends every stream, and opens no more. */
  close(): void {
    this.#closed = true;
    for (const stop of this.#stopFollowing) stop();
    this.disconnectAll();
  }

  /** Ends every stream; who listens comes again, and goes on where it was. */
  disconnectAll(): void {
    for (const own of this.#people.values()) for (const { stream } of own) stream.end();
  }

  /** Tells a listener what it missed, then lets it join the others. */
  async #join(listener: Listener): Promise<void> {
    const { caller, feed, stream, topics } = listener;
    if (feed) {
      topics.add(topicOf.postsOf(caller.id));
      const followees = await this.#queries.ask("GetFolloweeIds", {
        id: caller.id,
        limit: FOLLOWEES,
      });
      for (const id of followees) topics.add(topicOf.postsOf(id));
    }
    while (listener.position < this.#telling && !stream.ended) {
      for (const event of await this.#store.film(listener.position, BATCH)) {
        await asOf(event, () => this.#tellMissed(listener, event));
        listener.position = event.position;
      }
      await othersTurn();
    }
    if (stream.ended) return;
    listener.joined = true;
    for (const topic of topics) this.#audience(topic).add(listener);
    push(listener, frameOf({ type: "beat", data: null }, listener.position));
    await asOf(listener, () => this.#tellUnread(caller.id, [listener]));
  }

  async #tellMissed(listener: Listener, event: RecordedEvent): Promise<void> {
    this.#obey(event, [listener]);
    const telling = tellingOf(event);
    if (telling === undefined || !telling.topics.some((topic) => listener.topics.has(topic))) {
      return;
    }
    const message = await telling.message(this.#queries);
    if (message !== null) push(listener, frameOf(message, event.position));
  }

  #advance(head: number): void {
    this.#head = Math.max(this.#head, head);
    if (this.#running || this.#closed) return;
    this.#running = true;
    this.#run().catch((error) => this.#failAll(error));
  }

  /** Tells event after event until everything is told. */
  async #run(): Promise<void> {
    while (this.#told < this.#head) {
      if (this.#people.size === 0) {
        this.#telling = this.#told = this.#head;
        break;
      }
      for (const event of await this.#store.film(this.#told, BATCH)) {
        // From here on who joins has read this event itself, so it is told to those already here.
        this.#telling = event.position;
        await asOf(event, () => this.#tell(event));
        this.#told = event.position;
      }
      await othersTurn();
    }
    this.#running = false;
  }

  async #tell(event: RecordedEvent): Promise<void> {
    const { actor } = event.metadata;
    if (actor !== null) this.#obey(event, this.#audiences.get(topicOf.person(actor)) ?? []);
    const outcast = whoseStreamsEnd(event);
    if (outcast !== null) {
      for (const { stream } of this.#people.get(outcast) ?? []) {
        stream.end();
      }
    }
    const telling = tellingOf(event);
    const topics = telling?.topics.filter((topic) => this.#audiences.has(topic)) ?? [];
    if (telling !== undefined && topics.length > 0) {
      const message = await telling.message(this.#queries);
      if (message !== null) {
        const frame = frameOf(message, event.position);
        for (const listener of this.#listenersTo(topics)) {
          if (listener.position >= event.position) continue;
          listener.position = event.position;
          push(listener, frame);
        }
      }
    }
    const userId = await whoseUnread(event, this.#queries);
    if (userId === null) return;
    const audience = this.#audiences.get(topicOf.person(userId));
    if (audience !== undefined) await this.#tellUnread(userId, audience);
  }

  async #tellUnread(userId: number, listeners: Iterable<Listener>): Promise<void> {
    const data = await unreadCounts(this.#queries, userId);
    const frame = frameOf({ type: "unread", data });
    for (const listener of listeners) push(listener, frame);
  }

  /** Does what an event means for the streams of the person who acted. */
  #obey(event: RecordedEvent, listeners: Iterable<Listener>): void {
    const { type, data } = event as RecordedEvent<FollowEvent | UserLoggedOut>;
    for (const listener of listeners) {
      if (type === "UserLoggedOut") {
        if (listener.caller.session?.loginId === data.loginId) listener.stream.end();
      } else if (listener.feed && type === "UserFollowed") {
        this.#listen(listener, topicOf.postsOf(data.followeeId));
      } else if (listener.feed && type === "UserUnfollowed") {
        listener.topics.delete(topicOf.postsOf(data.followeeId));
        this.#forget(topicOf.postsOf(data.followeeId), listener);
      }
    }
  }

  #listen(listener: Listener, topic: string): void {
    listener.topics.add(topic);
    if (listener.joined) this.#audience(topic).add(listener);
  }

  #audience(topic: string): Set<Listener> {
    const audience = this.#audiences.get(topic) ?? new Set();
    this.#audiences.set(topic, audience);
    return audience;
  }

  #listenersTo(topics: readonly string[]): Set<Listener> {
    return new Set(topics.flatMap((topic) => [...this.#audiences.get(topic) ?? []]));
  }

  #leave(listener: Listener): void {
    for (const topic of listener.topics) this.#forget(topic, listener);
    const { id } = listener.caller;
    const own = this.#people.get(id);
    own?.delete(listener);
    if (own?.size === 0) this.#people.delete(id);
    if (this.#people.size > 0) return;
    this.#stopTicking?.();
    this.#stopTicking = null;
  }

  #forget(topic: string, listener: Listener): void {
    const audience = this.#audiences.get(topic);
    audience?.delete(listener);
    if (audience?.size === 0) this.#audiences.delete(topic);
  }

  /** Ends streams whose time is over, and keeps the quiet ones, and their positions, alive. */
  #tick(): void {
    const now = this.#clock().getTime();
    for (const own of this.#people.values()) {
      for (const listener of own) {
        listener.quietTicks++;
        if (listener.caller.expiresAt <= now) listener.stream.end();
        else if (listener.joined) this.#beat(listener);
      }
    }
  }

  #beat(listener: Listener): void {
    const lagging = this.#told - listener.position >= BEAT_AFTER_EVENTS;
    if (listener.quietTicks < BEAT_AFTER_TICKS && !lagging) return;
    listener.position = Math.max(listener.position, this.#told);
    push(listener, frameOf({ type: "beat", data: null }, listener.position));
  }

  /** Who cannot be told is dropped, and reads what it missed when it comes again. */
  #fail(error: unknown, { stream }: Listener): void {
    this.#log("A live stream failed", error);
    stream.end();
  }

  #log(message: string, error: unknown): void {
    if (!this.#closed && !this.#faults.met(error)) log("error", message, errorFacts(error));
  }

  #failAll(error: unknown): void {
    this.#log("Live streams failed", error);
    this.disconnectAll();
    this.#telling = this.#told = this.#head;
    this.#running = false;
  }
}

/** Has what is asked meanwhile answered as of what is told, or later. */
const asOf = <Result>({ position }: { readonly position: number }, work: () => Result): Result =>
  readingFrom(new ReadPosition(position), work);

function push(listener: Listener, frame: Uint8Array): void {
  listener.quietTicks = 0;
  listener.stream.push(frame);
}

const encoder = new TextEncoder();
const encode = (text: string): Uint8Array => encoder.encode(text);

/** A message as a Server-Sent Event; what is recorded has its position as id. */
function frameOf(message: LiveMessage, position?: number): Uint8Array {
  const id = position === undefined ? "" : `id: ${position}\n`;
  return encode(`${id}data: ${JSON.stringify(message)}\n\n`);
}

/** Lets requests that wait be answered in between. */
const othersTurn = () => new Promise<void>((resolve) => setImmediate(() => resolve()));
