/** Every page over HTTP, as a browser without script meets it. */
import assert from "node:assert/strict";
import type { Post } from "../web/schemas.ts";
import {
  accountOf,
  api,
  browserless,
  emailOf,
  formAt,
  join,
  type Page,
  PASSWORD,
  signUp,
  type Visitor,
} from "./support/client.ts";
import { tagsOf, textOf } from "./support/html.ts";
import { startFilmroll } from "./support/server.ts";

const HTML = { accept: "text/html" };

/** Sends a form that is on no page. */
function sendForm(
  visitor: Visitor,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return visitor.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

/** Whether a response is a redirect after a form, and where to. */
async function assertSeeOther(response: Promise<Response>, location: string): Promise<void> {
  const { status, headers, body } = await response;
  await body?.cancel();
  assert.deepEqual([status, headers.get("location")], [303, location]);
}

/** The field of a form that was refused: marked, focused, and tied to a message that is shown. */
function assertRefused(page: Page, action: string, field: string, message: RegExp): void {
  const control = formAt(page, action).controls[field]!;
  assert.equal(control["aria-invalid"], "true");
  assert.ok("autofocus" in control, `"${field}" is not focused`);
  const messageId = control["aria-describedby"]!.split(" ").at(-1)!;
  const [, message_ = ""] = new RegExp(`id="${messageId}"[^>]*>(.*?)</p>`, "s").exec(page.html) ??
    [];
  assert.match(textOf(message_), message);
  const focused = tagsOf(page.html).filter(({ attributes }) => "autofocus" in attributes);
  assert.equal(focused.length, 1);
}

const titleOf = (page: Page): string => textOf(/<title>(.*?)<\/title>/s.exec(page.html)?.[1] ?? "");

// Accounts

Deno.test("the landing page says what this is and leads to registering and logging in", async () => {
  await using server = await startFilmroll();
  const page = await browserless(server.origin).open("/");
  assert.equal(page.status, 200);
  const links = tagsOf(page.html, "a").map(({ attributes }) => attributes.href);
  assert.ok(links.includes("/auth/register") && links.includes("/auth/login"));
});

Deno.test("registering by form logs in and shows the feed", async () => {
  await using server = await startFilmroll();
  const visitor = browserless(server.origin);
  const form = await visitor.open("/auth/register");
  const page = await visitor.submit(form, "/auth/register", accountOf("ana"));
  assert.deepEqual([page.status, page.redirects, page.url.pathname], [200, [303], "/"]);
  assert.match(page.text, /Nothing developed yet/);
});

Deno.test("a form that is refused keeps its input, says why beside the field and focuses it", async (t) => {
  await using server = await startFilmroll();
  await join(server.origin, "ana");
  const cases = [
    { field: "username", value: "a b", status: 422, message: /letters/ },
    { field: "username", value: "ANA", status: 400, message: /already taken/ },
    { field: "email", value: "nobody", status: 422, message: /e-mail/ },
    { field: "email", value: emailOf("ana"), status: 400, message: /already registered/ },
    { field: "password", value: "short", status: 422, message: /8/ },
  ];
  for (const { field, value, status, message } of cases) {
    await t.step(`${field} "${value}"`, async () => {
      const visitor = browserless(server.origin);
      const typed = { ...accountOf("ben"), full_name: '"Ben" <b> & Co', [field]: value };
      const page = await visitor.submit(
        await visitor.open("/auth/register"),
        "/auth/register",
        typed,
      );
      assert.equal(page.status, status);
      assertRefused(page, "/auth/register", field, message);
      const { username, email, password, full_name } = formAt(page, "/auth/register").fields;
      assert.deepEqual({ username, email, full_name, password }, { ...typed, password: "" });
      assert.equal(visitor.cookies.size, 0);

      const mended = await visitor.submit(page, "/auth/register", {
        ...accountOf(`ben.${cases.findIndex((one) => one.value === value)}`),
      });
      assert.equal(mended.status, 200);
      assert.equal(visitor.cookies.size, 1);
    });
  }
});

Deno.test("logging in with a wrong password keeps the address and says so; with the right one it works", async () => {
  await using server = await startFilmroll();
  await join(server.origin, "ana");
  const visitor = browserless(server.origin);
  const refused = await visitor.submit(await visitor.open("/auth/login"), "/auth/login", {
    email: emailOf("ana"),
    password: "not her password",
  });
  assert.equal(refused.status, 401);
  assert.match(refused.text, /Invalid credentials/);
  const form = formAt(refused, "/auth/login");
  assert.equal(form.fields.email, emailOf("ana"));
  assert.equal(form.fields.password, "");

  const page = await visitor.submit(refused, "/auth/login", { password: PASSWORD });
  assert.deepEqual([page.status, page.redirects, page.url.pathname], [200, [303], "/"]);
  assert.match(titleOf(page), /^Home/);
});

Deno.test("a session's cookie is out of reach for scripts and other sites, and ends on the server", async () => {
  await using server = await startFilmroll();
  const visitor = browserless(server.origin);
  const response = await sendForm(visitor, "/auth/register", accountOf("ana"));
  const [cookie = ""] = response.headers.getSetCookie();
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Path=/"]) {
    assert.ok(cookie.split("; ").includes(attribute), cookie);
  }
  assert.doesNotMatch(cookie, /Secure|Domain/);

  const kept = new Map(visitor.cookies);
  const page = await visitor.open("/feed");
  const left = await visitor.submit(page, "/auth/logout");
  assert.deepEqual([left.redirects, left.url.pathname], [[303], "/"]);
  assert.equal(visitor.cookies.size, 0);
  const thief = browserless(server.origin);
  for (const [name, value] of kept) thief.cookies.set(name, value);
  assert.equal((await thief.open("/feed")).url.pathname, "/auth/login");
});

Deno.test("over https a session's cookie is Secure and bound to the host", async () => {
  await using server = await startFilmroll({ publicUrl: "https://film.example" });
  const response = await sendForm(browserless(server.origin), "/auth/register", accountOf("ana"), {
    origin: "https://film.example",
  });
  const [cookie = ""] = response.headers.getSetCookie();
  assert.match(cookie, /^__Host-[^=]+=[^;]+; .*\bSecure\b/);
});

Deno.test("a session lasts 30 days from the last day it was used, and no longer", async () => {
  let now = new Date("2026-11-01T12:00:00Z");
  await using server = await startFilmroll({ clock: () => now });
  const visitor = await signUp(server.origin, "ana");
  const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
  const isIn = async () => (await visitor.open("/feed")).url.pathname === "/feed";

  now = inDays(29);
  const used = await visitor.request("/feed");
  await used.body?.cancel();
  assert.equal(used.headers.getSetCookie().length, 1);
  now = inDays(29);
  assert.equal(await isIn(), true);
  now = inDays(31);
  assert.equal(await isIn(), false);
});

Deno.test("a page for members leads to the log-in form, and from there back", async (t) => {
  await using server = await startFilmroll();
  await join(server.origin, "ana");
  for (const path of ["/feed?limit=5", "/posts/new", "/users/me"]) {
    await t.step(path, async () => {
      const visitor = browserless(server.origin);
      const form = await visitor.open(path);
      assert.deepEqual([form.url.pathname, form.redirects], ["/auth/login", [303]]);
      const page = await visitor.submit(form, "/auth/login", {
        email: emailOf("ana"),
        password: PASSWORD,
      });
      assert.equal(page.url.pathname + page.url.search, path);
      assert.equal(page.status, 200);
    });
  }
});

Deno.test("return_to leads to paths of this server only", async (t) => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await sendForm(ana, "/posts", { content: "The sea" });
  const strays = [
    ...["//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example/"],
    ...["javascript:alert(1)", "/\t/evil.example", "/ /evil.example", "evil.example", "", "///e"],
  ];
  for (const returnTo of strays) {
    await t.step(`not to ${JSON.stringify(returnTo)}`, async () => {
      const login = { email: emailOf("ana"), password: PASSWORD, return_to: returnTo };
      await assertSeeOther(sendForm(browserless(server.origin), "/auth/login", login), "/");
      const like = sendForm(ana, "/posts/1/likes", { return_to: returnTo });
      await assertSeeOther(like, "/posts/1");
      const query = new URLSearchParams({ return_to: returnTo });
      const page = await browserless(server.origin).open(`/auth/login?${query}`);
      assert.ok(!("return_to" in formAt(page, "/auth/login").fields));
    });
  }
  for (const returnTo of ["/", "/@ana#comments", "/search?q=a+b", "/%e2%82%ac"]) {
    await t.step(`to ${returnTo}`, async () => {
      await assertSeeOther(sendForm(ana, "/posts/1/likes", { return_to: returnTo }), returnTo);
    });
  }
  await t.step("to /€, percent-encoded", async () => {
    await assertSeeOther(sendForm(ana, "/posts/1/likes", { return_to: "/€" }), "/%E2%82%AC");
  });
});

// Posts and people

Deno.test("the composer posts; refused, it keeps its input and says why", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const composer = await ana.open("/posts/new");
  const refused = await ana.submit(composer, "/posts", {
    content: 'The <sea> & "more"\nin two lines',
    image_url: "javascript:alert(1)",
  });
  assert.equal(refused.status, 422);
  assertRefused(refused, "/posts", "image_url", /http/);
  const { fields } = formAt(refused, "/posts");
  assert.equal(fields.content, 'The <sea> & "more"\nin two lines');
  assert.equal(fields.image_url, "javascript:alert(1)");
  assert.equal(fields.command_id, formAt(composer, "/posts").fields.command_id);

  const post = await ana.submit(refused, "/posts", { image_url: "" });
  assert.deepEqual([post.redirects, post.url.pathname], [[303], "/posts/1"]);
  assert.match(post.text, /The <sea> & "more" in two lines/);

  const empty = await ana.submit(await ana.open("/posts/new"), "/posts");
  assert.equal(empty.status, 422);
  assertRefused(empty, "/posts", "content", /Write something/);
});

Deno.test("a post's page likes, comments and deletes by forms", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await sendForm(ana, "/posts", { content: "The #sea" });

  const like = (page: Page) => formAt(page, "/posts/1/likes");
  let page = await ana.open("/posts/1");
  assert.match(titleOf(page), /^ana: The #sea/);
  assert.equal(like(page).button, "Like");
  page = await ana.submit(page, "/posts/1/likes");
  assert.deepEqual([page.redirects, page.url.pathname, page.url.hash], [
    [303],
    "/posts/1",
    "#post-1",
  ]);
  assert.equal(like(page).button, "Like 1");
  page = await ana.submit(page, "/posts/1/likes");
  assert.equal(like(page).button, "Like");

  page = await ana.submit(page, "/posts/1/comments", { content: "Cold? #brr" });
  assert.deepEqual([page.redirects, page.url.hash], [[303], "#comments"]);
  assert.match(page.text, /1 comment .*Cold\? #brr/);
  page = await ana.submit(page, "/posts/comments/1");
  assert.deepEqual([page.redirects, page.url.pathname], [[303], "/posts/1"]);
  assert.doesNotMatch(page.text, /Cold/);

  page = await ana.submit(page, "/posts/1");
  assert.deepEqual([page.redirects, page.url.pathname], [[303], "/"]);
  assert.equal((await ana.open("/posts/1")).status, 404);
});

Deno.test("a comment that is refused is shown again under its post", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await sendForm(ana, "/posts", { content: "The sea" });
  const content = "a".repeat(1001);
  const page = await ana.submit(await ana.open("/posts/1"), "/posts/1/comments", { content });
  assert.equal(page.status, 422);
  assertRefused(page, "/posts/1/comments", "content", /1000/);
  assert.equal(formAt(page, "/posts/1/comments").fields.content, content);
  assert.match(page.text, /The sea/);
});

Deno.test("comments beyond the first page are a link away", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "The sea" });
  for (let i = 1; i <= 51; i++) await ana.post("/api/posts/1/comments", { content: `No. ${i}!` });
  const visitor = browserless(server.origin);
  const first = await visitor.open("/posts/1");
  assert.match(first.text, /No\. 51!/);
  assert.doesNotMatch(first.text, /No\. 1!/);
  const older = tagsOf(first.html, "a").find(({ attributes }) => attributes.rel === "next");
  const second = await visitor.open(older!.attributes.href!);
  assert.equal(second.status, 200);
  assert.match(second.text, /No\. 1!/);
  assert.doesNotMatch(second.text, /No\. 51!/);
});

Deno.test("the feed shows posts newest first, page by page, and says where it ends", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  for (let i = 1; i <= 21; i++) await sendForm(ana, "/posts", { content: `Frame ${i}!` });
  const first = await ana.open("/");
  assert.match(first.text, /Frame 21!.*Frame 20!.*Frame 2!/);
  assert.doesNotMatch(first.text, /Frame 1!|caught up/);
  const older = tagsOf(first.html, "a").find(({ attributes }) => attributes.rel === "next");
  const second = await ana.open(new URL(older!.attributes.href!, first.url).href);
  assert.match(second.text, /Frame 1!/);
  assert.match(second.text, /all caught up/);
  assert.doesNotMatch(second.text, /Frame 2!/);
});

Deno.test("a profile is found by name and by id, follows by a form and lists who follows", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const ben = await signUp(server.origin, "ben");
  await sendForm(ana, "/posts", { content: "The sea" });

  const byId = await ben.open("/users/1");
  const byName = await ben.open("/@Ana");
  assert.deepEqual([byId.status, byName.status], [200, 200]);
  for (const page of [byId, byName]) assert.match(page.text, /1 post 0 followers 0 following/);

  let page = await ben.submit(byName, "/follow/1");
  assert.deepEqual([page.redirects, page.url.pathname], [[303], "/@Ana"]);
  assert.match(page.text, /1 follower /);
  assert.match(formAt(page, "/follow/1").button, /^Following/);

  const followers = await ana.open("/users/1/followers");
  assert.match(followers.text, /@ben/);
  const back = await ana.submit(followers, "/follow/2");
  assert.deepEqual([back.url.pathname, back.url.hash], ["/users/1/followers", "#user-2"]);
  assert.match((await ben.open("/users/1/following")).text, /@ben/);

  page = await ben.submit(page, "/follow/1");
  assert.match(formAt(page, "/follow/1").button, /^Follow /);
  assert.match((await ana.open("/users/1/followers")).text, /Nobody follows/);
});

Deno.test("a repeated follow form, as by Back, ends on a page that says so", async () => {
  await using server = await startFilmroll();
  await join(server.origin, "ana");
  const ben = await signUp(server.origin, "ben");
  const page = await ben.open("/@ana");
  await ben.submit(page, "/follow/1");
  const again = await ben.submit(page, "/follow/1");
  assert.equal(again.status, 400);
  assert.match(again.text, /Already following/);
});

Deno.test("editing a profile starts from what is there, and shows the result", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const filled = await ana.submit(await ana.open("/users/me"), "/users/me", {
    full_name: "Ana <Lima>",
    bio: "35 mm & 120\n#film",
  });
  assert.deepEqual([filled.redirects, filled.url.pathname], [[303], "/@ana"]);
  assert.match(filled.text, /Ana <Lima> @ana/);
  const form = await ana.open("/users/me");
  assert.equal(formAt(form, "/users/me").fields.full_name, "Ana <Lima>");
  assert.equal(formAt(form, "/users/me").fields.bio, "35 mm & 120\n#film");

  const refused = await ana.submit(form, "/users/me", { profile_image_url: "ftp://x", bio: "New" });
  assert.equal(refused.status, 422);
  assertRefused(refused, "/users/me", "profile_image_url", /http/);
  assert.equal(formAt(refused, "/users/me").fields.bio, "New");

  const cleared = await ana.submit(form, "/users/me", { full_name: "" });
  assert.doesNotMatch(cleared.text, /Lima/);
});

Deno.test("what people write is shown as they wrote it and never becomes markup", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const attack = `</script><script>alert(1)</script><img src=x onerror=alert(1)>'"&amp;{{7*7}}`;
  await ana.submit(await ana.open("/users/me"), "/users/me", { full_name: attack.slice(0, 90) });
  await sendForm(ana, "/posts", { content: attack, image_url: 'https://x.example/"><b>' });
  await sendForm(ana, "/posts", { content: attack });
  await sendForm(ana, "/posts/2/comments", { content: attack });
  for (const path of ["/", "/posts/1", "/posts/2", "/@ana", "/users/me"]) {
    const page = await ana.open(path);
    assert.equal(page.status, 200);
    assertNothingInline(page.html);
    assert.ok(!page.html.includes("<img src=x"), path);
    assert.ok(!/<script>/.test(page.html), path);
  }
  assert.ok((await ana.open("/posts/2")).text.includes(attack));
});

// Sending twice

Deno.test("a form sent twice makes one post, and both end on it", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const composer = await ana.open("/posts/new");
  const pages = await Promise.all(
    [1, 2].map(() => ana.submit(composer, "/posts", { content: "The sea" })),
  );
  assert.deepEqual(pages.map(({ url }) => url.pathname), ["/posts/1", "/posts/1"]);
  assert.match((await ana.open("/@ana")).text, /1 post /);
});

Deno.test("a registration sent twice makes one account, and both are logged in", async () => {
  await using server = await startFilmroll();
  const visitor = browserless(server.origin);
  const form = await visitor.open("/auth/register");
  for (let i = 0; i < 2; i++) {
    const page = await visitor.submit(form, "/auth/register", accountOf("ana"));
    assert.equal(page.status, 200);
    assert.match(titleOf(page), /^Home/);
  }
});

Deno.test("an Idempotency-Key does the same for programs, and belongs to one person", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  const options = {
    json: { content: "The sea" },
    headers: { "idempotency-key": crypto.randomUUID() },
  };
  const first = await ana.send<Post>("POST", "/api/posts", options);
  const second = await ana.send<Post>("POST", "/api/posts", options);
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.equal(second.body.id, first.body.id);
  const { port } = new URL(server.origin);
  const elsewhere = api(`http://localhost:${port}`, ana.token);
  const third = await elsewhere.send<Post>("POST", "/api/posts", options);
  assert.equal(third.body.id, first.body.id, "another node may have another name");
  assert.equal((await ben.send("POST", "/api/posts", options)).status, 409);
  const changed = await ana.send<Post>("POST", "/api/posts", {
    ...options,
    json: { content: "The sea, again" },
  });
  assert.notEqual(changed.body.id, first.body.id, "a key stands for what is sent with it");
  const nonsense = { json: { content: "x" }, headers: { "idempotency-key": "7" } };
  assert.equal((await ana.send("POST", "/api/posts", nonsense)).status, 422);
});

// Methods

Deno.test("HEAD answers like GET without a body; OPTIONS names the methods", async (t) => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await sendForm(ana, "/posts", { content: "The sea" });
  for (
    const path of ["/", "/feed", "/posts/1", "/api/posts/1", "/@ana", "/styles.css", "/nowhere"]
  ) {
    await t.step(path, async () => {
      const get = await ana.request(path, { headers: HTML });
      const head = await ana.request(path, { method: "HEAD", headers: HTML });
      await get.body?.cancel();
      assert.equal(head.status, get.status);
      assert.equal(head.headers.get("content-type"), get.headers.get("content-type"));
      assert.equal((await head.bytes()).length, 0);
    });
  }
  for (
    const [path, allow] of [
      ["/posts/1", "GET, DELETE, HEAD, OPTIONS"],
      ["/api/posts", "POST, OPTIONS"],
      ["/users/me", "GET, PUT, DELETE, HEAD, OPTIONS"],
    ]
  ) {
    await t.step(`OPTIONS ${path}`, async () => {
      const response = await ana.request(path!, { method: "OPTIONS", headers: HTML });
      await response.body?.cancel();
      assert.deepEqual([response.status, response.headers.get("allow")], [204, allow]);
      const unknown = await ana.request(path!, { method: "NONSENSE", headers: HTML });
      await unknown.body?.cancel();
      assert.deepEqual([unknown.status, unknown.headers.get("allow")], [405, allow]);
    });
  }
});

Deno.test("a form takes the place of PUT and DELETE by _method, and of nothing else", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await sendForm(ana, "/posts", { content: "The sea" });
  for (const _method of ["PATCH", "GET", "nonsense", ""]) {
    const response = await sendForm(ana, "/posts/1", { _method });
    await response.body?.cancel();
    assert.equal(response.status, 405);
  }
  assert.equal((await ana.request("/posts/1?_method=DELETE", { method: "POST" })).status, 405);
  await assertSeeOther(sendForm(ana, "/posts/1", { _method: "delete" }), "/");
});

// Forgery

Deno.test("a form that another site sent is refused with 403, with and without Sec-Fetch-Site", async (t) => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const refused: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://other.example" },
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site", origin: "null" },
  ];
  for (const path of ["/posts", "/api/posts", "/auth/logout", "/auth/login"]) {
    for (const headers of refused) {
      await t.step(`${path} with ${JSON.stringify(headers)}`, async () => {
        const response = await sendForm(ana, path, { content: "Forged" }, headers);
        await response.body?.cancel();
        assert.equal(response.status, 403);
      });
    }
    await t.step(`${path} with another Origin alone`, async () => {
      const response = await fetch(server.origin + path, {
        method: "POST",
        redirect: "manual",
        headers: {
          origin: "https://evil.example",
          cookie: Array.from(ana.cookies, (pair) => pair.join("=")).join("; "),
        },
        body: new URLSearchParams({ content: "Forged" }),
      });
      await response.body?.cancel();
      assert.equal(response.status, 403);
    });
  }
  assert.match((await ana.open("/@ana")).text, /0 posts/);
  const own = await sendForm(ana, "/posts", { content: "Mine" }, { "sec-fetch-site": "none" });
  assert.equal(own.status, 303);
});

// All pages

/** Every kind of page, by address; those of errors with their status. */
const PAGES: readonly (readonly [path: string, status: number])[] = [
  ...["/", "/auth/register", "/auth/login", "/feed", "/posts/new", "/posts/1"],
  ...["/posts/1/comments", "/users/1", "/@ana", "/users/1/followers", "/users/1/following"],
  ...["/users/me", "/users/2", "/users/2/followers", "/users/2/following"],
].map((path) => [path, 200] as const);

const ERROR_PAGES: readonly (readonly [
  name: string,
  status: number,
  ask: (visitor: Visitor) => Promise<Response>,
])[] = [
  ["no such address", 404, (visitor) => visitor.request("/nowhere/at/all")],
  ["no such post", 404, (visitor) => visitor.request("/posts/99")],
  ["no such person", 404, (visitor) => visitor.request("/@nobody")],
  ["a malformed address", 400, (visitor) => visitor.request("/@%zz")],
  ["a wrong method", 405, (visitor) => visitor.request("/posts/1", { method: "PATCH" })],
  ["somebody else's post", 403, (visitor) => sendForm(visitor, "/posts/2", { _method: "DELETE" })],
  [
    "another site's form",
    403,
    (visitor) => sendForm(visitor, "/posts", {}, { "sec-fetch-site": "cross-site" }),
  ],
  ["a bad query", 422, (visitor) => visitor.request("/feed?limit=1000")],
  ["a refused form", 422, (visitor) => sendForm(visitor, "/posts", {})],
  ["following oneself", 400, (visitor) => sendForm(visitor, "/follow/1", {})],
  ["a taken name", 400, (visitor) => sendForm(visitor, "/auth/register", accountOf("ana"))],
  [
    "too large a form",
    413,
    (visitor) => sendForm(visitor, "/posts", { content: "a".repeat(70_000) }),
  ],
  [
    "a strange kind of body",
    415,
    (visitor) =>
      visitor.request("/posts", {
        method: "POST",
        body: "x",
        headers: { "content-type": "text/x" },
      }),
  ],
];

/** No style or script of ours is inline, so that the policy can forbid all that is. */
function assertNothingInline(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    const bad = Object.keys(attributes).find((key) => key === "style" || /^on/i.test(key));
    assert.equal(bad, undefined, `<${name}> has an attribute "${bad}"`);
    assert.notEqual(name, "style");
    const isRunInline = name === "script" && attributes.src === undefined &&
      attributes.type !== "application/json";
    assert.ok(!isRunInline, "A script is inline");
  }
}

function assertSecure(headers: Headers): void {
  const policy = new Map(
    (headers.get("content-security-policy") ?? "").split("; ").map((directive) => {
      const [name, ...values] = directive.split(" ");
      return [name!, values];
    }),
  );
  for (const values of policy.values()) {
    assert.ok(!values.includes("'unsafe-inline'") && !values.includes("'unsafe-eval'"));
  }
  assert.deepEqual(policy.get("default-src"), ["'self'"]);
  assert.deepEqual(policy.get("frame-ancestors"), ["'none'"]);
  assert.deepEqual(policy.get("object-src"), ["'none'"]);
  assert.deepEqual(policy.get("base-uri"), ["'none'"]);
  assert.deepEqual(policy.get("form-action"), ["'self'"]);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("referrer-policy") ?? "", /origin|same-origin|no-referrer/);
  assert.match(headers.get("cache-control") ?? "", /no-store|no-cache/);
}

/** What holds for every page, whatever it shows. */
function assertWellMade(html: string): void {
  assertNothingInline(html);
  assert.match(html, /^<!DOCTYPE html><html lang="en">/);
  assert.notEqual(textOf(/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? ""), "");
  assert.equal(tagsOf(html, "h1").length, 1, "Not one h1");
  const ids = tagsOf(html).flatMap(({ attributes }) => attributes.id ?? []);
  assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []);
  for (const { attributes: { method = "get", action = "" } } of tagsOf(html, "form")) {
    // A dialog's form only closes it; every other one is sent to us.
    assert.match(method, /^(get|post|dialog)$/);
    if (method !== "dialog") assert.match(action, /^\/(?!\/)/);
  }
}

Deno.test("every page, error pages too, is secure and well made", async (t) => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const ben = await signUp(server.origin, "ben");
  await sendForm(ana, "/posts", { content: "The #sea", image_url: "https://x.example/1.webp" });
  await sendForm(ben, "/posts", { content: "Words" });
  await sendForm(ben, "/posts/1/comments", { content: "Cold?" });
  await sendForm(ben, "/follow/1", {});

  for (
    const [who, visitor] of [["Ana", ana], ["a stranger", browserless(server.origin)]] as const
  ) {
    for (const [path, status] of PAGES) {
      await t.step(`${path} as ${who}`, async () => {
        const page = await visitor.open(path);
        assert.equal(page.status, status);
        assert.match(page.headers.get("content-type")!, /^text\/html; charset=utf-8$/i);
        assertSecure(page.headers);
        assertWellMade(page.html);
      });
    }
  }
  for (const [name, status, ask] of ERROR_PAGES) {
    await t.step(`${name}: ${status}`, async () => {
      const response = await ask(ana);
      const html = await response.text();
      assert.equal(response.status, status);
      assert.match(response.headers.get("content-type")!, /^text\/html/);
      assertSecure(response.headers);
      assertWellMade(html);
      assert.match(html, /<main/);
      if (status === 405) assert.ok(response.headers.has("allow"));
    });
  }
});

Deno.test("text that is long enough goes out in gzip to who takes it", async (t) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  for (let i = 1; i <= 20; i++) await ana.post("/api/posts", { content: `Frame ${i}` });
  for (
    const [path, accepted, encoding] of [
      ["/@ana", "gzip, deflate, br, zstd", "gzip"],
      ["/@ana", "gzip;q=0, br", null],
      ["/@ana", "identity", null],
      ["/api/users/1/posts", "gzip", "gzip"],
      ["/api/users/1", "gzip", null],
      ["/openapi.json", "gzip", "gzip"],
      ["/live", "gzip", null],
    ] as const
  ) {
    await t.step(`${path} for "${accepted}"`, async () => {
      const response = await fetch(server.origin + path, {
        headers: {
          accept: "text/html",
          "accept-encoding": accepted,
          authorization: `Bearer ${ana.token}`,
        },
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-encoding"), encoding);
      const vary = response.headers.get("vary") ?? "";
      assert.equal(/accept-encoding/i.test(vary), encoding !== null, vary);
      if (path === "/live") await response.body?.cancel();
      else assert.match(await response.text(), /ana|openapi/);
    });
  }
});

Deno.test("too many wrong passwords are a page with Retry-After", async () => {
  await using server = await startFilmroll({ rateLimit: true });
  const visitor = browserless(server.origin);
  const login = { email: "ana@example.org", password: "a guess" };
  for (let i = 0; i < 10; i++) await (await sendForm(visitor, "/auth/login", login)).body?.cancel();
  const response = await sendForm(visitor, "/auth/login", login);
  assert.equal(response.status, 429);
  assert.ok(Number(response.headers.get("retry-after")) >= 1);
  assert.match(textOf(await response.text()), /Too many requests/);
});

Deno.test("all that a page loads is ours, cached for ever, and of the type that it says", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const { headers, html } = await ana.open("/posts/new");
  assert.match(
    headers.get("link")!,
    /^<\/styles\.css\?[^>]+>; rel="preload"; as="style", <[^>]+\.js>; rel="modulepreload"/,
  );
  const loaded = tagsOf(html).flatMap(({ name, attributes: { href, src, rel } }) =>
    name === "script" ? src ?? [] : name === "link" && rel !== "canonical" ? href ?? [] : []
  );
  assert.ok(loaded.length >= 3);
  for (const url of loaded) {
    assert.match(url, /^\/(?!\/)/);
    const response = await fetch(server.origin + url);
    assert.equal(response.status, 200, url);
    assert.match(response.headers.get("cache-control")!, /max-age=31536000, immutable/, url);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", url);
    assert.match(response.headers.get("content-type")!, typeFor(url), url);
    const etag = response.headers.get("etag")!;
    await response.body?.cancel();
    const again = await fetch(server.origin + url, { headers: { "if-none-match": etag } });
    assert.equal(again.status, 304, url);
  }
});

function typeFor(url: string): RegExp {
  const extension = /\.(\w+)(?:\?|$)/.exec(url)?.[1] ?? "";
  return {
    css: /^text\/css/,
    js: /^(text|application)\/javascript/,
    svg: /^image\/svg\+xml/,
    png: /^image\/png/,
    webmanifest: /^application\/manifest\+json/,
  }[extension] ?? /^never/;
}

Deno.test("what one person sees is kept by no shared cache", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  for (const path of ["/", "/feed", "/@ana", "/users/me"]) {
    const { headers } = await ana.open(path);
    assert.match(headers.get("cache-control")!, /private|no-store/);
    assert.match(headers.get("vary")!, /cookie/i);
  }
  const { headers } = await join(server.origin, "ben").then((ben) => ben.get("/api/auth/me"));
  assert.match(headers.get("cache-control")!, /no-store/);
});

Deno.test("an address is negotiated: a page for browsers, JSON for programs", async () => {
  await using server = await startFilmroll();
  await (await join(server.origin, "ana")).post("/api/posts", { content: "The sea" });
  const typeOf = async (path: string, accept?: string) => {
    const response = await fetch(server.origin + path, accept ? { headers: { accept } } : {});
    await response.body?.cancel();
    return response.headers.get("content-type")!.split(";")[0];
  };
  const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
  assert.equal(await typeOf("/posts/1", browser), "text/html");
  assert.equal(await typeOf("/posts/1", "application/json"), "application/json");
  assert.equal(await typeOf("/posts/1", "application/json, text/plain, */*"), "application/json");
  assert.equal(await typeOf("/posts/1", "text/html;q=0.5, application/json"), "application/json");
  assert.equal(await typeOf("/posts/1"), "text/html");
  assert.equal(await typeOf("/api/posts/1", browser), "application/json");
  assert.equal(await typeOf("/posts/99", "application/json"), "application/problem+json");
  assert.equal(await typeOf("/api/nowhere", browser), "application/problem+json");
});
