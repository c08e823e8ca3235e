import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "./app.ts";
import type { Context, FreshConfig } from "./context.ts";
import { outcome, sender } from "./test_support.ts";

/** What `answer` makes of the context of a request. */
async function withContext(
  answer: (ctx: Context<unknown>) => Response | Promise<Response>,
  request: { url?: string; headers?: HeadersInit; config?: FreshConfig } = {},
): Promise<Response> {
  const app = new App<unknown>(request.config).use(answer);
  return await sender(app)(request.url ?? "/", {
    headers: request.headers ?? {},
  });
}

const locationOf = async (target: string, url?: string): Promise<string> =>
  (await withContext((ctx) => ctx.redirect(target), { url: url ?? "/" }))
    .headers.get("location")!;

Deno.test("Context redirects with 302, or with the status it is given", async () => {
  assert.equal((await withContext((ctx) => ctx.redirect("/a"))).status, 302);
  assert.equal((await withContext((ctx) => ctx.redirect("/a", 303))).status, 303);
  assert.equal(await locationOf("/a?b=//c#//d"), "/a?b=//c#//d");
  assert.equal(
    await locationOf("https://example.com/a"),
    "https://example.com/a",
  );
});

Deno.test("Context never redirects a path to another site", () => {
  const evil = fc.array(
    fc.constantFrom("/", "\\", "\t", "\n", " ", "evil.com", ".", "@", "é"),
    {
      minLength: 1,
      maxLength: 8,
    },
  ).map((parts) => parts.join("")).filter((path) => /^[\s/\\]/.test(path));
  return fc.assert(fc.asyncProperty(evil, async (path) => {
    const location = await locationOf(path);
    assert.equal(new URL(location, "http://localhost/").host, "localhost");
  }));
});

Deno.test("Context encodes what a location header cannot carry", async () => {
  assert.equal(await locationOf("/search?q=→"), "/search?q=%E2%86%92");
});

Deno.test("Context keeps asking for partials through a redirect", async () => {
  const url = "/?fresh-partial=true";
  assert.equal(await locationOf("/a#b", url), "/a?fresh-partial=true#b");
  assert.equal(await locationOf("/a?b=c", url), "/a?b=c&fresh-partial=true");
  assert.equal(await locationOf("/a?fresh-partial=true", url), "/a?fresh-partial=true");
});

Deno.test("Context says whether the client asks for partials", async () => {
  const isPartial = (ctx: Context<unknown>) => ctx.json(ctx.isPartial);
  assert.equal(await (await withContext(isPartial)).json(), false);
  assert.equal(await (await withContext(isPartial, { url: "/?fresh-partial" })).json(), true);
  assert.equal(await (await withContext(isPartial, { url: "/?q=fresh-partial" })).json(), false);
});

Deno.test("Context takes scheme and host from the proxy only when it is trusted", async () => {
  const headers = {
    "x-forwarded-proto": "https, http",
    "x-forwarded-host": "example.com",
  };
  const origin = (ctx: Context<unknown>) => ctx.text(ctx.url.origin);
  const untrusted = await withContext(origin, { headers });
  assert.equal(await untrusted.text(), "http://localhost");
  const trusted = await withContext(origin, {
    headers,
    config: { trustProxy: true },
  });
  assert.equal(await trusted.text(), "https://example.com");
});

Deno.test("Context collapses repeated slashes in the URL", async () => {
  const response = await withContext((ctx) => ctx.text(ctx.url.pathname), {
    url: "http://localhost//a///b",
  });
  assert.equal(await response.text(), "/a/b");
});

Deno.test("Context answers with text, HTML and JSON", async () => {
  const types = [
    await withContext((ctx) => ctx.text("a")),
    await withContext((ctx) => ctx.html("<p>", { status: 201 })),
    await withContext((ctx) => ctx.json({ a: 1 }, { headers: { "x-a": "b" } })),
  ];
  assert.deepEqual(
    types.map((response) => response.headers.get("content-type")),
    ["text/plain;charset=UTF-8", "text/html; charset=utf-8", "application/json"],
  );
  assert.equal(types[1]!.status, 201);
  assert.equal(types[2]!.headers.get("x-a"), "b");
});

Deno.test("Context streams text and bytes", async () => {
  const response = await withContext((ctx) =>
    ctx.stream(async function* () {
      yield "é";
      await Promise.resolve();
      yield new Uint8Array([33]);
    })
  );
  assert.equal(await response.text(), "é!");
});

Deno.test("Context refuses to render what is no element", async () => {
  const response = withContext(async (ctx) => {
    try {
      return await ctx.render("<p>" as never);
    } catch (error) {
      return ctx.text(String(error));
    }
  });
  assert.deepEqual(await outcome(response), [
    200,
    'TypeError: Expected a JSX element to render, but got "<p>"',
  ]);
});

Deno.test("Context renders with the status and headers it is given", async () => {
  const response = await withContext((ctx) =>
    ctx.render(<p>hi</p>, { status: 418, headers: { "x-a": "b" } })
  );
  assert.equal(response.status, 418);
  assert.equal(response.headers.get("x-a"), "b");
  assert.match(await response.text(), /^<!DOCTYPE html><html>.*<body>.*<p>hi<\/p>/);
});

Deno.test("Context gives a promise from next even when the route throws at once", async () => {
  const app = new App<unknown>()
    .use((ctx) => ctx.next().catch((error) => ctx.text(`caught ${error.message}`)))
    .get("/", () => {
      throw new Error("it");
    });
  assert.deepEqual(await outcome(sender(app)("/")), [200, "caught it"]);
});
