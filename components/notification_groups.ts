import type { Notification } from "../web/schemas.ts";

/** Notifications that are told in one line, the newest first. */
export type NotificationGroup = readonly [Notification, ...Notification[]];

export interface NotificationSection {
  readonly title: "Today" | "This week" | "Earlier";
  readonly groups: readonly NotificationGroup[];
}

const DAY = 24 * 60 * 60_000;

/** Where the reader's day begins is unknown to the server, so "today" is the last 24 hours. */
function titleOf({ created_at }: Notification, now: number): NotificationSection["title"] {
  const age = now - Date.parse(created_at);
  if (age < DAY) return "Today";
  return age < 7 * DAY ? "This week" : "Earlier";
}

/** What tells the lines of a section apart, whatever joins them. */
export const groupKey = ({ type, reference_id, id }: Notification): string =>
  type === "like" ? `likes of ${reference_id}` : String(id);

/**
 * A page of notifications by age, the likes of one post in a section told in one line.
 *
 * @param notifications newest first
 * @param now in milliseconds
 */
export function groupNotifications(
  notifications: readonly Notification[],
  now: number,
): NotificationSection[] {
  const sections = Map.groupBy(notifications, (one) => titleOf(one, now));
  return Array.from(sections, ([title, inSection]) => ({
    title,
    groups: [...Map.groupBy(inSection, groupKey).values()] as unknown as NotificationGroup[],
  }));
}

const SHOWN = 3;

/** Whom a line names: all of three people, the first two of more, and how many the others are. */
export function namedActors<Item>(
  items: readonly Item[],
): { readonly named: readonly Item[]; readonly others: number } {
  const named = items.length <= SHOWN ? items : items.slice(0, SHOWN - 1);
  return { named, others: items.length - named.length };
}
