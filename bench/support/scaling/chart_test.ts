import assert from "node:assert/strict";
import fc from "fast-check";
import { apart, chart, scale } from "./chart.tsx";

Deno.test("apart leaves a gap between any two, and their order", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 }),
      (places) => {
        const moved = apart(places, 17);
        const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]!);
        for (const [at, index] of order.entries()) {
          if (at === 0) continue;
          assert.ok(moved[index]! - moved[order[at - 1]!]! > 16, `${moved} of ${places}`);
        }
      },
    ),
  );
  assert.deepEqual(apart([300, 100], 17), [300, 100]);
});

Deno.test("scale puts powers of ten at equal distances, within its ends", () => {
  const { at, ticks } = scale([1000, 1e8], 0, 500);
  assert.deepEqual(ticks, [1e3, 1e4, 1e5, 1e6, 1e7, 1e8]);
  assert.deepEqual(ticks.map((value) => Math.round(at(value))), [0, 100, 200, 300, 400, 500]);
  assert.deepEqual(scale([0.9, 11], 0, 1).ticks, [1, 2, 5, 10]);
  assert.deepEqual(scale([2, 4], 0, 1).ticks, [2, 3, 4]);
  for (const value of [1000, 5e5, 1e8]) assert.ok(at(value) >= 0 && at(value) <= 500);
});

Deno.test("chart names its lines, escapes them, and has colours for the dark", () => {
  const svg = chart({
    title: "Cost",
    x: { label: "people", format: String },
    y: { label: "cores", format: String },
    series: [{ name: "a < b", colour: 1, hasDots: true, points: [[1, 1], [10, 100]] }],
  });
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.match(svg, />a &lt; b<\/text>/);
  assert.match(svg, /prefers-color-scheme: dark/);
  assert.match(svg, /font: 13px system-ui, -apple-system, "Segoe UI"/);
  assert.equal(svg.match(/<circle/g)?.length, 2);
});
