/** Stories over HTTP: operations 19–22 and what stands beside them, as JSON and as pages. */
import assert from "node:assert/strict";
import { linkedImage } from "../domain/media/image.ts";
import type { Story, StoryStatus, StoryViewer, Token } from "../web/schemas.ts";
import {
  type Api,
  api,
  browserless,
  emailOf,
  formAt,
  join,
  PASSWORD,
  signUp,
} from "./support/client.ts";
import { tagsOf } from "./support/html.ts";
import { startFilmroll } from "./support/server.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A server whose clock stands until it is put forward, with Ana (1), and Ben (2) who follows her. */
async function startStories() {
  let now = Date.now();
  const server = await startFilmroll({ clock: () => new Date(now) });
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  await ben.post("/api/follow/1");
  return {
    ...server,
    ana,
    ben,
    pass: (milliseconds: number) => now += milliseconds,
    [Symbol.asyncDispose]: server.stop,
  };
}

const ids = (stories: readonly { id: number }[]): number[] => stories.map(({ id }) => id);

for (const prefix of ["/api", ""]) {
  const how = prefix === "" ? "by negotiation, without /api" : "below /api";
  Deno.test(`operations 19–22 answer JSON ${how}`, async () => {
    await using server = await startStories();
    const { ana, ben } = server;
    const words = { content: "Low tide", image_url: "https://example.org/tide.webp" };

    const told = await ana.post<Story>(`${prefix}/stories`, words);
    assert.equal(told.status, 201);
    const { created_at, expires_at, ...story } = told.body;
    assert.deepEqual(story, {
      id: 1,
      author_id: 1,
      author_username: "ana",
      author_full_name: null,
      author_profile_image_url: null,
      ...words,
      image: linkedImage(words.image_url),
      seen: true,
      view_count: 0,
    });
    assert.equal(Date.parse(expires_at) - Date.parse(created_at), DAY);

    await ben.post(`${prefix}/stories`, { content: "Mine" });
    await ana.post(`${prefix}/stories`, { content: "High tide" });
    const mine = await ana.get<Story[]>(`${prefix}/stories`);
    assert.deepEqual([mine.status, ids(mine.body)], [200, [3, 1]]);
    const feed = await ben.get<Story[]>(`${prefix}/stories/feed`);
    assert.deepEqual([feed.status, ids(feed.body)], [200, [3, 2, 1]]);
    assert.deepEqual(ids((await ana.get<Story[]>(`${prefix}/stories/feed`)).body), [3, 1]);

    const deleted = await ana.delete(`${prefix}/stories/1`);
    assert.deepEqual([deleted.status, deleted.body], [204, undefined]);
    assert.deepEqual(ids((await ben.get<Story[]>(`${prefix}/stories/feed`)).body), [3, 2]);
  });
}

/** Logs somebody in anew: a token is good for 60 minutes, by the same clock as stories. */
async function logIn(origin: string, username: string): Promise<Api> {
  const { body } = await api(origin).post<Token>("/api/auth/login", {
    email: emailOf(username),
    password: PASSWORD,
  });
  return api(origin, body.access_token);
}

Deno.test("a story is there for 24 hours to the millisecond, and then nowhere", async () => {
  await using server = await startStories();
  await server.ana.post("/api/stories", { content: "Low tide" });

  server.pass(DAY - 1);
  const ana = await logIn(server.origin, "ana");
  const ben = await logIn(server.origin, "ben");
  const found = async () => ({
    story: (await ben.get("/api/stories/1")).status,
    viewing: (await ben.post("/api/stories/1/views")).status,
    viewers: (await ana.get("/api/stories/1/views")).status,
    mine: (await ana.get<Story[]>("/api/stories")).body.length,
    feed: (await ben.get<Story[]>("/api/stories/feed")).body.length,
    hers: (await ben.get<Story[]>("/api/stories/of/1")).body.length,
  });
  assert.deepEqual(await found(), {
    story: 200,
    viewing: 200,
    viewers: 200,
    mine: 1,
    feed: 1,
    hers: 1,
  });

  server.pass(1);
  assert.deepEqual(await found(), {
    story: 404,
    viewing: 404,
    viewers: 404,
    mine: 0,
    feed: 0,
    hers: 0,
  });
  assert.equal((await ben.delete("/api/stories/1")).status, 404);
  assert.equal((await ana.delete("/api/stories/1")).status, 204, "its author may still delete it");
  assert.equal((await ana.delete("/api/stories/1")).status, 404);
});

Deno.test("errors of stories are those of the contract", async (t) => {
  await using server = await startStories();
  const { ana, ben } = server;
  await ana.post("/api/stories", { content: "Low tide" });
  const nobody = api(server.origin);
  const people = { ana, ben, nobody };

  const rows: readonly [
    who: keyof typeof people,
    request: string,
    status: number,
    detail: RegExp,
    json?: unknown,
  ][] = [
    ["ana", "POST /stories", 422, /content/, {}],
    ["ana", "POST /stories", 422, /content/, { content: " \n", image_url: "" }],
    ["ana", "POST /stories", 422, /content/, { content: 7 }],
    ["ana", "POST /stories", 422, /content/, { content: "a".repeat(1001) }],
    ["ana", "POST /stories", 422, /image_url/, { image_url: "javascript:alert(1)" }],
    ["ana", "POST /stories", 422, /image_url/, { image_url: "/media/../secret" }],
    ["ana", "GET /stories?limit=0", 422, /limit/],
    ["ana", "GET /stories/feed?before=x", 422, /before/],
    ["ana", "DELETE /stories/x", 422, /id/],
    ["ana", "GET /stories/of/0", 422, /user_id/],
    ["nobody", "POST /stories", 401, /./, { content: "Hello" }],
    ["nobody", "GET /stories", 401, /./],
    ["nobody", "GET /stories/feed", 401, /./],
    ["nobody", "GET /stories/1", 401, /./],
    ["nobody", "GET /stories/of/1", 401, /./],
    ["nobody", "POST /stories/1/views", 401, /./],
    ["nobody", "GET /stories/1/views", 401, /./],
    ["nobody", "DELETE /stories/1", 401, /./],
    ["ben", "DELETE /stories/1", 403, /author/],
    ["ben", "GET /stories/1/views", 403, /author/],
    ["ana", "DELETE /stories/9", 404, /^Story not found$/],
    ["ana", "GET /stories/9", 404, /^Story not found$/],
    ["ana", "POST /stories/9/views", 404, /^Story not found$/],
    ["ana", "GET /stories/9/views", 404, /^Story not found$/],
    ["ana", "GET /stories/of/9", 404, /^User not found$/],
    ["ana", "PUT /stories", 405, /PUT/],
    ["ana", "POST /stories/feed", 405, /POST/],
    ["ana", "DELETE /stories/1/views", 405, /DELETE/],
  ];
  for (const [who, request, status, detail, json] of rows) {
    await t.step(`${request} of ${who} is ${status}`, async () => {
      const [method, path] = request.split(" ") as [string, string];
      const answer = await people[who].send<{ detail: string }>(method, `/api${path}`, { json });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(answer.body.detail, detail);
      assert.match(answer.headers.get("content-type")!, /^application\/problem\+json/);
    });
  }
});

Deno.test("seeing a story counts once a person, for its author alone to know", async () => {
  await using server = await startStories();
  const { ana, ben } = server;
  await ana.post("/api/stories", { content: "Low tide" });
  assert.equal((await ben.get<Story>("/api/stories/1")).body.seen, false);
  for (const person of [ben, ben, ana]) {
    const seen = await person.post<StoryStatus>("/api/stories/1/views");
    assert.deepEqual([seen.status, seen.body], [200, { seen: true }]);
  }
  const { body: { seen, view_count } } = await ben.get<Story>("/api/stories/1");
  assert.deepEqual([seen, view_count], [true, null]);
  assert.equal((await ana.get<Story>("/api/stories/1")).body.view_count, 1);
  const { body: viewers } = await ana.get<StoryViewer[]>("/api/stories/1/views");
  assert.deepEqual(
    viewers.map(({ id, username, email, following }) => [id, username, email, following]),
    [[2, "ben", null, false]],
  );
});

Deno.test("a story told twice with one command id is one story", async () => {
  await using server = await startStories();
  const options = {
    json: { content: "Low tide" },
    headers: { "idempotency-key": crypto.randomUUID() },
  };
  for (const _ of [1, 2]) {
    const { status, body } = await server.ana.send<Story>("POST", "/api/stories", options);
    assert.deepEqual([status, body.id], [201, 1]);
  }
});

Deno.test("lists of stories join page by page through their links", async () => {
  await using server = await startStories();
  const { ana, ben } = server;
  for (const content of ["1", "2", "3", "4", "5"]) await ana.post("/api/stories", { content });
  for (const list of ["/api/stories", "/api/stories/feed"]) {
    const person = list.endsWith("feed") ? ben : ana;
    const found: number[] = [];
    let next: string | undefined = `${list}?limit=2`;
    while (next !== undefined) {
      const page: { headers: Headers; body: Story[] } = await person.get<Story[]>(next);
      found.push(...ids(page.body));
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
    }
    assert.deepEqual(found, [5, 4, 3, 2, 1]);
  }
});

// Pages

Deno.test("the composer of stories keeps what was refused, and shows the story it made", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const composer = await ana.open("/stories/new");
  const refused = await ana.submit(composer, "/stories", { image_url: "not a picture" });
  assert.equal(refused.status, 422);
  const form = formAt(refused, "/stories");
  assert.equal(form.fields.image_url, "not a picture");
  assert.equal(form.controls.image_url!["aria-invalid"], "true");
  assert.equal(form.fields.command_id, formAt(composer, "/stories").fields.command_id);

  const told = await ana.submit(refused, "/stories", { image_url: "", content: "Low tide" });
  assert.deepEqual([told.status, told.redirects, told.url.pathname], [200, [303], "/stories/1"]);
  assert.match(told.text, /Low tide/);
  assert.match(told.text, /Seen by 0/);
});

Deno.test("without script one sees a story after the other, and each is seen by moving on", async () => {
  await using server = await startStories();
  const { ana, origin } = server;
  for (const content of ["First", "Second"]) await ana.post("/api/stories", { content });
  const cleo = await signUp(origin, "cleo");
  await cleo.submit(await cleo.open("/@ana"), "/follow/1");

  const ringOf = async () => {
    const { html } = await cleo.open("/");
    return tagsOf(html, "a").find(({ attributes }) => attributes.id === "stories-of-1")?.attributes;
  };
  assert.match((await ringOf())!.class!, /ring-unseen/);
  const first = await cleo.open((await ringOf())!.href!);
  assert.deepEqual([first.url.pathname, first.redirects], ["/stories/1", [303]]);
  assert.match(first.text, /First/);
  assert.doesNotMatch(first.text, /Seen by|Delete story/);

  const second = await cleo.submit(first, "/stories/1/views");
  assert.deepEqual([second.url.pathname, second.redirects], ["/stories/2", [303]]);
  const back = tagsOf(second.html, "a").map(({ attributes }) => attributes.href);
  assert.ok(back.includes("/stories/1") && back.includes("/#stories-of-1"));
  assert.match((await ringOf())!.class!, /ring-unseen/);
  assert.equal((await cleo.open("/stories/of/1")).url.pathname, "/stories/2");

  const end = await cleo.submit(second, "/stories/2/views");
  assert.deepEqual([end.url.pathname, end.url.hash], ["/", "#stories-of-1"]);
  assert.match((await ringOf())!.class!, /ring-seen/);
});

Deno.test("the pages of stories say what is there, and what to do where nothing is", async () => {
  await using server = await startStories();
  const { ana, origin } = server;
  const cleo = await signUp(origin, "cleo");
  for (const path of ["/stories", "/stories/feed"]) {
    const { status, html } = await cleo.open(path);
    assert.equal(status, 200);
    assert.ok(tagsOf(html, "a").some(({ attributes }) => attributes.href === "/stories/new"));
  }
  assert.equal((await cleo.open("/stories/of/1")).url.pathname, "/users/1", "none to see");
  for (const path of ["/stories/9", "/stories/x", "/stories/1/views"]) {
    assert.equal((await cleo.open(path)).status, 404, path);
  }
  await ana.post("/api/stories", { content: "Low tide" });
  assert.equal((await cleo.open("/stories/1/views")).status, 403);
  const visitor = browserless(origin);
  assert.equal((await visitor.open("/stories/feed")).url.pathname, "/auth/login");

  await cleo.submit(await cleo.open("/stories/new"), "/stories", { content: "Mine" });
  assert.match((await cleo.open("/stories/feed")).text, /Mine/);
  assert.match((await cleo.open("/stories/2/views")).text, /Nobody has seen it yet/);
  const gone = await cleo.submit(await cleo.open("/stories/2"), "/stories/2");
  assert.deepEqual([gone.url.pathname, gone.redirects], ["/stories", [303]]);
  assert.match(gone.text, /You have no stories now/);
});
