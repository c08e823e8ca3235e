import assert from "node:assert/strict";
import fc from "fast-check";
import { seeded } from "../../../cli/demo/pictures_paint.ts";
import { communityOf, habits } from "./community.ts";
import {
  amplification,
  bestStrategy,
  copiesPayFrom,
  COPY,
  dayCost,
  dayOf,
  deliverySeconds,
  MERGE,
  PAGE,
  pageCost,
  planOf,
  shardsTouched,
  type UnitCosts,
  writtenBy,
} from "./feed_cost.ts";

const costs: UnitCosts = {
  pointRead: 20e-6,
  rangeRead: { fixed: 60e-6, each: 1e-6 },
  merge: { fixed: 300e-6, each: 2e-6 },
  copiedPage: 250e-6,
  copying: { fixed: 100e-6, each: 5e-6 },
  forgetting: 2e-6,
  command: 150e-6,
  post: 200e-6,
};

const machine = { cores: 16, load: 0.5, commands: 5000 };

const town = communityOf(100_000, seeded(1));

Deno.test("shardsTouched is one for one, and never more than there are of either", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 500 }),
      (count, shards) => {
        const touched = shardsTouched(count, shards);
        assert.ok(touched >= 1 - 1e-9 && touched <= Math.min(count, shards) + 1e-6);
      },
    ),
  );
  assert.ok(Math.abs(shardsTouched(1, 64) - 1) < 1e-9);
});

Deno.test("dayOf copies nothing where all is merged, and each post to each follower where all is copied", () => {
  const merged = dayOf(town, MERGE);
  assert.deepEqual([merged.copies, merged.copiedPosts, merged.mergedShare], [0, 0, 1]);
  const copied = dayOf(town, COPY);
  assert.equal(copied.mergedShare, 0);
  assert.ok(Math.abs(copied.copiedPosts / copied.posts - 1) < 1e-9);
  // Who has more followers posts more, so a post reaches more than the average person's followers.
  const followers = town.following.reduce((sum, count) => sum + count, 0) / town.following.length;
  assert.ok(copied.copies > copied.posts * followers);
  const both = dayOf(town, { copiedUpTo: 1000 });
  assert.ok(both.copies > 0 && both.copies < copied.copies);
  assert.ok(both.mergedShare > 0 && both.mergedShare < 1);
});

Deno.test("pageCost on one shard is what was measured", () => {
  const one = { ...town, following: [50] };
  const nearly = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
  nearly(pageCost(one, costs, MERGE, 1, 1), costs.merge.fixed + 50 * costs.merge.each);
  nearly(pageCost(one, costs, COPY, 0, 1), costs.copiedPage);
  const more = pageCost(one, costs, COPY, 0, 8) - costs.copiedPage;
  nearly(more, (shardsTouched(PAGE, 8) - 1) * costs.pointRead);
});

Deno.test("dayCost counts the same for the rest whatever the feed's strategy", () => {
  const [merging, copying] = [MERGE, COPY].map((strategy) => dayCost(town, costs, strategy, 1));
  assert.equal(merging!.rest, copying!.rest);
  assert.equal(merging!.copies, 0);
  assert.ok(copying!.feed < merging!.feed);
});

Deno.test("planOf takes the fewest shards that are loaded as they may be", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1e3, 1e5, 1e7),
      fc.constantFrom(0, 1e3, Infinity),
      (people, copiedUpTo) => {
        const { shards, load, cores } = planOf(
          communityOf(people, seeded(1)),
          costs,
          { copiedUpTo },
          machine,
        );
        assert.ok(load <= machine.load && cores <= shards * machine.cores * machine.load);
        // With one fewer it would be more, by no less than that one's part.
        assert.ok(shards === 1 || load * shards / (shards - 1) > 0.9 * machine.load);
      },
    ),
    { numRuns: 9 },
  );
});

Deno.test("planOf takes a shard for every film's worth of commands, however little each costs", () => {
  const day = dayOf(town, MERGE);
  const commands = (day.posts + day.actions) * habits.peak / 86_400;
  const { shards } = planOf(town, costs, MERGE, { ...machine, commands: commands / 3 });
  assert.equal(shards, 6);
});

Deno.test("bestStrategy costs no more than merging, and delivers in time", () => {
  for (const people of [1e4, 1e6, 1e8]) {
    const community = communityOf(people, seeded(1));
    const best = bestStrategy(community, costs, costs, machine, 1);
    assert.ok(deliverySeconds(costs, best.copiedUpTo, 1) <= 1);
    const coresOf = (strategy: typeof best) => planOf(community, costs, strategy, machine).cores;
    assert.ok(coresOf(best) <= coresOf(MERGE));
  }
});

Deno.test("bestStrategy merges where copies cost too much", () => {
  const dear = { ...costs, copying: { fixed: 1, each: 1 } };
  assert.deepEqual(bestStrategy(town, dear, costs, machine, 1), MERGE);
});

Deno.test("amplification is one without copies, and counts their bytes", () => {
  const bytes = { action: 1000, post: 2000, copy: 100 };
  assert.equal(amplification(writtenBy(dayOf(town, MERGE), bytes)), 1);
  const day = dayOf(town, COPY);
  const commands = day.actions * 1000 + day.posts * 2000;
  assert.equal(amplification(writtenBy(day, bytes)), (commands + day.copies * 100) / commands);
});

Deno.test("copiesPayFrom finds where a merged page costs what a copied one and its copies do", () => {
  const dearPage = { ...costs, copiedPage: 400e-6 };
  const count = copiesPayFrom(dearPage, 10);
  const copied = dearPage.copiedPage +
    count * (costs.copying.each + costs.forgetting) / 10;
  assert.ok(Math.abs(costs.merge.fixed + count * costs.merge.each - copied) < 1e-9);
  assert.equal(copiesPayFrom(costs, 1), Infinity);
  assert.equal(copiesPayFrom(costs, 100), 0);
});
