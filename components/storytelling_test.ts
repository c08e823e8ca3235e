import assert from "node:assert/strict";
import type { Story } from "../web/schemas.ts";
import { byStoryteller, firstToSee } from "./storytelling.ts";

Deno.test("byStoryteller puts who told last first, and of each the oldest first", () => {
  const feed = [[6, 2], [5, 1], [4, 2], [3, 3], [1, 1]] as const;
  const stories = feed.map(([id, author_id]) => ({ id, author_id }) as Story);
  assert.deepEqual(byStoryteller(stories).map(({ id }) => id), [4, 6, 1, 5, 3]);
  assert.deepEqual(byStoryteller([]), []);
});

Deno.test("a person's stories begin with the first unseen, or from the start", () => {
  const stories = (...seen: readonly boolean[]) => seen.map((seen) => ({ seen }));
  assert.equal(firstToSee(stories(true, false, false)), 1);
  assert.equal(firstToSee(stories(true, true)), 0);
  assert.equal(firstToSee([]), 0);
});
