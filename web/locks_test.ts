import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { LocalLocks } from "./locks.ts";

Deno.test("what is held by one name happens one after another, in order", async () => {
  const locks = new LocalLocks();
  const order: string[] = [];
  const work = (name: string, milliseconds: number) => async () => {
    order.push(`${name} begins`);
    await setTimeout(milliseconds);
    order.push(`${name} ends`);
    return name;
  };
  const answers = await Promise.all([
    locks.hold("a", work("1", 20)),
    locks.hold("a", work("2", 1)),
    locks.hold("b", work("3", 1)),
  ]);
  assert.deepEqual(answers, ["1", "2", "3"]);
  assert.deepEqual(order, ["1 begins", "3 begins", "3 ends", "1 ends", "2 begins", "2 ends"]);
});

Deno.test("a failure is its own, and lets the next go on", async () => {
  const locks = new LocalLocks();
  const failing = locks.hold("a", () => Promise.reject(new Error("No")));
  const next = locks.hold("a", () => Promise.resolve("Yes"));
  await assert.rejects(failing, /No/);
  assert.equal(await next, "Yes");
  assert.equal(await locks.hold("a", () => Promise.resolve("Again")), "Again");
});
