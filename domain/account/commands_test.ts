import assert from "node:assert/strict";
import { pseudonym } from "../core/scenario.ts";
import { sql } from "../core/statement.ts";
import type { EventStore } from "../event_store/event_store.ts";
import { type Filmroll, openFilmroll } from "../mod.ts";
import { type FilmrollEvent, given, openInMemory, registered } from "../testing.ts";
import { emailPseudonym, normaliseEmail, usernamePseudonym } from "./identity.ts";

const usernameClaimed = (username: string): FilmrollEvent => ({
  type: "UsernameClaimed",
  data: { pseudonym: usernamePseudonym(username, pseudonym), userId: 1 },
});

const emailClaimed = (email: string): FilmrollEvent => ({
  type: "EmailClaimed",
  data: { pseudonym: emailPseudonym(email, pseudonym), userId: 1 },
});

const registerAlice = {
  username: "Alice",
  email: " Alice@Example.com ",
  fullName: "Alice Liddell",
  passwordHash: "hash",
};

Deno.test("normaliseEmail trims, composes and lowers", () => {
  assert.equal(normaliseEmail(" Ａlice@Example.COM\n"), "alice@example.com");
});

Deno.test("RegisterUser claims the name and the address, and registers", () => {
  given().when("RegisterUser", registerAlice, { nextId: 7 }).then([
    { type: "UsernameClaimed", data: { pseudonym: "~alice", userId: 7 } },
    {
      type: "EmailClaimed",
      data: { pseudonym: emailPseudonym("alice@example.com", pseudonym), userId: 7 },
    },
    {
      type: "UserRegistered",
      data: {
        userId: 7,
        username: "Alice",
        email: "alice@example.com",
        fullName: "Alice Liddell",
      },
    },
  ]);
  given().when("RegisterUser", registerAlice, { nextId: 7 }).thenAnswers({ userId: 7 });
});

Deno.test("RegisterUser refuses a name that is taken, whatever its case", () => {
  given(usernameClaimed("alice")).when("RegisterUser", registerAlice)
    .thenRefuses("taken", /^Username "Alice" is already taken$/);
});

Deno.test("RegisterUser refuses an address that is registered, however it is written", () => {
  given(emailClaimed("ALICE@example.com")).when("RegisterUser", registerAlice)
    .thenRefuses("taken", /already registered/);
});

Deno.test("UpdateUser records the fields that change, and only those", () => {
  const changes = { fullName: "Alice Liddell", bio: null, profileImageUrl: "/media/a.jpg" };
  given(registered(1)).when("UpdateUser", { by: 1, changes }).then([{
    type: "ProfileUpdated",
    data: { userId: 1, fullName: "Alice Liddell", profileImageUrl: "/media/a.jpg" },
  }]);
});

Deno.test("UpdateUser clears a field with null", () => {
  given(registered(1), { type: "ProfileUpdated", data: { userId: 1, bio: "Curious" } })
    .when("UpdateUser", { by: 1, changes: { bio: null } })
    .then([{ type: "ProfileUpdated", data: { userId: 1, bio: null } }]);
});

Deno.test("UpdateUser does nothing when nothing changes", () => {
  const bio = "Curious";
  const updated: FilmrollEvent = { type: "ProfileUpdated", data: { userId: 1, bio } };
  const alice = given(registered(1), updated);
  alice.when("UpdateUser", { by: 1, changes: { bio } }).thenNothing();
  alice.when("UpdateUser", { by: 1, changes: {} }).thenNothing();
});

Deno.test("UpdateUser refuses a person who does not exist", () => {
  given(registered(1)).when("UpdateUser", { by: 2, changes: {} })
    .thenRefuses("not_found", /^User not found$/);
});

const session = { tokenHash: "t", expiresAt: "2026-04-01T00:00:00.000Z" };

Deno.test("LoginUser tells sessions from tokens, and records neither's secret", () => {
  const alice = given(registered(1));
  alice.when("LoginUser", { by: 1, session }, { nextId: 5 }).then([
    { type: "UserLoggedIn", data: { loginId: 5, userId: 1, by: "session" } },
  ]);
  alice.when("LoginUser", { by: 1, session: null }, { nextId: 5 }).then([
    { type: "UserLoggedIn", data: { loginId: 5, userId: 1, by: "token" } },
  ]);
  alice.when("LoginUser", { by: 1, session }, { nextId: 5 }).thenAnswers({ loginId: 5 });
});

Deno.test("LoginUser refuses who is suspended, and says so", () => {
  given(registered(1), { type: "UserSuspended", data: { userId: 1 } })
    .when("LoginUser", { by: 1, session }).thenRefuses("forbidden", /suspended/);
});

Deno.test("LoginUser refuses a person who does not exist", () => {
  given().when("LoginUser", { by: 1, session }).thenRefuses("not_found");
});

const loggedIn: FilmrollEvent = {
  type: "UserLoggedIn",
  data: { loginId: 5, userId: 1, by: "session" },
};
const loggedOut: FilmrollEvent = { type: "UserLoggedOut", data: { loginId: 5, userId: 1 } };

Deno.test("LogoutUser ends a login once", () => {
  const logout = { by: 1, loginId: 5 };
  given(registered(1), loggedIn).when("LogoutUser", logout).then([loggedOut]);
  given(registered(1), loggedIn, loggedOut).when("LogoutUser", logout).thenNothing();
});

Deno.test("LogoutUser ends nobody else's login", () => {
  given(registered(1), registered(2), loggedIn)
    .when("LogoutUser", { by: 2, loginId: 5 }).thenNothing();
});

Deno.test("ExtendSession is no fact worth an event", () => {
  given(registered(1), loggedIn).when("ExtendSession", {
    by: 1,
    tokenHash: "t",
    now: "2026-03-01T00:00:00.000Z",
    expiresAt: "2026-04-01T00:00:00.000Z",
  }).thenNothing();
});

async function withAlice(use: (filmroll: Filmroll, store: EventStore) => Promise<void>) {
  const store = openInMemory();
  try {
    const filmroll = openFilmroll(store);
    await filmroll.commands.execute("RegisterUser", registerAlice, { actor: null });
    await use(filmroll, store);
  } finally {
    await store.close();
  }
}

Deno.test("RegisterUser keeps the password's hash beside the film, not on it", () =>
  withAlice(async ({ queries }, store) => {
    assert.deepEqual(await queries.ask("GetCredentialByEmail", { email: "alice@example.com" }), {
      userId: 1,
      passwordHash: "hash",
    });
    const film = JSON.stringify(await store.film(0, 10));
    assert(!film.includes('"hash"'));
  }));

Deno.test("a session is known until it expires, is extended, and ends with its logout", () =>
  withAlice(async ({ commands, queries }, store) => {
    const alice = { actor: 1 };
    const find = (now: string) => queries.ask("GetSession", { tokenHash: "t", now });
    const login = { by: 1, session: { tokenHash: "t", expiresAt: "2026-01-10" } };
    const { loginId } = await commands.execute("LoginUser", login, alice);
    const other = { by: 1, session: { tokenHash: "old", expiresAt: "2026-01-02" } };
    await commands.execute("LoginUser", other, alice);
    assert.equal((await find("2026-01-09"))?.caller.username, "Alice");
    assert.equal(await find("2026-01-10"), null);

    const extend = { by: 1, tokenHash: "t", now: "2026-01-09", expiresAt: "2026-01-20" };
    await commands.execute("ExtendSession", extend, alice);
    assert.equal((await find("2026-01-19"))?.expiresAt, "2026-01-20");
    const rows = await store.query(sql`SELECT token_hash FROM session`);
    assert.deepEqual(rows.map(({ token_hash }) => token_hash), ["t"], "Expired ones are gone");

    await commands.execute("LogoutUser", { by: 2, loginId }, { actor: 2 });
    assert.notEqual(await find("2026-01-09"), null);
    await commands.execute("LogoutUser", { by: 1, loginId }, alice);
    assert.equal(await find("2026-01-09"), null);
  }));
