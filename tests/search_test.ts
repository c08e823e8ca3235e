/** Searching and exploring over HTTP: operations 30–32 and their pages. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Hashtag, Post, Problem, User } from "../web/schemas.ts";
import { type Answer, api, browserless, join } from "./support/client.ts";
import { tagsOf } from "./support/html.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const search = (what: "users" | "hashtags", q: string, more = "") =>
  `/api/search/${what}?q=${encodeURIComponent(q)}${more}`;

const hashtag = (tag: string, more = "") =>
  `/api/search/posts/hashtag/${encodeURIComponent(tag)}${more}`;

/** Ana Müller, Ben, and four posts of Ana's. */
async function anaAndBen({ origin }: TestServer) {
  const [ana, ben] = [await join(origin, "ana"), await join(origin, "ben.olsen")];
  await ana.put("/api/users/me", { full_name: "Ána Müller" });
  for (const content of ["Low #Tide #tide", "#Été", "#tides", "#tide #日本"]) {
    await ana.post("/api/posts", { content });
  }
  return { ana, ben };
}

Deno.test("SearchUsers finds people by the beginnings of their names, and hides their addresses", async () => {
  await using server = await startFilmroll();
  const { ben } = await anaAndBen(server);
  for (
    const [q, names] of [
      ["AN", ["ana"]],
      ["muller", ["ana"]],
      ["ols", ["ben.olsen"]],
      ["@ben.o", ["ben.olsen"]],
      ["lsen", []],
      ["", []],
    ] as const
  ) {
    const { status, body } = await api(server.origin).get<User[]>(search("users", q));
    assert.deepEqual([status, body.map(({ username }) => username)], [200, names], `"${q}"`);
  }
  const { body } = await ben.get<User[]>(search("users", "b"));
  assert.equal(body[0]!.email, "ben.olsen@example.org");
  const { body: seen } = await ben.get<User[]>(search("users", "ana"));
  assert.equal(seen[0]!.email, null);
});

Deno.test("SearchHashtags counts posts, and finds no hashtag with no post left", async () => {
  await using server = await startFilmroll();
  const { ana } = await anaAndBen(server);
  const found = async (q: string) => (await ana.get<Hashtag[]>(search("hashtags", q))).body;
  assert.deepEqual(
    (await found("#TID")).map(({ name, post_count }) => [name, post_count]),
    [["tide", 2], ["tides", 1]],
  );
  assert.deepEqual((await found("ete")).map(({ name }) => name), ["été"]);
  await ana.delete("/api/posts/2");
  assert.deepEqual(await found("ete"), []);
});

Deno.test("GetPostsByHashtag answers in pages, and nothing for a hashtag that nobody uses", async () => {
  await using server = await startFilmroll();
  const { ana } = await anaAndBen(server);
  const ids = async (path: string) => (await ana.get<Post[]>(path)).body.map(({ id }) => id);
  assert.deepEqual(await ids(hashtag("tide")), [4, 1]);
  assert.deepEqual(await ids(hashtag("#TIDE")), [4, 1]);
  assert.deepEqual(await ids(hashtag("日本")), [4]);
  assert.deepEqual(await ids(hashtag("nothing")), []);
  const first = await ana.get<Post[]>(hashtag("tide", "?limit=1"));
  const [, next] = /^<(.*)>; rel="next"$/.exec(first.headers.get("link")!)!;
  assert.deepEqual(await ids(next!), [1]);
  assert.deepEqual(await ids(hashtag("tide", "?limit=1&offset=1")), [1]);
});

Deno.test("searching is paged, and Link leads through all that is found", async () => {
  await using server = await startFilmroll();
  for (const name of ["ann", "anna", "anne"]) await join(server.origin, name);
  const found: string[] = [];
  let next: string | null = search("users", "an", "&limit=1");
  while (next !== null) {
    const answer: Answer<User[]> = await api(server.origin).get(next);
    found.push(...answer.body.map(({ username }) => username));
    next = /^<(.*)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1] ?? null;
  }
  assert.deepEqual(found, ["anne", "anna", "ann"]);
});

const ODD = ['"', "*", "%", "%25", "\0", "😀", "^", "'", "-", "a AND", "NEAR(", "a".repeat(10_000)];

Deno.test("a query of any characters is answered, in JSON and as a page", async () => {
  await using server = await startFilmroll();
  await anaAndBen(server);
  const stranger = api(server.origin);
  const visitor = browserless(server.origin);
  for (const q of [...ODD, ...fc.sample(fc.string({ unit: "binary", minLength: 1 }), 15)]) {
    const text = q.toWellFormed();
    for (const path of [search("users", text), search("hashtags", text), hashtag(text)]) {
      const { status, body } = await stranger.get(path);
      // A path segment of dots alone is resolved by whoever sends it.
      if (path.includes("/hashtag/") && /^\.*$/.test(text)) continue;
      assert.deepEqual([status, Array.isArray(body)], [200, true], path.slice(0, 200));
    }
    const page = await visitor.open(`/search?q=${encodeURIComponent(text)}`);
    assert.equal(page.status, 200);
  }
});

Deno.test("searching refuses a limit out of range and wrong methods", async () => {
  await using server = await startFilmroll();
  const stranger = api(server.origin);
  for (const path of [search("users", "a"), search("hashtags", "a"), `${hashtag("a")}?`]) {
    const { status, body } = await stranger.get<Problem>(`${path}&limit=101`);
    assert.equal(status, 422);
    assert.match(body.detail, /limit/);
    assert.equal((await stranger.post(path)).status, 405);
  }
});

Deno.test("the search page explores, and keeps what was searched for", async () => {
  await using server = await startFilmroll();
  const visitor = browserless(server.origin);
  assert.match((await visitor.open("/search")).text, /Nothing to explore yet/);
  await anaAndBen(server);
  const explore = await visitor.open("/search");
  assert.match(explore.text, /#tide.*Popular now.*Just developed/s);

  const results = await visitor.open("/search?q=%20ti%22");
  assert.match(results.text, /Hashtags.*#tide.*2 posts/s);
  const field = tagsOf(results.html, "input").find(({ attributes }) => attributes.name === "q");
  assert.equal(field!.attributes.value, 'ti"');
  assert.match((await visitor.open("/search?q=zz")).text, /Nothing found/);
  assert.match((await visitor.open("/search/users?q=a")).text, /Ána Müller/);
  assert.match((await visitor.open("/search/hashtags?q=t")).text, /#tides/);
});

Deno.test("the page of a hashtag counts its posts, and is there for one that nobody uses", async () => {
  await using server = await startFilmroll();
  await anaAndBen(server);
  const visitor = browserless(server.origin);
  const page = await visitor.open("/search/posts/hashtag/TIDE");
  assert.match(page.text, /#tide\s+2 posts/);
  assert.equal(
    tagsOf(page.html, "a").filter(({ attributes }) => /^\/posts\/\d+$/.test(attributes.href ?? ""))
      .length,
    2,
  );
  const nothing = await visitor.open("/search/posts/hashtag/nothing");
  assert.equal(nothing.status, 200);
  assert.match(nothing.text, /Nothing with #nothing yet/);
});
