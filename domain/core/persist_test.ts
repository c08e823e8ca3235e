import assert from "node:assert/strict";
import { persist } from "./persist.ts";

Deno.test("persist tries until it succeeds, and tells of each failure", async () => {
  const told: unknown[] = [];
  let attempts = 0;
  const attempt = () =>
    ++attempts < 3 ? Promise.reject(`failure ${attempts}`) : Promise.resolve("done");
  const { signal } = new AbortController();
  assert.equal(await persist(attempt, signal, (error) => told.push(error)), "done");
  assert.deepEqual(told, ["failure 1", "failure 2"]);
});

Deno.test("persist throws what does not pass, and tries no more", async () => {
  let attempts = 0;
  const attempt = () => {
    attempts++;
    return Promise.reject(new Error("For good"));
  };
  const { signal } = new AbortController();
  const rethrow = (error: unknown) => {
    throw error;
  };
  await assert.rejects(persist(attempt, signal, rethrow), /For good/);
  assert.equal(attempts, 1);
});

Deno.test("persist gives up at once when it is stopped", async () => {
  const stopping = new AbortController();
  const attempt = () => Promise.reject(new Error("Not now"));
  const began = performance.now();
  assert.equal(await persist(attempt, stopping.signal, () => stopping.abort()), undefined);
  assert.ok(performance.now() - began < 90, "It waited");
  assert.equal(await persist(() => Promise.resolve(1), stopping.signal, () => {}), undefined);
});
