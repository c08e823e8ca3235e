/** Notifications over HTTP: operations 27–29 and their page. */
import assert from "node:assert/strict";
import type { Comment, Notification, Post, Problem } from "../web/schemas.ts";
import { api, browserless, join, type Person, signUp } from "./support/client.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const PATH = "/api/notifications";

async function notificationsOf(person: Person, query = ""): Promise<Notification[]> {
  const { status, body } = await person.get<Notification[]>(PATH + query);
  assert.equal(status, 200);
  return body;
}

const outline = (notifications: readonly Notification[]) =>
  notifications.map(({ actor_username, message, is_read }) =>
    `${actor_username} ${message}${is_read ? " (read)" : ""}`
  );

/** Ana with a post, and Ben. */
async function anaAndBen({ origin }: TestServer) {
  const [ana, ben] = [await join(origin, "ana"), await join(origin, "ben")];
  const { body: post } = await ana.post<Post>("/api/posts", { content: "Low tide" });
  return { ana, ben, post };
}

Deno.test("a like, a comment and a follow are told, newest first", async () => {
  await using server = await startFilmroll();
  const { ana, ben, post } = await anaAndBen(server);
  await ben.post(`/api/posts/${post.id}/likes`);
  const { body: comment } = await ben.post<Comment>(`/api/posts/${post.id}/comments`, {
    content: "Cold?",
  });
  await ben.post(`/api/follow/${ana.id}`);

  const [follow, commented, like] = await notificationsOf(ana);
  const { id, created_at, ...rest } = like!;
  assert.ok(Number.isInteger(id) && !Number.isNaN(Date.parse(created_at)));
  assert.deepEqual(rest, {
    user_id: ana.id,
    actor_id: ben.id,
    actor_username: "ben",
    actor_full_name: null,
    actor_profile_image_url: null,
    type: "like",
    reference_id: post.id,
    reference_image_url: null,
    comment_id: null,
    comment_content: null,
    message: "liked your post",
    is_read: false,
    following: false,
  });
  assert.deepEqual([commented!.type, commented!.comment_id], ["comment", comment.id]);
  assert.deepEqual([follow!.type, follow!.reference_id], ["follow", null]);
  assert.deepEqual(await notificationsOf(ben), []);
});

Deno.test("what is undone unread is withdrawn, and one's own likes and comments notify nobody", async () => {
  await using server = await startFilmroll();
  const { ana, ben, post } = await anaAndBen(server);
  await ana.post(`/api/posts/${post.id}/likes`);
  await ana.post(`/api/posts/${post.id}/comments`, { content: "Me" });
  for (let times = 0; times < 2; times++) await ben.post(`/api/posts/${post.id}/likes`);
  await ben.post(`/api/follow/${ana.id}`);
  await ben.delete(`/api/follow/${ana.id}`);
  assert.deepEqual(await notificationsOf(ana), []);
});

Deno.test("one notification is marked as read, again and again, and all are", async () => {
  await using server = await startFilmroll();
  const { ana, ben, post } = await anaAndBen(server);
  await ben.post(`/api/posts/${post.id}/likes`);
  await ben.post(`/api/follow/${ana.id}`);
  const [, like] = await notificationsOf(ana);
  for (let times = 0; times < 2; times++) {
    const { status, body } = await ana.post(`${PATH}/${like!.id}/read`);
    assert.deepEqual([status, body], [200, { status: "ok" }]);
  }
  assert.deepEqual(outline(await notificationsOf(ana)), [
    "ben started following you",
    "ben liked your post (read)",
  ]);
  for (let times = 0; times < 2; times++) {
    const { status, body } = await ana.post(`${PATH}/read-all`);
    assert.deepEqual([status, body], [200, { status: "ok" }]);
  }
  assert.ok((await notificationsOf(ana)).every(({ is_read }) => is_read));
});

Deno.test("marking a notification that is somebody else's, withdrawn or unknown is 404", async () => {
  await using server = await startFilmroll();
  const { ana, ben, post } = await anaAndBen(server);
  await ben.post(`/api/posts/${post.id}/likes`);
  const [like] = await notificationsOf(ana);
  const mark = async (person: Person, id: number) => {
    const { status, body } = await person.post<Problem>(`${PATH}/${id}/read`);
    assert.deepEqual([status, body.detail], [404, "Notification not found"]);
  };
  await mark(ben, like!.id);
  await mark(ana, 999_999);
  await ben.post(`/api/posts/${post.id}/likes`);
  await mark(ana, like!.id);
});

Deno.test("deleting a post removes its notifications, read ones too", async () => {
  await using server = await startFilmroll();
  const { ana, ben, post } = await anaAndBen(server);
  await ben.post(`/api/posts/${post.id}/likes`);
  await ben.post(`/api/posts/${post.id}/comments`, { content: "Cold?" });
  await ana.post(`${PATH}/read-all`);
  await ana.delete(`/api/posts/${post.id}`);
  assert.deepEqual(await notificationsOf(ana), []);
});

Deno.test("notifications are paged by limit, offset and before, and Link leads to the next page", async () => {
  await using server = await startFilmroll();
  const { ana, ben, post } = await anaAndBen(server);
  for (const content of ["1", "2", "3"]) {
    await ben.post(`/api/posts/${post.id}/comments`, { content });
  }
  const contents = (list: readonly Notification[]) => list.map((one) => one.comment_content);
  assert.deepEqual(contents(await notificationsOf(ana, "?limit=1&offset=1")), ["2"]);
  const first = await ana.get<Notification[]>(`${PATH}?limit=2`);
  assert.deepEqual(contents(first.body), ["3", "2"]);
  const [, next] = /^<(.*)>; rel="next"$/.exec(first.headers.get("link")!)!;
  assert.deepEqual(contents((await ana.get<Notification[]>(next!)).body), ["1"]);
});

Deno.test("notifications refuse strangers with 401 and nonsense with 422 and 405", async () => {
  await using server = await startFilmroll();
  const { ana } = await anaAndBen(server);
  const stranger = api(server.origin);
  for (
    const [method, path] of [
      ["GET", PATH],
      ["POST", `${PATH}/1/read`],
      ["POST", `${PATH}/read-all`],
    ] as const
  ) {
    const { status, headers } = await stranger.send(method, path);
    assert.deepEqual([status, headers.get("www-authenticate")?.split(" ")[0]], [401, "Bearer"]);
  }
  assert.equal((await ana.post(`${PATH}/first/read`)).status, 422);
  assert.equal((await ana.get(`${PATH}?limit=0`)).status, 422);
  assert.equal((await ana.delete(PATH)).status, 405);
});

Deno.test("the page groups likes, and its buttons mark as read without script", async () => {
  await using server = await startFilmroll();
  const visitor = await signUp(server.origin, "ana");
  const empty = await visitor.open("/notifications");
  assert.match(empty.text, /All quiet so far/);

  await visitor.submit(await visitor.open("/posts/new"), "/posts", { content: "Low tide" });
  for (const name of ["ben", "cleo", "dora", "emil"]) {
    const person = await join(server.origin, name);
    await person.post("/api/posts/1/likes");
    if (name === "ben") await person.post("/api/follow/1");
  }
  const page = await visitor.open("/notifications");
  assert.match(page.text, /Today/);
  assert.match(page.text, /emil\s*, dora and 2 others liked your post/);
  const [, id] = /action="\/notifications\/(\d+)\/read"/.exec(page.html)!;
  const marked = await visitor.submit(page, `/notifications/${id}/read`);
  assert.deepEqual([marked.redirects, marked.url.pathname], [[303], "/notifications"]);
  assert.ok(!marked.html.includes(`action="/notifications/${id}/read"`));

  const followed = await visitor.submit(marked, "/follow/2");
  assert.match(followed.text, /Following @ben/);

  const all = await visitor.submit(followed, "/notifications/read-all");
  assert.ok(!all.text.includes("Unread") && !all.text.includes("Mark all as read"));
});

Deno.test("a stranger who opens the notifications is sent to log in", async () => {
  await using server = await startFilmroll();
  const page = await browserless(server.origin).open("/notifications");
  assert.equal(page.url.pathname, "/auth/login");
});
