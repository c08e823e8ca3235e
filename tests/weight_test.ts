/** Pages stay light. `deno task quality` weighs those of the demo, as a browser loads them. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Story } from "../web/schemas.ts";
import { browserless, join, logIn, type Page, type Visitor } from "./support/client.ts";
import { startFilmroll } from "./support/server.ts";

const MOST_SCRIPT = 25_000;
const MOST_STYLE = 15_000;

/** Every script that a page loads as it opens: the browser is told of all of them beforehand. */
const scriptsOf = ({ headers }: Page): string[] =>
  Array.from(
    (headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="modulepreload"/g),
    ([, path]) => path!,
  );

async function gzipped(visitor: Visitor, path: string): Promise<number> {
  const response = await visitor.request(path);
  assert.equal(response.status, 200, path);
  return gzipSync(await response.bytes()).length;
}

Deno.test("no page brings more than 25 KB of script and 15 KB of style", async () => {
  await using server = await startFilmroll();
  const { origin } = server;
  const [ana, ben] = [await join(origin, "ana"), await join(origin, "ben")];
  const image_url = "https://example.org/a.webp";
  await ana.post("/api/posts", { content: "Low tide", image_url });
  await ana.post("/api/posts/1/comments", { content: "Cold?" });
  await ana.post("/api/messages", { receiver_id: ben.id, content: "Hello" });
  await ben.post(`/api/follow/${ana.id}`);
  const { body: { id: story } } = await ana.post<Story>("/api/stories", { image_url });

  const visits: (readonly [who: Visitor, ...paths: string[]])[] = [
    [browserless(origin), "/", "/auth/register", "/posts/1", "/@ana", "/search"],
    [
      await logIn(origin, "ben"),
      ...["/", "/posts/1", "/posts/new", "/@ana", "/users/me", "/search", "/notifications"],
      ...["/stories/feed", "/stories/new", `/stories/${story}`, "/messages", `/messages/${ana.id}`],
    ],
  ];
  for (const [visitor, ...paths] of visits) {
    for (const path of paths) {
      const page = await visitor.open(path);
      const scripts = scriptsOf(page);
      assert.ok(scripts.length > 1, path);
      const sizes = await Promise.all(scripts.map((script) => gzipped(visitor, script)));
      const size = sizes.reduce((a, b) => a + b);
      assert.ok(size <= MOST_SCRIPT, `${path} brings ${size} bytes of script`);
    }
  }
  const style = await gzipped(browserless(origin), "/styles.css");
  assert.ok(style <= MOST_STYLE, `${style} bytes of style`);
});
