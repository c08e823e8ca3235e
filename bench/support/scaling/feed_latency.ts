/** How long a feed page waits for its databases, sampled. Deterministic for the same seed. */
import type { Random } from "../../../cli/demo/pictures_paint.ts";
import { type Community, mean, quantile } from "./community.ts";
import {
  PAGE,
  pageSteps,
  type Plan,
  shardsTouched,
  type Strategy,
  type UnitCosts,
} from "./feed_cost.ts";

/** Seconds that a question to another machine of the same place is on its way, there and back. */
export const ROUND_TRIP = 0.0005;

/** Seconds that half of all pages wait at most, and that 99 of 100 do. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Every shard answers who comes first; how long one waits there is taken for exponential (M/M/1, one
 * core a question), as if all its work were pieces like this page's. Who asks many shards waits for
 * the slowest.
 *
 * @param clock unit costs in seconds of a clock
 */
export function feedLatency(
  { following }: Community,
  clock: UnitCosts,
  strategy: Strategy,
  mergedShare: number,
  { shards, load }: Pick<Plan, "shards" | "load">,
  random: Random,
): Latency {
  const steps = pageSteps(clock, strategy);
  const parts = following.map((count) => {
    const merged = rounded(count * mergedShare, random);
    const asked = shardsTouched(merged, shards);
    const merging = merged === 0 ? 0 : steps.merging + clock.merge.each * merged / asked;
    return { asked, merging };
  });
  const piece = Math.max(steps.copies, mean(parts.map(({ merging }) => merging))) + steps.rows;
  const wait = (asked: number) => longestWait(asked, load, piece, random.between(0, 1));
  const pages = parts.map(({ asked, merging }) => {
    // On one shard it is one question.
    if (shards === 1) return ROUND_TRIP + wait(1) + steps.copies + merging + steps.rows;
    const found = Math.max(
      steps.copies === 0 ? 0 : wait(1) + steps.copies,
      merging === 0 ? 0 : wait(asked) + merging,
    );
    const holders = shardsTouched(PAGE, shards);
    const read = wait(holders) + Math.max(clock.pointRead, steps.rows / holders);
    return ROUND_TRIP + found + ROUND_TRIP + read;
  });
  return { p50: quantile(pages, 0.5), p99: quantile(pages, 0.99) };
}

/** A whole number near a figure, so that many are the figure on average. */
const rounded = (figure: number, random: Random): number =>
  Math.floor(figure) + (random.chance(figure % 1) ? 1 : 0);

/**
 * The longest of several waits, each for a server that is busy a share `load` of the time with pieces
 * of `piece` seconds on average: the one that a share `chance` of such groups does not exceed.
 */
export function longestWait(count: number, load: number, piece: number, chance: number): number {
  const ofOne = chance ** (1 / count);
  return ofOne <= 1 - load ? 0 : -Math.log((1 - ofOne) / load) * piece / (1 - load);
}
