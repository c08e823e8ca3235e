import assert from "node:assert/strict";
import { afterIn, firstToSee } from "./stories.ts";

const person = (id: number, seen: boolean) => ({ id, seen });

/** As the tray has them: oneself, what is unseen, what is seen. */
const tray = [
  person(1, true),
  person(2, false),
  person(3, false),
  person(4, true),
  person(5, true),
];

Deno.test("one's own stories lead on to the first of the others", () => {
  assert.equal(afterIn(tray, 1)?.id, 2);
});

Deno.test("unseen stories lead on to unseen ones, and then to the end", () => {
  assert.equal(afterIn(tray, 2)?.id, 3);
  assert.equal(afterIn(tray, 3), undefined);
});

Deno.test("stories that were seen lead on to the others that were", () => {
  assert.equal(afterIn(tray, 4)?.id, 5);
  assert.equal(afterIn(tray, 5), undefined);
});

Deno.test("stories of somebody who is not in the tray lead nowhere", () => {
  assert.equal(afterIn(tray, 9), undefined);
  assert.equal(afterIn([], 9), undefined);
});

Deno.test("a person's stories begin with the first unseen, or from the start", () => {
  const stories = (seen: readonly boolean[]) => seen.map((seen, id) => person(id, seen));
  assert.equal(firstToSee(stories([true, false, false]))?.id, 1);
  assert.equal(firstToSee(stories([true, true]))?.id, 0);
  assert.equal(firstToSee([]), undefined);
});
