import assert from "node:assert/strict";
import { absoluteTime, relativeTime } from "./relative_time.ts";

const now = Date.parse("2026-07-20T12:00:00Z");
const ago = (milliseconds: number) => relativeTime(now - milliseconds, now);

Deno.test("relativeTime counts minutes, hours and days", () => {
  assert.equal(ago(59_999), "now");
  assert.equal(ago(60_000), "1m");
  assert.equal(ago(59 * 60_000), "59m");
  assert.equal(ago(3_600_000), "1h");
  assert.equal(ago(24 * 3_600_000), "1d");
  assert.equal(ago(7 * 24 * 3_600_000 - 1), "6d");
});

Deno.test("relativeTime gives the date from a week on, and the year when it is another", () => {
  assert.equal(ago(7 * 24 * 3_600_000), "13 Jul");
  assert.equal(relativeTime(Date.parse("2025-12-31T23:59:00Z"), now), "31 Dec 2025");
});

Deno.test("relativeTime takes a clock that runs behind for now", () => {
  assert.equal(ago(-5_000), "now");
});

Deno.test("absoluteTime names the time zone", () => {
  assert.equal(absoluteTime(now), "20 July 2026 at 12:00 UTC");
});
