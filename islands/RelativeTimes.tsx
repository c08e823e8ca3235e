import { useEffect } from "preact/hooks";
import { relativeTime } from "../components/relative_time.ts";

const EVERY_MS = 30_000;

function refresh() {
  const now = Date.now();
  for (const element of document.querySelectorAll("time")) {
    const text = relativeTime(Date.parse(element.dateTime), now);
    if (element.firstChild?.nodeValue !== text) element.textContent = text;
  }
}

/** Keeps every relative time of the page true; draws nothing. */
export default function RelativeTimes() {
  useEffect(() => {
    const timer = setInterval(refresh, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return null;
}
