const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const dayAndMonthOptions = { day: "numeric", month: "short", timeZone: "UTC" } as const;
const dayAndMonth = new Intl.DateTimeFormat("en-GB", dayAndMonthOptions);
const dayMonthAndYear = new Intl.DateTimeFormat("en-GB", {
  ...dayAndMonthOptions,
  year: "numeric",
});
const wholeTime = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/**
 * How long ago, in as few characters as a list has room for: `now`, `5m`, `3h`, `6d`, and from a
 * week on the date. Both arguments are milliseconds; a time ahead of the clock counts as now.
 */
export function relativeTime(then: number, now: number): string {
  const age = now - then;
  if (age < MINUTE) return "now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < WEEK) return `${Math.floor(age / DAY)}d`;
  const sameYear = new Date(then).getUTCFullYear() === new Date(now).getUTCFullYear();
  return (sameYear ? dayAndMonth : dayMonthAndYear).format(then);
}

/** `12 Mar 2026` */
export const dayOf = (then: number): string => dayMonthAndYear.format(then);

/** `12 March 2026 at 14:05 UTC` */
export function absoluteTime(then: number): string {
  return `${wholeTime.format(then)} UTC`;
}
