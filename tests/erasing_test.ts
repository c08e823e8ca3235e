/** Deleting an account, coming back in time, and what is left afterwards: nothing. */
import assert from "node:assert/strict";
import { backup } from "../cli/backup/backup.ts";
import { copyOfFile } from "../cli/backup/database_copy.ts";
import { schemaOf } from "../domain/core/bus.ts";
import { verify } from "../domain/event_store/sqlite/verify.ts";
import { contexts } from "../domain/mod.ts";
import { masterKey } from "../domain/testing.ts";
import { masterKeyOf } from "../web/data_dir.ts";
import type { Conversation, Message, Post, Problem, Token, User } from "../web/schemas.ts";
import { api, browserless, emailOf, formAt, join, PASSWORD, signUp } from "./support/client.ts";
import { wordsBelow } from "./support/bytes.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { filesOf, photo, uploaded } from "./support/photos.ts";
import { startProgram } from "./support/program.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A clock that is moved by days. */
function movableClock() {
  let now = Date.now();
  return { clock: () => new Date(now), pass: (days: number) => now += days * DAY };
}

const logIn = (server: TestServer, username: string) =>
  api(server.origin).post<Token & Problem>("/api/auth/login", {
    email: emailOf(username),
    password: PASSWORD,
  });

const deleteAccount = (
  who: { send: ReturnType<typeof api>["send"] },
  json: unknown = { password: PASSWORD },
) => who.send<Problem>("DELETE", "/api/users/me", { json });

Deno.test("DELETE /api/users/me wants the password, and nothing happens without", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const refusals = [
    [await deleteAccount(ana, { password: "wrong" }), 401, /Invalid credentials/],
    [await deleteAccount(ana, {}), 422, /password/],
    [await deleteAccount(api(server.origin)), 401, /Log in/],
  ] as const;
  for (const [{ status, body }, wanted, detail] of refusals) {
    assert.equal(status, wanted);
    assert.match(body.detail, detail);
  }
  assert.equal((await ana.get("/api/auth/me")).status, 200);
});

Deno.test("wrong passwords for deleting are limited as those for logging in", async () => {
  await using server = await startFilmroll({ rateLimit: true });
  const ana = await join(server.origin, "ana");
  const guesses = [];
  for (let guess = 0; guess < 11; guess++) {
    guesses.push((await deleteAccount(ana, { password: `guess ${guess}` })).status);
  }
  assert.deepEqual(guesses, [...Array.from({ length: 10 }, () => 401), 429]);
});

Deno.test("a deleted account is nobody at once, and back with all it had after logging in", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  await ana.post("/api/posts", { content: "Hello #sea" });
  await ana.post("/api/stories", { content: "Today" });
  await ben.post(`/api/follow/${ana.id}`);
  await ana.post("/api/messages", { receiver_id: ben.id, content: "Hi" });
  const stream = await fetch(`${server.origin}/live`, {
    headers: { authorization: `Bearer ${ana.token}` },
  });

  assert.equal((await deleteAccount(ana)).status, 204);
  await stream.text();
  assert.equal((await ana.get("/api/auth/me")).status, 401);
  for (const path of ["/api/users/1", "/api/users/1/posts", "/api/posts/1"]) {
    assert.equal((await ben.get(path)).status, 404, path);
  }
  for (const path of ["/api/posts/1/likes", "/api/posts/1/comments", "/api/stories/1/views"]) {
    assert.equal((await ben.post(path, { content: "Still there?" })).status, 404, path);
  }
  for (const path of ["/api/feed", "/api/search/users?q=ana", "/api/search/posts/hashtag/sea"]) {
    assert.deepEqual((await ben.get(path)).body, [], path);
  }
  const thread = await ben.get<Message[]>("/api/messages/1");
  assert.deepEqual(thread.body.map(({ content }) => content), ["Hi"]);
  const answer = await ben.post<Problem>("/api/messages", { receiver_id: 1, content: "Back?" });
  assert.deepEqual([answer.status, answer.body.detail], [404, "Receiver not found"]);

  assert.equal((await logIn(server, "ana")).status, 200);
  assert.equal((await ana.get("/api/auth/me")).status, 401);
  assert.equal((await ben.get<User>("/api/users/1")).body.username, "ana");
  assert.equal((await ben.get<Post[]>("/api/feed")).body.length, 1);
});

Deno.test("once the grace is over there is nothing to come back to, and the name is free", async () => {
  const { clock, pass } = movableClock();
  await using server = await startFilmroll({ clock, eraseGraceDays: 2 });
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  const { body: post } = await ben.post<Post>("/api/posts", { content: "Hello" });
  await ana.post(`/api/posts/${post.id}/likes`);
  await ana.post(`/api/posts/${post.id}/comments`, { content: "Nice" });
  await ana.post(`/api/follow/${ben.id}`);
  await ana.post("/api/messages", { receiver_id: ben.id, content: "Hi" });
  await deleteAccount(ana);

  pass(1.9);
  await server.erase();
  assert.equal((await logIn(server, "ana")).status, 200);
  const token = (await logIn(server, "ana")).body.access_token;
  await deleteAccount(api(server.origin, token));
  pass(2);
  const late = await logIn(server, "ana");
  assert.deepEqual([late.status, late.body.detail], [400, "This account is being erased"]);
  await server.erase();
  assert.equal((await logIn(server, "ana")).status, 401);

  const benAgain = api(server.origin, (await logIn(server, "ben")).body.access_token);
  const { like_count, comment_count } = (await benAgain.get<Post>(`/api/posts/${post.id}`)).body;
  assert.deepEqual([like_count, comment_count], [0, 0]);
  const { body } = await benAgain.get<{ follower_count: number }>(`/api/users/${ben.id}`);
  assert.equal(body.follower_count, 0);
  assert.deepEqual((await benAgain.get("/api/notifications")).body, []);
  const [conversation] = (await benAgain.get<Conversation[]>("/api/messages")).body;
  assert.equal(conversation!.last_message.content, "[erased]");
  assert.equal((await join(server.origin, "ana")).id, 3);
});

Deno.test("without grace an account is erased as soon as it is deleted", async () => {
  await using server = await startFilmroll({ eraseGraceDays: 0 });
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "Hello" });
  await deleteAccount(ana);
  await server.erase();
  const film = await server.filmroll.queries.ask("GetLeavers", {
    now: "9999",
    limit: 10,
  });
  assert.deepEqual(film, []);
  assert.equal((await logIn(server, "ana")).status, 401);
});

Deno.test("an account is deleted from the settings, and restored by the log-in form, which says so", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const settings = await ana.open("/users/me");
  assert.match(settings.html, /href="\/users\/me\/delete"/);

  const form = await ana.open("/users/me/delete");
  assert.match(form.text, /within 7 days/);
  const refused = await ana.submit(form, "/users/me", { password: "wrong" });
  assert.equal(refused.status, 401);
  assert.match(refused.text, /Invalid credentials/);
  assert.equal(formAt(refused, "/users/me").fields._method, "DELETE");

  const closed = await ana.submit(refused, "/users/me", { password: PASSWORD });
  assert.deepEqual([closed.redirects, closed.url.pathname], [[303], "/auth/closed"]);
  assert.match(closed.text, /within 7 days/);
  assert.equal((await ana.open("/users/me")).url.pathname, "/auth/login");

  const credentials = { email: emailOf("ana"), password: PASSWORD };
  const elsewhere = browserless(server.origin);
  const back = await elsewhere.submit(
    await elsewhere.open("/auth/login?return_to=/messages"),
    "/auth/login",
    credentials,
  );
  assert.equal(back.url.pathname, "/auth/restored");
  assert.match(back.text, /Your account is back/);
  assert.match((await elsewhere.open("/@ana")).text, /ana/);
});

Deno.test("a thread with a deleted account can be read, and not answered", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await signUp(server.origin, "ben");
  await ana.post("/api/messages", { receiver_id: 2, content: "Hi" });
  await deleteAccount(ana);
  assert.match((await ben.open("/messages")).text, /Deleted account/);
  const thread = await ben.open("/messages/1");
  assert.equal(thread.status, 200);
  assert.match(thread.text, /Deleted account.*Hi.*nobody can write to it/s);
  assert.ok(!thread.html.includes("/@deleted"), "It leads to no profile");
  assert.ok(thread.forms.every(({ action }) => action !== "/messages"), "There is no form");
  await ben.submit(thread, "/messages/1/read");
  assert.ok(!(await ben.open("/messages/1")).text.includes("Mark as read"));
});

Deno.test("killed while it erases somebody, the program goes on when it starts again", async () => {
  await using folder = await Folder.make();
  const environment = { ...folder.environment, ERASE_GRACE_DAYS: "0" };
  const { DATA_DIR } = environment;
  {
    await using program = await startProgram(environment);
    const ana = await join(program.origin, "ana");
    const post = (number: number) => ana.post("/api/posts", { content: `Jabberwock ${number}` });
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => post(50 * round + index)));
    }
    assert.equal((await deleteAccount(ana)).status, 204);
    await program.end("SIGKILL");
  }
  const film = () =>
    verify(`${DATA_DIR}/filmroll.db`, {
      schema: schemaOf(contexts),
      masterKey: masterKeyOf({ dataDir: DATA_DIR, masterKey: null }),
    });
  const { head } = await film();
  await using program = await startProgram(environment);
  const credentials = { email: emailOf("ana"), password: PASSWORD };
  await eventually("that nobody knows Ana", async () => {
    const { status } = await api(program.origin).post("/api/auth/login", credentials);
    return status === 401;
  });
  await program.end("SIGTERM");
  const { head: later, findings } = await film();
  assert.ok(later.position > head.position, "There was nothing left to do");
  assert.deepEqual(findings, []);
  const bytes = await Deno.readFile(`${DATA_DIR}/filmroll.db`);
  assert.ok(!new TextDecoder("latin1").decode(bytes).includes("Jabberwock"));
});

/** What Ana leaves in every place there is. None of it is in anything else. */
const SAID = {
  username: "quokka.zorblat",
  full_name: "Wibblefrotz Snarkleton",
  bio: "Xylotheque gardener",
  caption: "Jabberwock at noon #yarborough",
  comment: "Kwyjibo, naturally",
  story: "Hornswoggled today",
  message: "Gobbledegook for you",
  alt: "Unobtainium on a table",
};

const LOOKED_FOR = Object.values(SAID).flatMap((text) => text.toLowerCase().match(/[a-z]{7,}/g)!)
  .filter((word) => word !== "gardener" && word !== "naturally");

Deno.test("of who is erased nothing is left in the data folder, nor in a new backup", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "filmroll-" });
  const backups = await Deno.makeTempDir({ prefix: "filmroll-" });
  try {
    await using server = await startFilmroll({ dataDir, eraseGraceDays: 0 });
    const ana = await join(server.origin, SAID.username);
    const ben = await join(server.origin, "ben");
    const picture = async (number: number) => {
      const { id } = await uploaded(ana, await photo(number), { alt: SAID.alt });
      return id;
    };
    const avatar = await uploaded(ana, await photo(1), { shape: "square" });
    await ana.put("/api/users/me", {
      full_name: SAID.full_name,
      bio: SAID.bio,
      media: avatar.id,
    });
    await ana.post("/api/posts", { content: SAID.caption, media: [await picture(2)] });
    await ana.post("/api/stories", { content: SAID.story, media: await picture(3) });
    await ana.post("/api/messages", {
      receiver_id: ben.id,
      content: SAID.message,
      media: await picture(4),
    });
    await picture(5);
    await ben.post("/api/posts", { content: "Hello" });
    await ana.post("/api/posts/2/comments", { content: SAID.comment });
    const backUp = (file: string) =>
      backup({
        dataDir,
        database: copyOfFile(dataDir),
        file: `${backups}/${file}`,
        secrets: true,
        onProgress: () => {},
      });

    await backUp("before.tar");
    const before = await wordsBelow(backups, LOOKED_FOR);
    assert.deepEqual(new Set([...before.values()].flat()), new Set(LOOKED_FOR));
    await Deno.remove(`${backups}/before.tar`);
    assert.equal((await filesOf(server)).pictures.length, 5);

    assert.equal((await deleteAccount(ana)).status, 204);
    await server.erase();
    await server.collector.caughtUp();
    assert.deepEqual(await wordsBelow(dataDir, LOOKED_FOR), new Map());
    assert.deepEqual(await filesOf(server), { pictures: [], temporary: [] });
    await backUp("after.tar");
    assert.deepEqual(await wordsBelow(backups, LOOKED_FOR), new Map());

    const { findings } = await verify(`${dataDir}/filmroll.db`, {
      schema: schemaOf(contexts),
      masterKey,
    });
    assert.deepEqual(findings, []);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
    await Deno.remove(backups, { recursive: true });
  }
});
