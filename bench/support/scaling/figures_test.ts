import assert from "node:assert/strict";
import { bytes, count, duration } from "./figures.ts";

Deno.test("figures have few digits, and a unit of the right size", () => {
  assert.deepEqual([0.00123, 7, 1321, 999_999, 2.5e7, 1e9].map(count), [
    ...["0.0012", "7", "1,300", "1 million", "25 million", "1 billion"],
  ]);
  assert.deepEqual([85.4e-6, 1e-3, 1.24e-3, 4, 150, 7200].map(duration), [
    ...["85 µs", "1 ms", "1.2 ms", "4 s", "2.5 min", "2 h"],
  ]);
  assert.deepEqual([44.3, 1286, 2e12].map(bytes), ["44 B", "1.3 kB", "2 TB"]);
});
