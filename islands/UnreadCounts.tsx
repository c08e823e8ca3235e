import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { subscribe } from "../components/client/live.ts";
import type { Unread } from "../components/unread.ts";

const MOST = 99;
const text = (count: number): string => count > MOST ? `${MOST}+` : String(count);

export interface UnreadBadgeProps {
  readonly what: keyof Unread;
  readonly count: number;
}

/** How much is unread at a place of the rail, as it changes. */
export function UnreadBadge({ what, count }: UnreadBadgeProps) {
  const unread = useSignal(count);
  useEffect(() =>
    subscribe([], (event) => {
      if (event.type === "unread") unread.value = event.data[what];
    }), []);
  if (unread.value === 0) return null;
  return (
    <span class="badge">
      {text(unread.value)} <span class="visually-hidden">unread</span>
    </span>
  );
}

function entitle({ notifications, messages }: Unread): void {
  const count = notifications + messages;
  const title = document.title.replace(/^\(\d+\+?\) /, "");
  document.title = count === 0 ? title : `(${text(count)}) ${title}`;
}

/** Says in the tab's title how much is unread; draws nothing. */
export function UnreadTitle(unread: Unread) {
  useEffect(() => {
    entitle(unread);
    return subscribe([], (event) => {
      if (event.type === "unread") entitle(event.data);
    });
  }, []);
  return null;
}
