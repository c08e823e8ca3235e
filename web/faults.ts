/**
 * Faults of what is underneath: no room, no file descriptors, a database or a store of pictures that
 * cannot be used. They come with every request while they last, so the operator is told once, not
 * thousands of times.
 */
import { type Clock, systemClock } from "../domain/core/clock.ts";
import { StoreUnavailable } from "../domain/event_store/event_store.ts";
import { StorageUnavailable } from "../media/storage.ts";
import { log as writeLog } from "./log.ts";

export type Fault = "database" | "disk" | "descriptors" | "pictures";

const MESSAGES: Readonly<Record<Fault, string>> = {
  database: "The database cannot be used",
  disk: "Files cannot be written",
  pictures: "The store of pictures cannot be used",
  descriptors: "Out of file descriptors: raise the limit of open files (ulimit -n)",
};

/** Codes of the operating system: no space, file too large, read-only, over quota, input/output. */
const DISK = /^(ENOSPC|EFBIG|EROFS|EDQUOT|EIO)$|os error (28|27|30|122|5)\)/;
/** Too many open files, of the process or of the machine. */
const DESCRIPTORS = /^(EMFILE|ENFILE)$|os error (24|23)\)/;

/** Which fault an error is; null for any other error. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof StoreUnavailable) return "database";
  if (error instanceof StorageUnavailable) return "pictures";
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const is = (codes: RegExp) => codes.test(code) || codes.test(error.message);
  return is(DESCRIPTORS) ? "descriptors" : is(DISK) ? "disk" : null;
}

const MINUTE = 60_000;

/** One fault while it lasts. */
interface Outage {
  /** How often it was met since it was last logged. */
  times: number;
  loggedAt: number;
  /** Whether the log says that it lasts. */
  told: boolean;
}

/** Logs each fault when it begins, at most once a minute while it lasts, and when it is known to be over. */
export class Faults {
  readonly #outages = new Map<Fault, Outage>();
  readonly #clock: Clock;
  readonly #log: typeof writeLog;

  constructor(clock: Clock = systemClock, log: typeof writeLog = writeLog) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Takes note of an error if it is a fault; answers whether it is. */
  met(error: unknown): boolean {
    const fault = faultOf(error);
    if (fault === null) return false;
    const now = this.#clock().getTime();
    const outage = this.#outages.get(fault) ?? { times: 0, loggedAt: -Infinity, told: false };
    this.#outages.set(fault, outage);
    outage.times++;
    // The clock can go back.
    if (Math.abs(now - outage.loggedAt) < MINUTE) return true;
    this.#log("error", MESSAGES[fault], { reason: (error as Error).message, times: outage.times });
    Object.assign(outage, { times: 0, loggedAt: now, told: true });
    return true;
  }

  /** Takes note that what a fault keeps from working works. */
  over(fault: Fault): void {
    const outage = this.#outages.get(fault);
    if (outage === undefined || !outage.told) return;
    outage.told = false;
    this.#log("warn", `No longer: ${MESSAGES[fault]}`, { times: outage.times });
    outage.times = 0;
  }
}
