import assert from "node:assert/strict";
import { followed, given, registered, unfollowed } from "../testing.ts";

// Bob, Carol, Dave, Erin and Frank follow Alice, in another order than that of their ids; Carol came
// back, and Dave left. Alice follows three of them.
const events = [
  ...[1, 2, 3, 4, 5, 6].map(registered),
  ...[5, 3, 4, 2, 6].map((id) => followed(id, 1)),
  unfollowed(3, 1),
  unfollowed(4, 1),
  followed(3, 1),
  ...[6, 2, 5].map((id) => followed(1, id)),
];
const film = given(...events);

type Page = { limit: number; offset: number; before?: number };

async function ids(
  name: "GetUserFollowers" | "GetUserFollowing",
  page: Page,
  asked = film,
) {
  const people = await asked.asking(name, { id: 1, viewer: null, ...page }).answer();
  return people.map(({ id }) => id);
}

Deno.test("GetUserFollowers answers the latest first, page by page", async () => {
  assert.deepEqual(await ids("GetUserFollowers", { limit: 10, offset: 0 }), [3, 6, 2, 5]);
  assert.deepEqual(await ids("GetUserFollowers", { limit: 2, offset: 1 }), [6, 2]);
  assert.deepEqual(await ids("GetUserFollowers", { limit: 2, offset: 0, before: 6 }), [2, 5]);
  assert.deepEqual(await ids("GetUserFollowers", { limit: 2, offset: 0, before: 5 }), []);
});

Deno.test("GetUserFollowing answers the latest first, page by page", async () => {
  assert.deepEqual(await ids("GetUserFollowing", { limit: 10, offset: 0 }), [5, 2, 6]);
  assert.deepEqual(await ids("GetUserFollowing", { limit: 1, offset: 1 }), [2]);
  assert.deepEqual(await ids("GetUserFollowing", { limit: 9, offset: 0, before: 5 }), [2, 6]);
});

Deno.test("a page of followers goes on from somebody who left meanwhile", async () => {
  assert.deepEqual(await ids("GetUserFollowers", { limit: 9, offset: 0, before: 4 }), [5]);
});

Deno.test("a page of whom somebody follows goes on from somebody they left meanwhile", async () => {
  const page = { limit: 9, offset: 0, before: 2 };
  for (const leaving of [[], [unfollowed(1, 2)], [unfollowed(1, 2), unfollowed(1, 5)]]) {
    assert.deepEqual(await ids("GetUserFollowing", page, given(...events, ...leaving)), [6]);
  }
});

Deno.test("followers are told no address but their own, and whom of them the viewer follows", async () => {
  const followers = await film
    .asking("GetUserFollowers", { id: 1, viewer: 2, limit: 10, offset: 0 }).answer();
  assert.deepEqual(followers.map(({ email }) => email), [null, null, "bob@example.com", null]);
  const seenByAlice = await film
    .asking("GetUserFollowers", { id: 1, viewer: 1, limit: 10, offset: 0 }).answer();
  assert.deepEqual(
    seenByAlice.filter(({ following }) => following).map(({ id }) => id),
    [6, 2, 5],
  );
});

Deno.test("GetFolloweeIds answers the latest first, and no more than asked for", async () => {
  const film = given(registered(1), registered(2), registered(3), followed(1, 2), followed(1, 3));
  await film.asking("GetFolloweeIds", { id: 1, limit: 10 }).answers([3, 2]);
  await film.asking("GetFolloweeIds", { id: 1, limit: 1 }).answers([3]);
  await film.asking("GetFolloweeIds", { id: 2, limit: 10 }).answers([]);
});
