import { relativeTime } from "../relative_time.ts";

const EVERY_MS = 30_000;

function refresh() {
  const now = Date.now();
  for (const element of document.querySelectorAll<HTMLTimeElement>("time:not(.clock-time)")) {
    const text = relativeTime(Date.parse(element.dateTime), now);
    if (element.firstChild?.nodeValue !== text) element.textContent = text;
  }
}

/** Keeps every relative time of the page true; answers how to stop. */
export function refreshTimes(): () => void {
  const timer = setInterval(refresh, EVERY_MS);
  return () => clearInterval(timer);
}
