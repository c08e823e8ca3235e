/** Live updates over HTTP: who is told what, in which order, and when a stream ends. */
import assert from "node:assert/strict";
import type { Message, Post } from "../web/schemas.ts";
import { api, browserless, join, type Person, signUp } from "./support/client.ts";
import { Folder } from "./support/folder.ts";
import { listen, type LiveReader } from "./support/live.ts";
import { startProgram } from "./support/program.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

/** Somebody's stream, once it is told everything. */
async function open(
  { origin }: TestServer,
  person: Person,
  query = "",
  headers: Readonly<Record<string, string>> = {},
): Promise<LiveReader> {
  const reader = await listen(`${origin}/live${query}`, { ...bearer(person), ...headers });
  await reader.first("unread");
  return reader;
}

const typesOf = ({ heard }: LiveReader) => heard.map(({ type }) => type);

async function post(person: Person, content = "Low tide"): Promise<Post> {
  return (await person.post<Post>("/api/posts", { content })).body;
}

Deno.test("GET /live refuses who is not logged in, as a problem whatever is accepted", async () => {
  await using server = await startFilmroll();
  for (const accept of ["text/event-stream", "text/html", "application/json"]) {
    const response = await fetch(`${server.origin}/live`, { headers: { accept } });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
    await response.body?.cancel();
  }
});

Deno.test("GET /live refuses topics of others, unknown ones and too many", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const many = Array.from({ length: 101 }, (_, index) => `post-${index + 1}`).join();
  for (
    const query of [
      "topics=person-2",
      "topics=posts-of-2",
      "topics=post-0",
      "topics=post-1,,",
      `topics=${many}`,
      "after=yesterday",
    ]
  ) {
    assert.equal((await ana.get(`/live?${query}`)).status, 422, query);
  }
});

Deno.test("GET /live is a stream that nothing between holds back", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const response = await fetch(`${server.origin}/live`, {
    method: "HEAD",
    headers: { ...bearer(ana), "accept-encoding": "gzip" },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
  assert.equal(response.headers.get("content-encoding"), null);
});

Deno.test("likes, comments, follows, posts and messages are told with the film's positions", async () => {
  await using server = await startFilmroll();
  const [ana, ben] = [await join(server.origin, "ana"), await join(server.origin, "ben")];
  await ana.post(`/api/follow/${ben.id}`);
  const { id } = await post(ana);
  await using reader = await open(server, ana, `?topics=post-${id},user-${ana.id},feed`);
  const start = (await reader.first("beat")).id!;

  await ben.post(`/api/posts/${id}/likes`);
  const comment = (await ben.post<{ id: number }>(`/api/posts/${id}/comments`, {
    content: "Cold?",
  })).body;
  await ben.delete(`/api/posts/comments/${comment.id}`);
  await ben.post(`/api/follow/${ana.id}`);
  const fresh = await post(ben);
  const message = (await ben.post<Message>("/api/messages", {
    receiver_id: ana.id,
    content: "Hello",
  })).body;
  await ana.post(`/api/messages/${ben.id}/read`);
  await ana.delete(`/api/posts/${id}`);
  await reader.first("post_deleted");

  const recorded = reader.heard.filter(({ id }) => id !== null && id > start);
  assert.deepEqual(recorded, [
    {
      id: start + 1,
      type: "likes",
      data: { post_id: id, user_id: ben.id, liked: true, like_count: 1 },
    },
    { id: start + 2, type: "comment", data: comment },
    { id: start + 3, type: "comment_deleted", data: { id: comment.id, post_id: id } },
    {
      id: start + 4,
      type: "follow",
      data: { follower_id: ben.id, followee_id: ana.id, following: true, follower_count: 1 },
    },
    { id: start + 5, type: "post", data: { post_id: fresh.id, author_id: ben.id } },
    { id: start + 6, type: "message", data: message },
    {
      id: start + 7,
      type: "messages_read",
      data: { reader_id: ana.id, sender_id: ben.id, up_to: message.id },
    },
    { id: start + 8, type: "post_deleted", data: { post_id: id } },
  ]);
});

Deno.test("unread counts are told when they change, and to that person alone", async () => {
  await using server = await startFilmroll();
  const [ana, ben] = [await join(server.origin, "ana"), await join(server.origin, "ben")];
  const { id } = await post(ana);
  await using toAna = await open(server, ana);
  await using toBen = await open(server, ben);
  await ben.post(`/api/posts/${id}/likes`);
  await ben.post("/api/messages", { receiver_id: ana.id, content: "Hello" });
  await ana.post("/api/notifications/read-all");
  await ana.post(`/api/messages/${ben.id}/read`);
  await toAna.count("unread", 5);
  await toBen.first("messages_read");
  const counts = toAna.heard.flatMap((one) => one.type === "unread" ? [one.data] : []);
  assert.deepEqual(counts, [
    { notifications: 0, messages: 0 },
    { notifications: 1, messages: 0 },
    { notifications: 1, messages: 1 },
    { notifications: 0, messages: 1 },
    { notifications: 0, messages: 0 },
  ]);
  assert.deepEqual(typesOf(toBen), ["beat", "unread", "message", "messages_read"]);
});

Deno.test("nobody is told another's messages, notifications or typing", async () => {
  await using server = await startFilmroll();
  const [ana, ben, cleo] = await Promise.all(
    ["ana", "ben", "cleo"].map((name) => join(server.origin, name)),
  ) as [Person, Person, Person];
  const { id } = await post(ana);
  await using toCleo = await open(server, cleo, `?topics=post-${id},user-${ana.id},user-${ben.id}`);
  await ben.post("/api/messages", { receiver_id: ana.id, content: "A secret" });
  await ana.post(`/api/messages/${ben.id}/read`);
  await ana.post("/api/messages", { receiver_id: ben.id, content: "A secret" });
  server.live.tell(ana.id, { type: "typing", data: { from: ben.id } });
  await ana.post("/api/notifications/read-all");
  await ben.post(`/api/posts/${id}/likes`);
  await toCleo.first("likes");
  assert.deepEqual(typesOf(toCleo), ["beat", "unread", "likes"]);

  // Nor by catching up, from the very beginning.
  await using again = await open(server, cleo, `?after=0&topics=post-${id}`);
  assert.deepEqual(typesOf(again), ["likes", "beat", "unread"]);
});

Deno.test("typing is told to whom it concerns, without a position", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await using reader = await open(server, ana);
  server.live.tell(ana.id, { type: "typing", data: { from: 7 } });
  assert.deepEqual(await reader.first("typing"), { id: null, type: "typing", data: { from: 7 } });
});

Deno.test("a feed hears of posts by who is followed at that moment", async () => {
  await using server = await startFilmroll();
  const [ana, ben, cleo] = await Promise.all(
    ["ana", "ben", "cleo"].map((name) => join(server.origin, name)),
  ) as [Person, Person, Person];
  await ana.post(`/api/follow/${ben.id}`);
  await using reader = await open(server, ana, "?topics=feed");
  await post(cleo);
  const one = await post(ben);
  await ana.post(`/api/follow/${cleo.id}`);
  await ana.delete(`/api/follow/${ben.id}`);
  await post(ben);
  const two = await post(cleo);
  const own = await post(ana);
  await reader.count("post", 3);
  const posts = reader.heard.flatMap((it) => it.type === "post" ? [it.data.post_id] : []);
  assert.deepEqual(posts, [one.id, two.id, own.id]);
});

Deno.test("who reconnects gets what was missed once and in order, while others keep writing", async () => {
  await using server = await startFilmroll();
  const people = await Promise.all(
    Array.from({ length: 8 }, (_, index) => join(server.origin, `person${index}`)),
  );
  const [ana, ...others] = people as [Person, ...Person[]];
  const { id } = await post(ana);
  const LIKES = 40;

  const writing = Promise.all(others.map(async (person) => {
    for (let index = 0; index < LIKES; index++) await person.post(`/api/posts/${id}/likes`);
  }));
  const ids: number[] = [];
  let lastId = 0;
  let connections = 0;
  const take = (reader: LiveReader) => {
    ids.push(...reader.heard.flatMap((one) => one.type === "likes" ? [one.id!] : []));
    lastId = reader.lastId ?? lastId;
  };
  let isWriting = true;
  writing.then(() => isWriting = false);
  while (isWriting) {
    const reader = await listen(
      `${server.origin}/live?topics=post-${id}&after=0`,
      { ...bearer(ana), "last-event-id": String(lastId) },
    );
    connections++;
    await reader.count("likes", 5).catch(() => {});
    await reader[Symbol.asyncDispose]();
    take(reader);
    if (ids.length === others.length * LIKES) break;
  }
  await writing;
  await using last = await open(server, ana, `?topics=post-${id}&after=${lastId}`);
  take(last);

  assert.ok(connections > 5, `It connected only ${connections} times`);
  assert.equal(ids.length, others.length * LIKES);
  assert.deepEqual(ids, [...new Set(ids)].sort((a, b) => a - b));
});

Deno.test("logging out ends the session's streams within a second, and no other", async () => {
  await using server = await startFilmroll();
  const phone = await signUp(server.origin, "ana");
  const laptop = browserless(server.origin);
  await laptop.submit(await laptop.open("/auth/login"), "/auth/login", {
    email: "ana@example.org",
    password: "film and light",
  });
  const cookieOf = ({ cookies }: typeof phone) => ({
    cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; "),
  });
  await using onPhone = await listen(`${server.origin}/live`, cookieOf(phone));
  await using onLaptop = await listen(`${server.origin}/live`, cookieOf(laptop));
  await Promise.all([onPhone.first("unread"), onLaptop.first("unread")]);

  const began = performance.now();
  await phone.submit(await phone.open("/"), "/auth/logout");
  await onPhone.ended;
  assert.ok(performance.now() - began < 1000);
  server.live.tell(1, { type: "typing", data: { from: 2 } });
  await onLaptop.first("typing");
});

Deno.test("a log-out that comes while a stream opens ends it", async () => {
  await using server = await startFilmroll();
  const visitor = await signUp(server.origin, "ana");
  const cookie = Array.from(visitor.cookies, ([name, value]) => `${name}=${value}`).join("; ");
  const page = await visitor.open("/");
  const [reader] = await Promise.all([
    listen(`${server.origin}/live`, { cookie }),
    visitor.submit(page, "/auth/logout"),
  ]);
  if (reader.status === 200) await reader.ended;
  else assert.equal(reader.status, 401);
  await reader[Symbol.asyncDispose]();
});

Deno.test("who does not read is dropped, and the connection with it", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const { hostname, port } = new URL(server.origin);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(
    `GET /live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ana.token}\r\n\r\n`,
  ));
  const buffer = new Uint8Array(64 * 1024);
  await connection.read(buffer);

  // Told until what the two systems hold between them is full, and then the server's own limit.
  const data = { from: 1, filler: "x".repeat(100_000) };
  const enough = 64 * 1024 * 1024;
  for (let bytes = 0; bytes < enough; bytes += data.filler.length) {
    server.live.tell(ana.id, { type: "typing", data });
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (server.live.openStreams === 0) break;
  }
  assert.equal(server.live.openStreams, 0);
  let received = 0;
  for (;;) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) break;
    received += count;
  }
  assert.ok(received < enough / 2);
});

Deno.test("a reader that leaves is forgotten at once", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const reader = await open(server, ana);
  assert.equal(server.live.openStreams, 1);
  await reader[Symbol.asyncDispose]();
  for (let attempt = 0; attempt < 100 && server.live.openStreams > 0; attempt++) {
    await api(server.origin).get("/api/users/1");
  }
  assert.equal(server.live.openStreams, 0);
});

Deno.test("stopping ends the streams, so that nobody waits for them", async () => {
  const server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const reader = await open(server, ana);
  const began = performance.now();
  await server.stop();
  await reader.ended;
  assert.ok(performance.now() - began < 5000);
});

Deno.test("SIGTERM ends the program within 5 s though streams are open", async () => {
  await using folder = await Folder.make();
  await using program = await startProgram(folder.environment);
  const ana = await join(program.origin, "ana");
  const reader = await listen(`${program.origin}/live`, bearer(ana));
  await reader.first("unread");
  const began = performance.now();
  const { code, stderr } = await program.end("SIGTERM");
  await reader.ended;
  assert.ok(performance.now() - began < 5000);
  assert.deepEqual([code, stderr], [0, ""]);
});
