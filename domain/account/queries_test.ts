import assert from "node:assert/strict";
import { followed, given, NOW, registered } from "../testing.ts";

const people = given(registered(1), registered(2), followed(2, 1));

const bobSeenByAlice = {
  id: 2,
  username: "Bob",
  email: null,
  full_name: null,
  bio: null,
  profile_image_url: null,
  is_active: true,
  created_at: NOW.toISOString(),
  following: false,
};

Deno.test("GetUserById answers a person", async () => {
  await people.asking("GetUserById", { id: 2, viewer: 1 }).answers(bobSeenByAlice);
});

Deno.test("GetUserById tells the e-mail address to nobody but that person", async () => {
  for (const [viewer, email] of [[1, null], [2, "bob@example.com"], [null, null]] as const) {
    const user = await people.asking("GetUserById", { id: 2, viewer }).answer();
    assert.equal(user?.email, email);
  }
});

Deno.test("GetUserById tells whether the viewer follows", async () => {
  for (const [viewer, following] of [[1, false], [2, true], [null, false]] as const) {
    const user = await people.asking("GetUserById", { id: 1, viewer }).answer();
    assert.equal(user?.following, following);
  }
});

Deno.test("GetUserById answers null for nobody", async () => {
  await people.asking("GetUserById", { id: 3, viewer: null }).answers(null);
});

Deno.test("GetUserProfile answers a person's page, without the address", async () => {
  await people.asking("GetUserProfile", { id: 1, viewer: 2 }).answers({
    id: 1,
    username: "Alice",
    full_name: null,
    bio: null,
    profile_image_url: null,
    post_count: 0,
    follower_count: 1,
    following_count: 0,
    following: true,
  });
  await people.asking("GetUserProfile", { id: 3, viewer: 2 }).answers(null);
});

Deno.test("GetUserIdByUsername finds a name in any case", async () => {
  await people.asking("GetUserIdByUsername", { username: "ALICE" }).answers(1);
  await people.asking("GetUserIdByUsername", { username: "carol" }).answers(null);
});

Deno.test("GetCaller answers what every page needs of a person", async () => {
  await people.asking("GetCaller", { id: 1 }).answers({
    id: 1,
    username: "Alice",
    full_name: null,
    profile_image_url: null,
    isSuspended: false,
    loggedOutAt: null,
  });
  await people.asking("GetCaller", { id: 3 }).answers(null);
});

Deno.test("GetSession and GetCredentialByEmail answer null for strangers", async () => {
  await people.asking("GetSession", { tokenHash: "?", now: NOW.toISOString() }).answers(null);
  await people.asking("GetCredentialByEmail", { email: "eve@example.com" }).answers(null);
});
