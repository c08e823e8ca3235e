import assert from "node:assert/strict";
import { people } from "./cast.ts";
import { stories } from "./stories.ts";

Deno.test("the demo's stories are told by the cast within a day, the earliest first", () => {
  const usernames = new Set(people.map(({ username }) => username));
  for (const { author, hoursAgo, motif, words } of stories) {
    assert.ok(usernames.has(author), author);
    assert.ok(hoursAgo < 24);
    assert.ok(motif !== undefined || words !== undefined);
  }
  const ages = stories.map(({ hoursAgo }) => hoursAgo);
  assert.deepEqual(ages, ages.toSorted((a, b) => b - a));
});
