/** Pictures in a store that speaks S3, over HTTP. */
import assert from "node:assert/strict";
import { S3Storage } from "../media/storage/s3.ts";
import type { Post, Problem } from "../web/schemas.ts";
import { join } from "./support/client.ts";
import { photo, upload, uploaded } from "./support/photos.ts";
import { startS3 } from "./support/s3/server.ts";
import { startFilmroll } from "./support/server.ts";

Deno.test("a photo is kept in the store, served from it, in part too, and goes with its post", async () => {
  await using s3 = await startS3();
  const mediaStore = await s3.makeBucket();
  const kept = () => Array.fromAsync(new S3Storage(mediaStore).list());
  await using server = await startFilmroll({ mediaStore });
  const ana = await join(server.origin, "ana");

  const { id, url } = await uploaded(ana, await photo());
  const [, , hash] = url.split("/");
  assert.deepEqual(await kept(), [hash]);
  const { body: post } = await ana.post<Post>("/api/posts", { media: [id] });

  const whole = await fetch(server.origin + url);
  assert.equal(whole.status, 200);
  assert.equal(whole.headers.get("content-type"), "image/jpeg");
  const bytes = await whole.bytes();
  assert.equal(whole.headers.get("content-length"), String(bytes.length));

  const part = await fetch(server.origin + url, { headers: { range: "bytes=10-19" } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), `bytes 10-19/${bytes.length}`);
  assert.deepEqual(await part.bytes(), bytes.slice(10, 20));

  await ana.delete(`/api/posts/${post.id}`);
  await server.collector.caughtUp();
  assert.deepEqual(await kept(), []);
  const gone = await fetch(server.origin + url);
  await gone.body?.cancel();
  assert.equal(gone.status, 404);
});

Deno.test("while the store does not answer, uploading is refused for now, and the rest goes on", async () => {
  const s3 = await startS3();
  const mediaStore = await s3.makeBucket();
  await using server = await startFilmroll({ mediaStore });
  await server.collector.caughtUp();
  const ana = await join(server.origin, "ana");
  await s3[Symbol.asyncDispose]();

  const { status, headers, body } = await upload<Problem>(ana, await photo());
  assert.equal(status, 503);
  assert.ok(Number(headers.get("retry-after")) > 0);
  assert.match(body.detail, /try again/);
  assert.equal((await ana.post("/api/posts", { content: "Hello" })).status, 201);
});
