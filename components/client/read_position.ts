import { POSITION_COOKIE, positionCookie } from "../../web/nodes/position_cookie.ts";

const COOKIE = new RegExp(`${POSITION_COOKIE}=(\\d+)`);

/** What this page has seen of the film. */
let seen = 0;

/**
 * Takes note of what was heard, or acknowledged, so that nothing is asked for from before it. Where
 * there is no cookie, everything that is asked for is as of now.
 */
export function raiseReadPosition(position: number): void {
  seen = Math.max(seen, position);
  const kept = COOKIE.exec(document.cookie);
  if (kept && Number(kept[1]) < seen) document.cookie = positionCookie(seen);
}
