import assert from "node:assert/strict";
import { App } from "../app.ts";
import type { StaticFile } from "../build_cache.ts";
import type { FreshConfig } from "../context.ts";
import { outcome, type Send, sender } from "../test_support.ts";
import { staticFiles } from "./static_files.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function fileOf(text: string, options: Partial<StaticFile> = {}): StaticFile {
  return {
    hash: "c0ffee",
    contentType: "text/css",
    size: encode(text).byteLength,
    immutable: false,
    read: () => Promise.resolve(encode(text)),
    encodings: {},
    ...options,
  };
}

const FILES: Record<string, StaticFile> = {
  "/styles.css": fileOf("0123456789", {
    encodings: {
      br: () => Promise.resolve(encode("brotli")),
      gzip: () => Promise.resolve(encode("gzip")),
    },
  }),
  "/_fresh/like-3fa2.js": fileOf("js", {
    immutable: true,
    contentType: "text/javascript",
  }),
  "/ü b.txt": fileOf("text", { contentType: "text/plain" }),
  "/dir/a.txt": fileOf("a"),
  "/empty.txt": fileOf(""),
};

function serving(mode: "production" | "development" = "production", config?: FreshConfig): Send {
  const app = new App<unknown>(config).use(staticFiles()).get("/page", () => new Response("page"));
  return sender(app, { mode, staticFile: (path) => FILES[path] ?? null });
}

Deno.test("staticFiles serves a file with its type and length", async () => {
  const response = await serving()("/styles.css");
  assert.equal(await response.text(), "0123456789");
  assert.equal(response.headers.get("content-type"), "text/css");
  assert.equal(response.headers.get("content-length"), "10");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
});

Deno.test("staticFiles passes what is no file on to the routes", async () => {
  assert.deepEqual(await outcome(serving()("/page")), [200, "page"]);
  assert.deepEqual(await outcome(serving()("/other.css")), [404, "Not Found"]);
});

Deno.test("staticFiles decodes the path", async () => {
  assert.deepEqual(await outcome(serving()("/%C3%BC%20b.txt")), [200, "text"]);
  assert.equal((await serving()("/%zz.txt")).status, 404);
});

Deno.test("staticFiles finds no file by a path with encoded separators or dots", async () => {
  for (const path of ["/dir%2fa.txt", "/dir%5ca.txt", "/x/..%2fdir/a.txt", "/dir/a.txt%00"]) {
    assert.equal((await serving()(path)).status, 404);
  }
  assert.equal((await serving()("/x/%2e%2e/dir/a.txt")).status, 200);
});

Deno.test("staticFiles finds files below the base path only", async () => {
  const send = serving("production", { basePath: "/shop" });
  assert.equal((await send("/shop/styles.css")).status, 200);
  assert.equal((await send("/styles.css")).status, 404);
  assert.equal((await send("/shopstyles.css")).status, 404);
});

Deno.test("staticFiles answers HEAD with the length and without the body", async () => {
  const response = await serving()("/styles.css", { method: "HEAD" });
  assert.equal(response.headers.get("content-length"), "10");
  assert.equal(await response.text(), "");
});

Deno.test("staticFiles refuses other methods", async () => {
  const response = await serving()("/styles.css", { method: "POST" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET, HEAD");
});

Deno.test("staticFiles answers 304 when the client has the file", async () => {
  const send = serving();
  const { headers } = await send("/styles.css");
  const etag = headers.get("etag")!;
  assert.equal(etag, '"c0ffee"');
  for (const value of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
    const response = await send("/styles.css", {
      headers: { "if-none-match": value },
    });
    assert.equal(response.status, 304);
    assert.equal(response.headers.get("etag"), etag);
  }
  assert.equal((await send("/styles.css", { headers: { "if-none-match": '"x"' } })).status, 200);
});

Deno.test("staticFiles lets a URL with the content's hash be cached for ever, and no other", async () => {
  const send = serving();
  const cacheControl = async (path: string) => (await send(path)).headers.get("cache-control");
  const forever = "public, max-age=31536000, immutable";
  assert.equal(await cacheControl("/_fresh/like-3fa2.js"), forever);
  assert.equal(await cacheControl("/styles.css?__frsh_c=c0ffee"), forever);
  assert.equal(await cacheControl("/styles.css?__frsh_c=old"), "no-cache");
  assert.equal(await cacheControl("/styles.css"), "no-cache");
  const inDevelopment = await serving("development")("/_fresh/like-3fa2.js");
  assert.equal(inDevelopment.headers.get("cache-control"), "no-store");
});

Deno.test("staticFiles serves the best variant that the client takes", async () => {
  const send = serving();
  const get = async (accept: string, path = "/styles.css") => {
    const { headers, text } = await send(path, {
      headers: { "accept-encoding": accept },
    })
      .then(async (response) => ({
        headers: response.headers,
        text: await response.text(),
      }));
    return [headers.get("content-encoding"), text, headers.get("etag"), headers.get("vary")];
  };
  const vary = "Accept-Encoding";
  assert.deepEqual(await get("gzip, br"), ["br", "brotli", '"c0ffee-br"', vary]);
  assert.deepEqual(await get("GZIP;q=0.5, br;q=0"), ["gzip", "gzip", '"c0ffee-gzip"', vary]);
  assert.deepEqual(await get("identity"), [null, "0123456789", '"c0ffee"', vary]);
  assert.deepEqual(await get("br", "/dir/a.txt"), [null, "a", '"c0ffee"', null]);
});

Deno.test("staticFiles serves a part of a file", async () => {
  const send = serving();
  const get = async (range: string, headers: Record<string, string> = {}) => {
    const response = await send("/styles.css", {
      headers: { range, "accept-encoding": "br", ...headers },
    });
    return [response.status, await response.text(), response.headers.get("content-range")];
  };
  assert.deepEqual(await get("bytes=2-4"), [206, "234", "bytes 2-4/10"]);
  assert.deepEqual(await get("bytes=7-"), [206, "789", "bytes 7-9/10"]);
  assert.deepEqual(await get("bytes=7-99"), [206, "789", "bytes 7-9/10"]);
  assert.deepEqual(await get("bytes=-2"), [206, "89", "bytes 8-9/10"]);
  assert.deepEqual(await get("bytes=-99"), [206, "0123456789", "bytes 0-9/10"]);
  assert.deepEqual(await get("bytes=10-"), [416, "", "bytes */10"]);
  assert.deepEqual(await get("bytes=-0"), [416, "", "bytes */10"]);
  for (const ignored of ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"]) {
    assert.deepEqual(await get(ignored), [200, "0123456789", null]);
  }
  assert.deepEqual(await get("bytes=0-1", { "if-range": '"c0ffee"' }), [206, "01", "bytes 0-1/10"]);
  assert.deepEqual(await get("bytes=0-1", { "if-range": '"old"' }), [200, "0123456789", null]);
});

Deno.test("staticFiles has no part of an empty file", async () => {
  const response = await serving()("/empty.txt", {
    headers: { range: "bytes=0-" },
  });
  assert.equal(response.status, 416);
});
