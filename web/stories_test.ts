import assert from "node:assert/strict";
import { afterIn } from "./stories.ts";

const person = (id: number, seen: boolean) => ({ id, seen });

/** As the tray has them: oneself, what is unseen, what is seen. */
const tray = [
  person(1, true),
  person(2, false),
  person(3, false),
  person(4, true),
  person(5, true),
];

Deno.test("one's own stories lead on to those of others that are unseen", () => {
  assert.deepEqual(afterIn(tray, 1), [2, 3]);
});

Deno.test("unseen stories lead on to unseen ones, and then to the end", () => {
  assert.deepEqual(afterIn(tray, 2), [3]);
  assert.deepEqual(afterIn(tray, 3), []);
});

Deno.test("stories that were seen lead on to the others that were", () => {
  assert.deepEqual(afterIn(tray, 4), [5]);
  assert.deepEqual(afterIn(tray, 5), []);
  assert.deepEqual(afterIn([person(1, true), ...tray.slice(3)], 1), [4, 5]);
});

Deno.test("stories of somebody who is not in the tray lead nowhere", () => {
  assert.deepEqual(afterIn(tray, 9), []);
  assert.deepEqual(afterIn([], 9), []);
});
