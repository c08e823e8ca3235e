import assert from "node:assert/strict";
import fc from "fast-check";
import { seeded } from "../../../cli/demo/pictures_paint.ts";
import { communityOf } from "./community.ts";
import { COPY, MERGE, type UnitCosts } from "./feed_cost.ts";
import { feedLatency, longestWait, ROUND_TRIP } from "./feed_latency.ts";

const clock: UnitCosts = {
  pointRead: 50e-6,
  rangeRead: { fixed: 60e-6, each: 1e-6 },
  merge: { fixed: 400e-6, each: 2e-6 },
  copiedPage: 300e-6,
  copying: { fixed: 100e-6, each: 5e-6 },
  forgetting: 2e-6,
  command: 150e-6,
  post: 200e-6,
};

const town = communityOf(100_000, seeded(1));

Deno.test("longestWait is M/M/1's for one, and longer the more are asked and the busier they are", () => {
  // P(wait > t) = load * exp(-(1 - load) t / piece)
  const wait = longestWait(1, 0.5, 0.001, 0.99);
  assert.ok(Math.abs(0.5 * Math.exp(-0.5 * wait / 0.001) - 0.01) < 1e-12);
  assert.equal(longestWait(1, 0.5, 0.001, 0.5), 0);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (count, load, chance) => {
        const wait = longestWait(count, load, 1, chance);
        assert.ok(longestWait(count + 1, load, 1, chance) >= wait);
        assert.ok(longestWait(count, load + 0.05, 1, chance) >= wait);
      },
    ),
  );
});

Deno.test("feedLatency of an idle database is its own work and the way there", () => {
  const idle = { shards: 1, load: 0 };
  const copied = feedLatency(town, clock, COPY, 0, idle, seeded(1));
  assert.deepEqual(copied, {
    p50: ROUND_TRIP + clock.copiedPage,
    p99: ROUND_TRIP + clock.copiedPage,
  });
  const merged = feedLatency({ ...town, following: [100] }, clock, MERGE, 1, idle, seeded(1));
  assert.ok(Math.abs(merged.p50 - (ROUND_TRIP + 600e-6)) < 1e-12);
});

Deno.test("feedLatency's slowest pages wait for the slowest of many shards", () => {
  const p99Of = (shards: number) =>
    feedLatency(town, clock, MERGE, 1, { shards, load: 0.5 }, seeded(1)).p99;
  assert.ok(p99Of(100) > p99Of(10));
});

Deno.test("feedLatency answers the same of the same seed", () => {
  const ask = (seed: number) =>
    feedLatency(town, clock, { copiedUpTo: 1000 }, 0.3, { shards: 4, load: 0.4 }, seeded(seed));
  assert.deepEqual(ask(7), ask(7));
});
