import assert from "node:assert/strict";
import { commentsOn, commentsOnAnything, people, posts } from "./cast.ts";
import { motifs } from "./pictures.ts";

const comments = [...Object.values(commentsOn).flat(), ...commentsOnAnything];

Deno.test("the cast is twelve people with usernames that an account may have", () => {
  assert.equal(people.length, 12);
  assert.equal(new Set(people.map(({ username }) => username.toLowerCase())).size, 12);
  for (const { username } of people) assert.match(username, /^[a-zA-Z0-9._]{3,30}$/);
});

Deno.test("everybody in the cast posts, and every post is by somebody of the cast", () => {
  const usernames = people.map(({ username }) => username).toSorted();
  assert.deepEqual([...new Set(posts.map(({ author }) => author))].toSorted(), usernames);
});

Deno.test("there are eighty posts, as many of each motif, all with hashtags", () => {
  assert.equal(posts.length, 80);
  for (const motif of motifs) {
    assert.equal(posts.filter((post) => post.motif === motif).length, 80 / motifs.length, motif);
  }
  for (const { caption } of posts) assert.match(caption, /#[\p{L}\p{N}_]+/u);
});

Deno.test("nobody says the same thing twice", () => {
  assert.equal(new Set(posts.map(({ caption }) => caption)).size, posts.length);
  assert.equal(new Set(comments).size, comments.length);
  assert.ok(comments.length >= 120, `${comments.length} comments`);
});
