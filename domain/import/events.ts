import type { DomainEvent } from "../core/event.ts";

/** Where an archive is from. */
export type Source = "filmroll" | "instagram";

/** Posts of an archive that were taken over, and that could not be. */
interface Progress {
  readonly importId: number;
  readonly userId: number;
  readonly done: number;
  readonly skipped: number;
}

export type ImportStarted = DomainEvent<"ImportStarted", {
  readonly importId: number;
  readonly userId: number;
  readonly source: Source;
  /** Posts in the archive. */
  readonly total: number;
}>;

/** Recorded now and then; what came after the last is taken over again, to no effect. */
export type ImportAdvanced = DomainEvent<"ImportAdvanced", Progress>;

export type ImportEnded = DomainEvent<"ImportEnded", Ending>;

interface Ending extends Progress {
  readonly outcome: "finished" | "stopped" | "failed";
  /** Why it failed, as a sentence for people; null where it did not. */
  readonly problem: string | null;
}

export type ImportEvent = ImportStarted | ImportAdvanced | ImportEnded;
