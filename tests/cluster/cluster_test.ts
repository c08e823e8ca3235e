import assert from "node:assert/strict";
import { endure } from "./endure.ts";

Deno.test("three nodes over a primary and a replica lose nothing, whichever of them goes", async () => {
  const { acknowledged, pairs, replicaReads, sentAgain, heard, streams } = await endure({
    pairs: 500,
    between: 500,
    seed: 2026,
  });
  assert.ok(acknowledged > 600, `Only ${acknowledged} commands were acknowledged`);
  assert.ok(pairs > 500, `Only ${pairs} commands were looked after`);
  assert.ok(replicaReads > 100, `The replica answered only ${replicaReads} questions`);
  assert.ok(sentAgain > 0, "Every request had been answered when machines failed");
  assert.ok(heard > 20, `Listeners heard of only ${heard} events`);
  assert.ok(streams > 4, "No stream broke");
});
