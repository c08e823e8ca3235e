import { absoluteTime, relativeTime } from "./relative_time.ts";

export interface TimeProps {
  /** ISO 8601. */
  readonly at: string;
  /** Milliseconds; the clock unless told. */
  readonly now?: number;
}

/** A relative time that keeps the absolute one in its title; the island Background refreshes it. */
export default function Time({ at, now = Date.now() }: TimeProps) {
  const then = Date.parse(at);
  return <time dateTime={at} title={absoluteTime(then)}>{relativeTime(then, now)}</time>;
}
