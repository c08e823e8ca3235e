import type { Outgoing } from "../thread.ts";
import { attempt } from "./storage.ts";

const keyOf = (receiverId: number) => `outgoing:${receiverId}`;

/** Keeps messages on their way to somebody for this tab, so that a reload loses none. */
export function rememberOutgoing(receiverId: number, outgoing: readonly Outgoing[]): void {
  attempt(() => {
    if (outgoing.length === 0) sessionStorage.removeItem(keyOf(receiverId));
    else sessionStorage.setItem(keyOf(receiverId), JSON.stringify(outgoing));
  });
}

/** What was on its way, or had failed, when the page went. */
export const recallOutgoing = (receiverId: number): Outgoing[] =>
  attempt(() => JSON.parse(sessionStorage.getItem(keyOf(receiverId)) ?? "[]")) ?? [];
