import assert from "node:assert/strict";
import { z } from "zod";
import { listOf } from "./list.ts";

const Posts = listOf(z.object({ media: listOf(z.object({ uri: z.string() })) }));

Deno.test("a list is what its items are, without what they have besides", () => {
  const posts = [{ media: [{ uri: "a.jpg", size: 7 }] }, { media: [] }];
  assert.deepEqual(Posts.parse(posts), [{ media: [{ uri: "a.jpg" }] }, { media: [] }]);
  for (const none of [null, {}, "[]", undefined]) {
    assert.equal(Posts.safeParse(none).success, false);
  }
});

Deno.test("of many items that do not fit only the first is told", () => {
  const wrong = Array.from({ length: 90_000 }, () => 1);
  for (const posts of [wrong, [{ media: wrong }]]) {
    assert.equal(Posts.safeParse(posts).error?.issues.length, 1);
  }
});

Deno.test("a list has an end", () => {
  const empty = (length: number) => Array.from({ length }, () => ({ media: [] }));
  assert.equal(Posts.safeParse(empty(100_000)).success, true);
  assert.equal(Posts.safeParse(empty(100_001)).success, false);
});
