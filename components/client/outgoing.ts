import type { Outgoing } from "../thread.ts";

const keyOf = (receiverId: number) => `outgoing:${receiverId}`;

/** Keeps messages on their way to somebody for this tab, so that a reload loses none. */
export function rememberOutgoing(receiverId: number, outgoing: readonly Outgoing[]): void {
  try {
    if (outgoing.length === 0) sessionStorage.removeItem(keyOf(receiverId));
    else sessionStorage.setItem(keyOf(receiverId), JSON.stringify(outgoing));
  } catch {
    // Storage is full or switched off: then a reload loses what was not sent.
  }
}

/** What was on its way, or had failed, when the page went. */
export function recallOutgoing(receiverId: number): Outgoing[] {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(receiverId)) ?? "[]");
  } catch {
    return [];
  }
}
