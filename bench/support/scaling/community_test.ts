import assert from "node:assert/strict";
import fc from "fast-check";
import { seeded } from "../../../cli/demo/pictures_paint.ts";
import { communityOf, habits, mean, quantile, sumOf } from "./community.ts";

const nearly = (actual: number, expected: number, tolerance = 1e-6) =>
  assert.ok(Math.abs(actual / expected - 1) < tolerance, `${actual} is not ${expected}`);

Deno.test("communityOf has everybody in a rank, as many followed as follow, and posts as its habits say", () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 10 ** 8 }), fc.integer(), (people, seed) => {
      const community = communityOf(people, seeded(seed));
      nearly(sumOf(community, () => 1), people);
      nearly(sumOf(community, ({ followers }) => followers), people * mean(community.following));
      nearly(sumOf(community, ({ posts }) => posts), people * habits.posts);
      for (const { followers } of community.ranks) assert.ok(followers <= people - 1);
      for (const count of community.following) assert.ok(count >= 1 && count < people);
    }),
    { numRuns: 30 },
  );
});

Deno.test("communityOf answers the same of the same seed", () => {
  assert.deepEqual(communityOf(10_000, seeded(1)), communityOf(10_000, seeded(1)));
  assert.notDeepEqual(communityOf(10_000, seeded(1)), communityOf(10_000, seeded(2)));
});

Deno.test("communityOf's followers fall by the power law, and who has more posts more", () => {
  const { ranks } = communityOf(10 ** 8, seeded(1));
  let seen = 0;
  const at = (rank: number) => {
    seen = 0;
    return ranks.find(({ people }) => (seen += people) >= rank)!;
  };
  const power = Math.log(at(1e3).followers / at(1e6).followers) / Math.log(1e3);
  nearly(power, 1 / (habits.followersExponent - 1), 0.05);
  assert.ok(at(10).posts > 5 * at(1e7).posts);
});

Deno.test("quantile answers what a share does not exceed", () => {
  assert.equal(quantile([3, 1, 2, 4], 0.5), 3);
  assert.equal(quantile([3, 1, 2, 4], 1), 4);
});
