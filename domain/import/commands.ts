import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { notFound, refused } from "../core/errors.ts";
import type { ImportAdvanced, ImportEnded, ImportStarted, Source } from "./events.ts";
import { runningImport } from "./state.ts";

export interface StartImport {
  readonly by: number;
  readonly source: Source;
  /** Posts in the archive. */
  readonly total: number;
}

/** One at a time: two archives of the same pictures would be a race for nothing. */
export const startImport = command({
  streams: ({ by }: StartImport) => ({ userExists: userExists(by), running: runningImport(by) }),
  decide({ by, source, total }, { userExists, running }, { id }): ImportStarted[] {
    if (!userExists) throw notFound("User");
    if (running !== null) throw refused("An import is under way; wait for its end or stop it");
    return [{ type: "ImportStarted", data: { importId: id("import"), userId: by, source, total } }];
  },
  result: ([started]) => ({ importId: started!.data.importId }),
});

export interface AdvanceImport {
  readonly by: number;
  readonly importId: number;
  readonly done: number;
  readonly skipped: number;
}

/** Says how far an import is, and answers whether it is to go on. */
export const advanceImport = command({
  streams: ({ by }: AdvanceImport) => ({ running: runningImport(by) }),
  decide({ by, importId, done, skipped }, { running }): ImportAdvanced[] {
    if (running?.importId !== importId) return [];
    if (done === running.done && skipped === running.skipped) return [];
    return [{ type: "ImportAdvanced", data: { importId, userId: by, done, skipped } }];
  },
  result: (_, { importId }, { running }) => ({ goesOn: running?.importId === importId }),
});

export interface EndImport extends AdvanceImport {
  /** Why it cannot go on, as a sentence for people; null where everything was seen to. */
  readonly problem: string | null;
}

export const endImport = command({
  streams: ({ by }: EndImport) => ({ running: runningImport(by) }),
  decide({ by, importId, done, skipped, problem }, { running }): ImportEnded[] {
    if (running?.importId !== importId) return [];
    const outcome = problem === null ? "finished" : "failed";
    return [{
      type: "ImportEnded",
      data: { importId, userId: by, done, skipped, outcome, problem },
    }];
  },
  result: () => null,
});

export interface StopImport {
  readonly by: number;
}

/** Leaves it at what was taken over by now. */
export const stopImport = command({
  streams: ({ by }: StopImport) => ({ running: runningImport(by) }),
  decide({ by }, { running }): ImportEnded[] {
    if (running === null) throw notFound("Import");
    const { importId, done, skipped } = running;
    return [{
      type: "ImportEnded",
      data: { importId, userId: by, done, skipped, outcome: "stopped", problem: null },
    }];
  },
  result: () => null,
});
