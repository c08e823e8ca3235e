import assert from "node:assert/strict";
import type { StoreStatus } from "../../domain/event_store/event_store.ts";
import { readinessOf } from "./readiness.ts";

const well: StoreStatus = {
  unavailable: null,
  head: 20_000,
  queued: 3,
  subscribers: [],
  replicas: [],
  rebuild: null,
};

const asking = (status: Partial<StoreStatus>) =>
  readinessOf({ status: () => Promise.resolve({ ...well, ...status }) }, () => ["erasing"])();

Deno.test("a store that records, with followers close behind, is ready", async () => {
  const subscribers = [{ name: "clerk", position: 19_998 }];
  assert.deepEqual(await asking({ subscribers, replicas: [19_990, null, 20_001] }), {
    ready: true,
    reasons: [],
    head: 20_000,
    queued: 3,
    lag: { clerk: 2 },
    replicas: [10, null, 0],
    leads: ["erasing"],
  });
});

Deno.test("a store that cannot record is not ready, and says why", async () => {
  const { ready, reasons } = await asking({ unavailable: "Cannot record: disk full" });
  assert.deepEqual([ready, reasons], [false, ["Cannot record: disk full"]]);
});

Deno.test("a follower that is far behind, or never began, makes the server not ready", async () => {
  for (const position of [-1, 9_999]) {
    const { ready, reasons } = await asking({ subscribers: [{ name: "clerk", position }] });
    assert.equal(ready, false);
    assert.match(reasons.join(), /^"clerk" is \d+ events behind$/);
  }
});

Deno.test("who asks often is answered from the last second", async () => {
  let time = 0;
  let asked = 0;
  const store = { status: () => Promise.resolve({ ...well, queued: ++asked }) };
  const readiness = readinessOf(store, () => [], () => time);
  const queued = async () => (await readiness()).queued;
  assert.deepEqual([await queued(), await queued()], [1, 1]);
  time = 1000;
  assert.equal(await queued(), 2);
});
