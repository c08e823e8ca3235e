/** What the engines have in common: commands that wait, how they end, and who is told. */
import type { RecordedEvent } from "../core/event.ts";
import {
  type CommandOutcome,
  type Committed,
  type StoreObserver,
  StoreUnavailable,
  type UnitOfWork,
} from "./event_store.ts";

/** Commands that may wait; more are refused with `StoreOverloaded`. */
export const LONGEST_QUEUE = 10_000;

export interface Waiting {
  readonly unit: UnitOfWork<unknown>;
  readonly resolve: (committed: Committed<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

export type Answer =
  | { readonly committed: Committed<unknown> }
  | { readonly refusal: unknown };

/** The end of the film; position 0 and zeros while it is empty. */
export interface Head {
  readonly position: number;
  readonly hash: Uint8Array;
}

/** Gives each who waits their answer. */
export function settle(group: readonly Waiting[], answers: readonly Answer[]): void {
  group.forEach(({ resolve, reject }, index) => {
    const answer = answers[index]!;
    if ("committed" in answer) resolve(answer.committed);
    else reject(answer.refusal);
  });
}

export function outcomeOf(answer: Answer): CommandOutcome {
  if ("committed" in answer) return answer.committed.repeated ? "repeated" : "committed";
  return answer.refusal instanceof StoreUnavailable ? "failed" : "refused";
}

/** Has observers hear of a group and of its commands. Times are in milliseconds. */
export function report(
  observers: Iterable<StoreObserver>,
  group: readonly Waiting[],
  outcomes: readonly CommandOutcome[],
  transactionMs: number,
  syncMs: number,
): void {
  for (const observer of observers) {
    observer.group(group.length, transactionMs, syncMs);
    group.forEach(({ unit }, index) => observer.command(unit.command, outcomes[index]!));
  }
}

/** Tells listeners of events. One that throws must not keep the others, or the next group, waiting. */
export function tell(
  listeners: Iterable<(events: readonly RecordedEvent[]) => void>,
  events: readonly RecordedEvent[],
): void {
  for (const listener of listeners) {
    try {
      listener(events);
    } catch (error) {
      console.error("A listener to committed events failed:", error);
    }
  }
}

export const unavailable = (to: "read" | "record", cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`Cannot ${to}: ${(cause as Error).message}`, { cause });

export const closed = (): StoreUnavailable => new StoreUnavailable("The store is closed");
