import assert from "node:assert/strict";
import { median, table } from "./table.ts";

Deno.test("median takes the middle of an odd number of runs and the mean of the middle two of an even one", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 3, 100]), 3.5);
  assert.equal(median([]), NaN);
});

Deno.test("table lines up medians, ranges and ratios to the first row", () => {
  const text = table([
    { name: "Deno.serve", runs: [35_169, 34_000, 36_000] },
    { name: "fresh", runs: [30_000.4, 28_135, 29_000] },
  ], { title: "JSON route", unit: "requests/s" });
  assert.equal(
    text,
    [
      "JSON route (requests/s)",
      "            median     min     max  ratio",
      "Deno.serve  35,169  34,000  36,000   1.00",
      "fresh       29,000  28,135  30,000   0.82",
    ].join("\n"),
  );
});

Deno.test("table keeps the digits asked for", () => {
  const text = table([{ name: "p99", runs: [1.25] }], { title: "Feed", unit: "ms", digits: 2 });
  assert.match(text, /^p99\s+1\.25\s+1\.25\s+1\.25\s+1\.00$/m);
});
