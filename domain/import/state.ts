import { type Fold, lastStateOf } from "../core/decider.ts";
import type { ImportEvent } from "./events.ts";

/** The import that somebody has under way; null where none is. */
export type RunningImport = {
  readonly importId: number;
  readonly done: number;
  readonly skipped: number;
} | null;

const running: Fold<RunningImport, ImportEvent> = {
  initial: null,
  evolve(_, event) {
    switch (event.type) {
      case "ImportStarted":
        return { importId: event.data.importId, done: 0, skipped: 0 };
      case "ImportAdvanced":
        return event.data;
      case "ImportEnded":
        return null;
    }
  },
};

export const runningImport = (userId: number) => lastStateOf(`imports-${userId}`, running);
