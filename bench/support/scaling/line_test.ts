import assert from "node:assert/strict";
import fc from "fast-check";
import { fitLine } from "./line.ts";

Deno.test("fitLine finds the line that points are on", () => {
  const positive = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(positive, positive, (fixed, each) => {
      const line = fitLine([1, 10, 100, 1000].map((count) => ({
        count,
        seconds: fixed + each * count,
      })));
      assert.ok(Math.abs(line.fixed - fixed) < 1e-6 * (fixed + each));
      assert.ok(Math.abs(line.each - each) < 1e-6 * (fixed + each));
    }),
  );
});

Deno.test("fitLine has small counts count as much as large ones", () => {
  const points = [{ count: 1, seconds: 0.01 }, { count: 10, seconds: 0.011 }];
  const line = fitLine([...points, { count: 10_000, seconds: 2 }, { count: 1000, seconds: 0.15 }]);
  assert.ok(Math.abs(line.fixed - 0.01) < 0.003);
});

Deno.test("fitLine answers no negative part", () => {
  assert.equal(fitLine([{ count: 10, seconds: 0.1 }, { count: 100, seconds: 2 }]).fixed, 0);
  assert.equal(fitLine([{ count: 10, seconds: 2 }, { count: 100, seconds: 1 }]).each, 0);
});
