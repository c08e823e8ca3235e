import assert from "node:assert/strict";
import { App } from "../app.ts";
import { sender } from "../test_support.ts";
import { trailingSlashes } from "./trailing_slashes.ts";

function sendTo(mode: "always" | "never") {
  const app = new App<unknown>().use(trailingSlashes(mode));
  for (const path of ["/", "/about", "/posts/:id"]) {
    app.get(path, () => new Response("ok"));
  }
  return sender(app);
}

async function answers(mode: "always" | "never", path: string): Promise<[number, string | null]> {
  const { status, headers } = await sendTo(mode)(path);
  return [status, headers.get("location")];
}

Deno.test("trailingSlashes never has a slash at the end of a URL", async () => {
  assert.deepEqual(await answers("never", "/about/?a=b"), [302, "/about?a=b"]);
  assert.deepEqual(await answers("never", "/posts/1/"), [302, "/posts/1"]);
  assert.deepEqual(await answers("never", "/posts/1"), [200, null]);
  assert.deepEqual(await answers("never", "/"), [200, null]);
});

Deno.test("trailingSlashes always has a slash at the end of a URL", async () => {
  assert.deepEqual(await answers("always", "/about?a=b"), [302, "/about/?a=b"]);
  assert.deepEqual(await answers("always", "/about/"), [200, null]);
  assert.deepEqual(await answers("always", "/posts/1"), [302, "/posts/1/"]);
  assert.deepEqual(await answers("always", "/posts/1/"), [200, null]);
});

Deno.test("trailingSlashes never redirects to another site", async () => {
  assert.deepEqual(await answers("never", "http://localhost//evil.com/"), [302, "/evil.com"]);
});
