import type { Image, Media, Message } from "../web/schemas.ts";

/** A message that the server has not confirmed yet. */
export interface Outgoing {
  /** Sent again under the same id, it is recorded once. */
  readonly commandId: string;
  readonly content: string;
  /** The picture that goes with it, which the server has already. */
  readonly picture: Media | null;
  /** ISO 8601. */
  readonly at: string;
  /** Why it could not be sent; null while it is on its way. */
  readonly failure: string | null;
}

export type Delivery = "sending" | "failed" | "sent" | "read";

/** Messages of one person that follow closely upon each other: they share a time and a fate. */
export interface Cluster {
  readonly own: boolean;
  readonly delivery: Delivery;
  readonly bubbles: readonly Bubble[];
  /** ISO 8601, of the last. */
  readonly at: string;
  /** Why it was not delivered, where that failed. */
  readonly failure: string | null;
}

export interface Bubble {
  /** Unique in a conversation. */
  readonly key: string;
  /** Empty where there is only a picture. */
  readonly content: string;
  readonly image: Image | null;
}

export interface Day {
  /** `Today`, `Yesterday`, `Monday 12 January`, with the year where it is another. */
  readonly label: string;
  readonly clusters: readonly Cluster[];
}

const CLOSELY_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

interface Formats {
  readonly zone: string;
  readonly day: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
}

let formats: Formats | null = null;

/** The formats of a time zone; making them is slow, and a page has one zone. */
function formatsOf(zone: string): Formats {
  if (formats?.zone === zone) return formats;
  const day = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: zone,
  });
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: zone });
  return formats = { zone, day, clock };
}

/**
 * `14:05`
 *
 * @param at ISO 8601
 * @param zone an IANA time zone
 */
export const clockTime = (at: string, zone: string): string =>
  formatsOf(zone).clock.format(Date.parse(at));

/** The day of a time: by its name where it is this day or the last. Times are milliseconds. */
export function dayLabel(then: number, now: number, zone: string): string {
  const { day } = formatsOf(zone);
  const name = day.format(then);
  if (name === day.format(now)) return "Today";
  if (name === day.format(now - DAY_MS)) return "Yesterday";
  const year = day.format(now).slice(-4);
  return name.endsWith(year) ? name.slice(0, -5) : name;
}

interface Entry extends Bubble {
  readonly own: boolean;
  readonly delivery: Delivery;
  readonly at: string;
  readonly failure: string | null;
}

const entryOf = (
  { id, sender_id, content, image, created_at }: Message,
  { me, seenUpTo }: Reading,
): Entry => ({
  key: String(id),
  content,
  image,
  own: sender_id === me,
  delivery: sender_id === me && id <= seenUpTo ? "read" : "sent",
  at: created_at,
  failure: null,
});

const outgoingEntry = ({ commandId, picture, ...message }: Outgoing): Entry => ({
  ...message,
  key: commandId,
  image: picture,
  own: true,
  delivery: message.failure === null ? "sending" : "failed",
});

const belongs = (entry: Entry, to: Cluster): boolean =>
  entry.own === to.own && entry.delivery === to.delivery && entry.delivery !== "failed" &&
  Date.parse(entry.at) - Date.parse(to.at) < CLOSELY_MS;

/** Who reads a conversation, when and where. */
export interface Reading {
  /** Whose messages are one's own. */
  readonly me: number;
  /** The id of the last of one's own messages that the other has read; 0 before the first. */
  readonly seenUpTo: number;
  /** Milliseconds. */
  readonly now: number;
  /** An IANA time zone. */
  readonly zone: string;
}

/**
 * A conversation by days and clusters.
 *
 * @param messages oldest first
 * @param outgoing in the order of writing
 */
export function threadDays(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  reading: Reading,
): Day[] {
  const days: { label: string; clusters: Cluster[] }[] = [];
  const entries = [...messages.map((one) => entryOf(one, reading)), ...outgoing.map(outgoingEntry)];
  for (const entry of entries) {
    const { key, content, image, at, ...rest } = entry;
    const bubble = { key, content, image };
    const label = dayLabel(Date.parse(at), reading.now, reading.zone);
    if (days.at(-1)?.label !== label) days.push({ label, clusters: [] });
    const { clusters } = days.at(-1)!;
    const last = clusters.at(-1);
    if (last !== undefined && belongs(entry, last)) {
      clusters[clusters.length - 1] = { ...last, at, bubbles: [...last.bubbles, bubble] };
    } else {
      clusters.push({ ...rest, at, bubbles: [bubble] });
    }
  }
  return days;
}

/** The cluster that "Seen" stands under: one's last that was read, unless the answer already says so. */
export function seenCluster(days: readonly Day[]): Cluster | null {
  const clusters = days.flatMap(({ clusters }) => clusters);
  const last = clusters.findLastIndex(({ own, delivery }) => !own || delivery === "read");
  const cluster = clusters[last];
  return cluster?.own ? cluster : null;
}

/** Messages of both lists, each once, oldest first. */
export function mergeMessages(known: readonly Message[], more: readonly Message[]): Message[] {
  const byId = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

/** The id of the last of somebody's messages that was read, or of the last that was not; 0 if none. */
export const lastOf = (messages: readonly Message[], senderId: number, isRead: boolean): number =>
  messages.findLast(({ sender_id, is_read }) => sender_id === senderId && is_read === isRead)?.id ??
    0;
