import assert from "node:assert/strict";
import { Activity } from "./activity.ts";

const START = Date.parse("2026-03-01T12:00:30Z");
const MINUTE = 60_000;

function activityAt() {
  let time = START;
  const activity = new Activity(() => new Date(time));
  return { activity, pass: (milliseconds: number) => time += milliseconds };
}

Deno.test("each minute has its own requests and commands", () => {
  const { activity, pass } = activityAt();
  activity.request(3);
  activity.command();
  pass(MINUTE);
  activity.request(3);
  activity.request(3);
  pass(2 * MINUTE);
  assert.deepEqual(
    activity.last(4).map((
      { time, requests, commands },
    ) => [time.slice(11, 16), requests, commands]),
    [["12:00", 1, 1], ["12:01", 2, 0], ["12:02", 0, 0], ["12:03", 0, 0]],
  );
});

Deno.test("median and slowest are right within a fifth", () => {
  const { activity } = activityAt();
  for (let index = 0; index < 97; index++) activity.request(2);
  for (let index = 0; index < 3; index++) activity.request(500);
  const { median, slowest } = activity.last(1)[0]!;
  assert.ok(median! >= 2 && median! <= 2.4, `${median}`);
  assert.ok(slowest! >= 500 && slowest! <= 600, `${slowest}`);
});

Deno.test("a quiet minute has no latency, and the extremes have one", () => {
  const { activity, pass } = activityAt();
  assert.deepEqual([activity.last(1)[0]!.median, activity.last(1)[0]!.slowest], [null, null]);
  activity.request(0);
  assert.equal(activity.last(1)[0]!.median, 0.05);
  pass(MINUTE);
  activity.request(10 ** 9);
  assert.ok(activity.last(1)[0]!.median! > 60_000);
});

Deno.test("no more than an hour is remembered, and a clock that goes back loses nothing", () => {
  const { activity, pass } = activityAt();
  activity.request(1);
  pass(59 * MINUTE);
  assert.equal(activity.last()[0]!.requests, 1);
  pass(MINUTE);
  activity.request(1);
  assert.equal(activity.last()[0]!.requests, 0);
  pass(-MINUTE);
  activity.request(1);
  pass(MINUTE);
  assert.equal(activity.last(1)[0]!.requests, 2);
});
