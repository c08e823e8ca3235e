import assert from "node:assert/strict";
import { pseudonym } from "../core/scenario.ts";
import { sql } from "../core/statement.ts";
import type { EventStore } from "../event_store/event_store.ts";
import { type Filmroll, openFilmroll } from "../mod.ts";
import {
  closed,
  erased,
  type FilmrollEvent,
  given,
  NOW,
  openInMemory,
  posted,
  registered,
  restored,
} from "../testing.ts";
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

const tomorrow = "2026-03-02T12:00:00.000Z";

Deno.test("CloseAccount records when the account is to be erased, and closes it once", () => {
  given(registered(1)).when("CloseAccount", { by: 1, graceDays: 1 }).then([closed(1, tomorrow)]);
  given(registered(1), closed(1, tomorrow)).when("CloseAccount", { by: 1, graceDays: 7 })
    .thenNothing();
  given(registered(1), closed(1), erased(1)).when("CloseAccount", { by: 1, graceDays: 0 })
    .thenRefuses("not_found");
});

Deno.test("CloseAccount shortens the grace of an account that is closed", () => {
  given(registered(1), closed(1, tomorrow)).when("CloseAccount", { by: 1, graceDays: 0 })
    .then([closed(1, NOW.toISOString())]);
});

Deno.test("a closed account does nothing, and is nobody to others", () => {
  const film = given(registered(1), registered(2), closed(1), posted(7, 2));
  const text = { content: "Hello", imageUrl: null };
  film.when("LoginUser", { by: 1, session: null }).thenRefuses("not_found");
  film.when("UpdateUser", { by: 1, changes: { bio: "Back" } }).thenRefuses("not_found");
  film.when("CreatePost", { by: 1, ...text }).thenRefuses("not_found");
  film.when("CreateStory", { by: 1, ...text }).thenRefuses("not_found");
  film.when("CreateComment", { by: 1, postId: 7, content: "Hi" }).thenRefuses("not_found");
  film.when("SendMessage", { by: 1, receiverId: 2, content: "Hi" }).thenRefuses("not_found");
  film.when("SendMessage", { by: 2, receiverId: 1, content: "Hi" }).thenRefuses("not_found");
  film.when("FollowUser", { by: 2, userId: 1 }).thenRefuses("not_found");
});

Deno.test("RestoreAccount opens a closed account until its grace is over", () => {
  const film = given(registered(1), closed(1, tomorrow));
  film.when("RestoreAccount", { by: 1 }).then([restored(1)]);
  film.when("RestoreAccount", { by: 1 }, { now: new Date(tomorrow) })
    .thenRefuses("refused", /being erased/);
  given(registered(1)).when("RestoreAccount", { by: 1 }).thenNothing();
  given(registered(1), closed(1), restored(1)).when("UpdateUser", {
    by: 1,
    changes: { bio: "Back" },
  })
    .then([{ type: "ProfileUpdated", data: { userId: 1, bio: "Back" } }]);
  given(registered(1), closed(1), erased(1)).when("RestoreAccount", { by: 1 })
    .thenRefuses("not_found");
});

const alice = { userId: 1, username: "Alice", email: "alice@example.com" };
const claimed = [registered(1), usernameClaimed("alice"), emailClaimed("alice@example.com")];

Deno.test("EraseUser releases the name and the address with the person", () => {
  given(...claimed, closed(1, NOW.toISOString())).when("EraseUser", alice).then([
    { ...usernameClaimed("alice"), type: "UsernameReleased" } as FilmrollEvent,
    { ...emailClaimed("alice@example.com"), type: "EmailReleased" } as FilmrollEvent,
    erased(1),
  ]);
  given(...claimed, closed(1), erased(1)).when("EraseUser", alice).thenNothing();
});

Deno.test("EraseUser refuses an open account, a grace that is not over, and others' names", () => {
  given(...claimed).when("EraseUser", alice).thenRefuses("refused", /was closed/);
  given(...claimed, closed(1)).when("EraseUser", alice).thenRefuses("refused", /grace/);
  given(...claimed, closed(1, NOW.toISOString()))
    .when("EraseUser", { ...alice, username: "bob" }).thenRefuses("refused", /somebody else's/);
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
      isClosed: false,
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

Deno.test("closing an account ends every session, and erasing it forgets the password", () =>
  withAlice(async ({ commands }, store) => {
    const alice = { actor: 1 };
    for (const tokenHash of ["one", "other"]) {
      const session = { tokenHash, expiresAt: "2027-01-01" };
      await commands.execute("LoginUser", { by: 1, session }, alice);
    }
    await commands.execute("CloseAccount", { by: 1, graceDays: 0 }, alice);
    assert.deepEqual(await store.query(sql`SELECT * FROM session`), []);
    assert.equal((await store.query(sql`SELECT * FROM credential`)).length, 1);
    const { username, email } = registerAlice;
    await commands.execute("EraseUser", { userId: 1, username, email }, alice);
    assert.deepEqual(await store.query(sql`SELECT * FROM credential`), []);
  }));
