import type { Clock } from "../../domain/core/clock.ts";

/** What happened in one minute. Latencies are in milliseconds; null where nothing was asked. */
export interface ActivityMinute {
  /** When it began, ISO 8601 in UTC. */
  readonly time: string;
  readonly requests: number;
  readonly commands: number;
  readonly median: number | null;
  /** The 99th percentile. */
  readonly slowest: number | null;
}

const MINUTE = 60_000;

/** Minutes that are remembered. */
const MINUTES = 60;

/** Latencies are told apart by a fifth: bounds grow by 2^(1/4), from 0.05 ms to a minute. */
const FIRST_BOUND = 0.05;
const STEPS_PER_DOUBLING = 4;
const BOUNDS = 82;

interface Minute {
  readonly number: number;
  requests: number;
  commands: number;
  /** How many requests took up to each bound, and longer than the one before. */
  readonly latencies: Uint32Array;
}

/** The last hour's requests and commands, a minute each, in memory: for the operator's charts. */
export class Activity {
  readonly #clock: Clock;
  readonly #minutes: Minute[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  request(milliseconds: number): void {
    const minute = this.#current();
    minute.requests++;
    minute.latencies[boundOf(milliseconds)]!++;
  }

  command(): void {
    this.#current().commands++;
  }

  /** The last minutes, the oldest first, the one under way last. */
  last(count = MINUTES): ActivityMinute[] {
    const now = this.#number();
    return Array.from({ length: count }, (_, index) => {
      const number = now - count + 1 + index;
      return summaryOf(number, this.#minutes.find((minute) => minute.number === number));
    });
  }

  #current(): Minute {
    const number = this.#number();
    const last = this.#minutes.at(-1);
    // A clock that goes backwards adds to the minute that it went back from.
    if (last !== undefined && last.number >= number) return last;
    const minute = { number, requests: 0, commands: 0, latencies: new Uint32Array(BOUNDS) };
    this.#minutes.push(minute);
    if (this.#minutes.length > MINUTES) this.#minutes.shift();
    return minute;
  }

  #number(): number {
    return Math.floor(this.#clock().getTime() / MINUTE);
  }
}

function boundOf(milliseconds: number): number {
  const bound = Math.ceil(Math.log2(milliseconds / FIRST_BOUND) * STEPS_PER_DOUBLING);
  return Math.min(BOUNDS - 1, Math.max(0, bound));
}

function summaryOf(number: number, minute: Minute | undefined): ActivityMinute {
  return {
    time: new Date(number * MINUTE).toISOString(),
    requests: minute?.requests ?? 0,
    commands: minute?.commands ?? 0,
    median: percentile(minute, 0.5),
    slowest: percentile(minute, 0.99),
  };
}

function percentile(minute: Minute | undefined, share: number): number | null {
  if (minute === undefined || minute.requests === 0) return null;
  let left = Math.ceil(minute.requests * share);
  const bound = minute.latencies.findIndex((count) => (left -= count) <= 0);
  return FIRST_BOUND * 2 ** (bound / STEPS_PER_DOUBLING);
}
