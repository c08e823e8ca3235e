/** The operator's pages: whom they are for, and what they show. */
import assert from "node:assert/strict";
import { browserless, join, logIn } from "./support/client.ts";
import { startFilmroll } from "./support/server.ts";

const PLACES = [
  "/admin",
  "/admin/film",
  "/admin/film/1",
  "/admin/streams/user-1",
  "/admin/read-models",
  "/admin/read-models/progress",
];

Deno.test("the operator's pages are there for administrators alone", async () => {
  await using server = await startFilmroll();
  const { origin, filmroll: { commands } } = server;
  await join(origin, "ana");
  const ben = await join(origin, "ben");
  const [first, second, stranger] = [
    await logIn(origin, "ana"),
    await logIn(origin, "ben"),
    browserless(origin),
  ];
  for (const place of PLACES) {
    assert.equal((await first.open(place)).status, 200, place);
    for (const other of [second, stranger]) {
      assert.equal((await other.open(place)).status, 404, place);
    }
    assert.equal((await stranger.request(place, { method: "POST" })).status, 404, place);
    for (const path of [`/api${place}`, place]) {
      const { status } = await ben.get(path);
      assert.equal(status, 404, `${path} by a program`);
    }
  }
  await commands.execute("AppointAdmin", { userId: ben.id }, { actor: null });
  await commands.execute("DismissAdmin", { userId: 1 }, { actor: null });
  assert.equal((await second.open("/admin")).status, 200);
  assert.equal((await first.open("/admin")).status, 404);
});

Deno.test("the overview shows health, figures, and the last hour as pictures and tables", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "Morning" });
  const { text, html } = await (await logIn(server.origin, "ana")).open("/admin");
  assert.match(text, /All is well/);
  assert.match(text, /People\s*1\b/);
  assert.match(text, /Posts\s*1\b/);
  assert.equal(
    html.match(/<svg[^>]*role="img"[^>]*aria-label="(Requests|Commands|Latency): /g)?.length,
    3,
  );
  assert.equal(html.match(/<table/g)?.length, 3);
});

Deno.test("the film is browsed by stream, type and person, page by page, with personal data masked", async () => {
  await using server = await startFilmroll();
  const { origin } = server;
  const [ana, ben] = [await join(origin, "ana"), await join(origin, "ben")];
  for (let index = 0; index < 55; index++) {
    await ben.post("/api/posts", { content: `A private thought, number ${index}` });
  }
  await ana.post("/api/posts/1/likes");
  const operator = await logIn(origin, "ana");
  const types = async (query: string) => {
    const { html } = await operator.open(`/admin/film?${query}`);
    return [...html.matchAll(/<td>([A-Z]\w+)<\/td>/g)].map(([, type]) => type);
  };
  assert.deepEqual(await types("stream=post-3"), ["PostCreated"]);
  assert.deepEqual(await types("type=PostLiked"), ["PostLiked"]);
  assert.deepEqual(await types(`person=${ana.id}&type=PostCreated`), []);
  assert.deepEqual(await types("since=2001-01-01&until=2001-02-01"), []);

  const page = await operator.open(`/admin/film?person=${ben.id}`);
  assert.doesNotMatch(page.html, /private thought/);
  const older = /href="(\/admin\/film\?[^"]*before=\d+[^"]*)"/.exec(page.html)![1]!;
  const next = await operator.open(older.replaceAll("&amp;", "&"));
  assert.match(next.text, /PostCreated/);

  const wrong = await operator.open("/admin/film?person=ben&since=yesterday");
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Must be a whole number/);
  assert.match(wrong.text, /Must be a time such as/);
});

Deno.test("what is personal is shown only when it is asked for", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "A private thought" });
  const operator = await logIn(server.origin, "ana");
  const { html } = await operator.open("/admin/film?type=PostCreated");
  const event = /href="(\/admin\/film\/\d+)"/.exec(html)![1]!;
  for (const place of [event, "/admin/streams/post-1"]) {
    const masked = await operator.open(place);
    assert.match(masked.text, /\[personal\]/);
    assert.doesNotMatch(masked.text, /private thought/);
    const form = masked.forms.find(({ button }) => button === "Reveal what is personal")!;
    assert.match((await operator.submit(masked, form.action)).text, /A private thought/);
  }
  assert.equal((await operator.open("/admin/film/999")).status, 404);
});

Deno.test("a stream is seen as it was after each of its events", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "Soon gone" });
  await ana.delete("/api/posts/1");
  const operator = await logIn(server.origin, "ana");
  const at = async (query: string) => (await operator.open(`/admin/streams/post-1${query}`)).text;
  assert.match(await at(""), /As of version 2 of 2/);
  assert.match(await at(""), /"status":\s*"deleted"/);
  assert.match(await at("?at=1"), /As of version 1 of 2/);
  assert.match(await at("?at=1"), /"status":\s*"published"/);
  assert.match(await at("?at=0"), /version 1 of 2/);
  assert.match(await at("?at=99"), /version 2 of 2/);
  assert.equal((await operator.open("/admin/streams/post-77")).status, 404);
});

Deno.test("read models are developed anew by a button, and how far that is, is told", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  for (let index = 0; index < 300; index++) await ana.post("/api/posts/1/likes");
  await ana.post("/api/posts", { content: "Morning" });
  const operator = await logIn(server.origin, "ana");
  const before = await operator.open("/admin/read-models");
  assert.match(before.text, /post_projection/);
  const begun = await operator.submit(before, "/admin/read-models");
  assert.equal(begun.status, 200);
  const progress = await (await operator.request("/admin/read-models/progress")).text();
  assert.match(progress, /event: done\ndata: null\n\n$/);
  assert.match((await operator.open("/admin/read-models")).text, /Develop all anew/);
  assert.equal((await ana.get("/api/posts/1")).status, 200);
  assert.equal((await server.filmroll.queries.ask("GetTotals", {}))!.posts, 1);
});
