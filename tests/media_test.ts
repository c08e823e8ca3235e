/** Pictures over HTTP: uploading, showing, serving, and letting go. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { LIMITS } from "../media/limits.ts";
import {
  animatedGif,
  cmykJpeg,
  deepPng,
  heic,
  jpegAndPage,
  pngThatClaims,
  QUARTERS,
  quartersOf,
  svgWithScript,
  turnedWithPlace,
} from "../media/testing.ts";
import type { Media, Message, Post, Problem, Story, User } from "../web/schemas.ts";
import { allowances } from "../web/rate_limit.ts";
import { api, join, type Person, signUp } from "./support/client.ts";
import { filesOf, photo, upload, uploaded, uploadOf } from "./support/photos.ts";
import { type ServerOptions, startFilmroll, type TestServer } from "./support/server.ts";

const HOUR = 60 * 60 * 1000;

interface Scene extends TestServer {
  readonly ana: Person;
  readonly ben: Person;
  /** Puts the clock forward. */
  pass(milliseconds: number): void;
}

async function startScene(options: ServerOptions = {}): Promise<Scene> {
  let now = Date.now();
  const server = await startFilmroll({ clock: () => new Date(now), ...options });
  const [ana, ben] = [await join(server.origin, "ana"), await join(server.origin, "ben")];
  return { ...server, ana, ben, pass: (milliseconds) => now += milliseconds };
}

const bytesOf = async (origin: string, path: string): Promise<Uint8Array> =>
  await (await fetch(origin + path)).bytes();

const hashOf = ({ url }: { url: string }): string => url.split("/")[2]!;

Deno.test("a photo that lies on its side with its place comes out upright and without, in every size", async () => {
  await using scene = await startScene();
  const { ana, origin } = scene;
  const { status, body } = await upload(ana, await turnedWithPlace(), { alt: " Four fields " });
  assert.equal(status, 201);
  const { id, url, placeholder, srcset, bytes, created_at, ...rest } = body;
  assert.deepEqual(rest, { width: 1200, height: 800, alt: "Four fields", animated: false });
  assert.equal(id, 1);
  assert.match(url, /^\/media\/[0-9a-f]{64}\/1200\.jpg$/);
  assert.ok(placeholder!.length > 8 && bytes > 1000 && Date.parse(created_at) > 0);
  const webp = srcset!.split(", ").map((one) => one.split(" ") as [string, string]);
  assert.deepEqual(webp.map(([, width]) => width), ["320w", "640w", "1080w", "1200w"]);
  for (const path of webp.flatMap(([path]) => [path, path.replace(".webp", ".jpg")])) {
    const file = await bytesOf(origin, path);
    const { exif, orientation, width, height, format } = await sharp(file).metadata();
    assert.deepEqual([exif, orientation, width! > height!], [undefined, undefined, true], path);
    assert.equal(format, path.endsWith("webp") ? "webp" : "jpeg");
    const off = (await quartersOf(file)).flat()
      .map((value, index) => Math.abs(value - QUARTERS.flat()[index]!));
    assert.ok(Math.max(...off) < 25, `${path} is off by ${Math.max(...off)}`);
  }
});

Deno.test("every kind of picture that phones and cameras make is taken", async () => {
  await using scene = await startScene();
  const files = {
    gif: await animatedGif(),
    heic: await heic(),
    cmyk: await cmykJpeg(),
    png: await deepPng(),
  };
  for (const [name, file] of Object.entries(files)) {
    const media = await uploaded(scene.ana, file, { name: "anything.txt" });
    assert.equal(media.animated, name === "gif");
    const path = media.srcset!.split(" ")[0]!;
    const { pages = 1 } = await sharp(await bytesOf(scene.origin, path)).metadata();
    assert.equal(pages > 1, name === "gif");
  }
});

Deno.test("what is no picture is refused with its reason, and nothing of it is left", async (t) => {
  await using scene = await startScene();
  const good = await turnedWithPlace();
  const bad: Record<string, [file: Uint8Array, status: number, detail: RegExp]> = {
    "a text named .jpg": [
      new TextEncoder().encode("Hello"),
      422,
      /^file: .*no picture we can read/,
    ],
    "a truncated JPEG": [good.subarray(0, good.length / 2), 422, /^file: .*cut off/],
    "a PNG of 60,000 × 60,000": [pngThatClaims(60_000, 60_000), 422, /^file: .*50 megapixels/],
    "a JPEG that is a page as well": [await jpegAndPage(), 422, /^file: .*web page/],
    "an SVG with a script": [svgWithScript(), 422, /^file: .*no picture we can read/],
    "nothing": [new Uint8Array(), 422, /^file: .*empty/],
    "25 MB": [new Uint8Array(25 * 1024 ** 2), 413, /20 MB at most/],
  };
  for (const [name, [file, status, detail]] of Object.entries(bad)) {
    await t.step(name, async () => {
      const { status: actual, body } = await upload<Problem>(scene.ana, file);
      assert.equal(actual, status, JSON.stringify(body));
      assert.match(body.detail, detail);
    });
  }
  assert.deepEqual(await filesOf(scene), { pictures: [], temporary: [] });
});

Deno.test("an upload is refused that says too little, too much, or comes from nobody", async (t) => {
  await using scene = await startScene();
  const file = await photo();
  const without = new FormData();
  without.set("alt", "A cat");
  const two = uploadOf(file);
  two.append("file", new File([file], "other.jpg"));
  const rows: [string, () => Promise<{ status: number; body: Problem }>, number, RegExp][] = [
    [
      "no file",
      () => scene.ana.send("POST", "/api/media", { body: without }),
      422,
      /^file: Required$/,
    ],
    [
      "two files",
      () => scene.ana.send("POST", "/api/media", { body: two }),
      422,
      /^file: .*at most 1/,
    ],
    ["JSON", () => scene.ana.post("/api/media", { alt: "A cat" }), 415, /multipart\/form-data/],
    ["long words", () => upload(scene.ana, file, { alt: "a".repeat(1001) }), 422, /^alt: /],
    ["another shape", () => upload(scene.ana, file, { shape: "round" }), 422, /^shape: /],
    ["nobody", () => upload(api(scene.origin), file), 401, /./],
    [
      "a bad key",
      () => upload(scene.ana, file, {}, { "idempotency-key": "1" }),
      422,
      /^Idempotency-Key/,
    ],
  ];
  for (const [name, send, status, detail] of rows) {
    await t.step(name, async () => {
      const answer = await send();
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(answer.body.detail, detail);
    });
  }
  assert.deepEqual(await filesOf(scene), { pictures: [], temporary: [] });
});

Deno.test("an upload sent again with its key is the same picture; another file is another", async () => {
  await using scene = await startScene();
  const key = { "idempotency-key": crypto.randomUUID() };
  const file = await photo();
  const [first, again] = await Promise.all([
    upload(scene.ana, file, {}, key),
    upload(scene.ana, file, {}, key),
  ]);
  assert.deepEqual([first.status, again.status], [201, 201]);
  assert.deepEqual(first.body, again.body);
  const other = await upload(scene.ana, await photo(1), {}, key);
  assert.equal(other.body.id, first.body.id + 1);
});

Deno.test("a post shows pictures in their order; a picture is shown once, and by its owner", async () => {
  await using scene = await startScene();
  const { ana, ben } = scene;
  const one = await uploaded(ana, await photo(1), { alt: "One" });
  const two = await uploaded(ana, await photo(2), { alt: "Two" });
  const image_url = "https://example.org/three.jpg";
  const { status, body: post } = await ana.post<Post>("/api/posts", {
    media: [two.id, one.id],
    image_url,
  });
  assert.equal(status, 201);
  assert.deepEqual(post.images.map(({ alt, url }) => [alt, url]), [
    ["Two", two.url],
    ["One", one.url],
    ["", image_url],
  ]);
  assert.equal(post.image_url, two.url);
  const { body: [seen] } = await ben.get<Post[]>("/api/users/1/posts");
  assert.deepEqual(seen?.images, post.images);

  const three = await uploaded(ana, await photo(3));
  const refusals: [Person, object, number, RegExp][] = [
    [ana, { media: [one.id] }, 400, /already shown/],
    [ben, { media: [three.id] }, 403, /somebody else's/],
    [ana, { media: [three.id, three.id] }, 422, /^media: .*twice/],
    [ana, { media: [99] }, 422, /^media: .*choose it again/],
    [ana, { media: Array.from({ length: 11 }, (_, index) => index + 1) }, 422, /^media/],
    [ana, { media: [] }, 422, /^content/],
    [ana, { media: ["x"] }, 422, /^media\.0/],
  ];
  for (const [person, json, status, detail] of refusals) {
    const answer = await person.post<Problem>("/api/posts", json);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.match(answer.body.detail, detail);
  }
});

Deno.test("stories, messages and profiles show a picture of their own", async () => {
  await using scene = await startScene();
  const { ana, ben } = scene;
  const [forStory, forMessage] = [
    await uploaded(ana, await photo(1), { alt: "One" }),
    await uploaded(ana, await photo(2), { alt: "Two" }),
  ];
  const forAvatar = await uploaded(ana, await turnedWithPlace(), { shape: "square" });
  const { body: story } = await ana.post<Story>("/api/stories", { media: forStory.id });
  assert.deepEqual([story.image?.alt, story.image_url], ["One", forStory.url]);
  const { body: message } = await ana.post<Message>("/api/messages", {
    receiver_id: ben.id,
    media: forMessage.id,
  });
  assert.deepEqual([message.content, message.image?.url], ["", forMessage.url]);
  assert.deepEqual([forAvatar.width, forAvatar.height], [800, 800]);
  const { body: user } = await ana.put<User>("/api/users/me", { media: forAvatar.id });
  assert.equal(user.profile_image_url, forAvatar.srcset!.split(" ")[0]);
  assert.match(user.profile_image_url!, /\/320\.webp$/);
});

Deno.test("a picture is described anew, also where it is shown; who did not upload it may do neither", async () => {
  await using scene = await startScene();
  const { ana, ben } = scene;
  const media = await uploaded(ana, await photo());
  const path = `/api/media/${media.id}`;
  const { body: described } = await ana.put<Media>(path, { alt: "A cat" });
  assert.deepEqual(described, { ...media, alt: "A cat" });
  assert.deepEqual((await ana.get<Media>(path)).body, described);
  const { body: post } = await ana.post<Post>("/api/posts", { media: [media.id] });
  await ana.put(path, { alt: "A black cat" });
  const { body: { images } } = await ana.get<Post>(`/api/posts/${post.id}`);
  assert.equal(images[0]?.alt, "A black cat");
  assert.equal((await ana.delete<Problem>(path)).status, 400);

  assert.equal((await ben.put(path, { alt: "Mine" })).status, 403);
  assert.equal((await ben.delete(path)).status, 403);
  assert.equal((await ben.get(path)).status, 404);
  const other = await uploaded(ana, await photo(1));
  assert.equal((await ana.delete(`/api/media/${other.id}`)).status, 204);
  assert.equal((await ana.delete(`/api/media/${other.id}`)).status, 404);
});

Deno.test("a file is served for ever, in parts, and as nothing but a picture", async (t) => {
  await using scene = await startScene();
  const { url, srcset } = await uploaded(scene.ana, await photo());
  const get = (headers: Record<string, string> = {}, path = url, method = "GET") =>
    fetch(scene.origin + path, { method, headers });
  const whole = await get();
  const bytes = await whole.bytes();
  const etag = whole.headers.get("etag")!;
  await t.step("whole", async () => {
    assert.equal(whole.status, 200);
    const { headers } = whole;
    assert.equal(headers.get("content-type"), "image/jpeg");
    assert.equal(headers.get("content-length"), String(bytes.length));
    assert.match(headers.get("cache-control")!, /public, max-age=31536000, immutable/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("content-security-policy"), "default-src 'none'; sandbox");
    assert.equal(headers.get("vary"), null);
    const webp = await get({}, srcset!.split(" ")[0]);
    assert.equal(webp.headers.get("content-type"), "image/webp");
    assert.notEqual(webp.headers.get("etag"), etag);
    await webp.body?.cancel();
  });
  await t.step("HEAD", async () => {
    const head = await get({}, url, "HEAD");
    assert.equal(head.headers.get("content-length"), String(bytes.length));
    assert.equal(await head.text(), "");
  });
  await t.step("known already", async () => {
    for (const tag of [etag, `"x", W/${etag}`]) {
      const answer = await get({ "if-none-match": tag });
      assert.deepEqual([answer.status, await answer.text()], [304, ""], tag);
    }
    const answer = await get({ "if-none-match": '"other"' });
    assert.deepEqual([answer.status, await answer.bytes()], [200, bytes]);
  });
  const size = bytes.length;
  for (
    const [range, start, end] of [
      ["bytes=0-9", 0, 10],
      ["bytes=10-", 10, size],
      ["bytes=-10", size - 10, size],
      ["bytes=5-999999", 5, size],
    ] as const
  ) {
    await t.step(range, async () => {
      const part = await get({ range });
      assert.equal(part.status, 206);
      assert.equal(part.headers.get("content-range"), `bytes ${start}-${end - 1}/${size}`);
      assert.deepEqual(await part.bytes(), bytes.subarray(start, end));
    });
  }
  await t.step("beyond the end", async () => {
    const part = await get({ range: `bytes=${size}-` });
    assert.deepEqual([part.status, part.headers.get("content-range")], [416, `bytes */${size}`]);
    await part.body?.cancel();
  });
  await t.step("ranges that are ignored", async () => {
    for (
      const headers of [{ range: "bytes=0-1,4-5" }, { range: "bytes=9-1" }, { range: "lines=1-2" }]
    ) {
      assert.deepEqual(await (await get(headers)).bytes(), bytes);
    }
    const changed = await get({ range: "bytes=0-9", "if-range": '"other"' });
    assert.deepEqual([changed.status, await changed.bytes()], [200, bytes]);
    const same = await get({ range: "bytes=0-9", "if-range": etag });
    assert.deepEqual([same.status, (await same.bytes()).length], [206, 10]);
  });
  await t.step("nothing else", async () => {
    const hash = hashOf({ url });
    for (
      const path of [
        `/media/${hash}/60.svg`,
        `/media/${hash}/61.jpg`,
        `/media/${hash}/..%2f..%2ffilmroll.db`,
        `/media/${hash.toUpperCase()}/60.jpg`,
        `/media/tmp/60.jpg`,
        `/media/${"0".repeat(64)}/60.jpg`,
        "/media/..%2fjwt_secret/60.jpg",
      ]
    ) {
      const answer = await get({ accept: "text/html" }, path);
      assert.equal(answer.status, 404, path);
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      await answer.body?.cancel();
    }
  });
});

Deno.test("who loads a file is not asked for, and the session does not slide", async () => {
  await using scene = await startScene();
  const { ana, pass, origin } = scene;
  const { url } = await uploaded(ana, await photo());
  const visitor = await signUp(origin, "cleo");
  pass(48 * HOUR);
  for (const path of [url, "/docs/swagger-ui.css", "/openapi.json"]) {
    const response = await visitor.request(path);
    assert.deepEqual([response.status, response.headers.getSetCookie()], [200, []], path);
    await response.body?.cancel();
  }
  const page = await visitor.request("/feed");
  assert.equal(page.headers.getSetCookie().length, 1);
  await page.body?.cancel();
});

Deno.test("the OpenAPI document tells how a file is sent", async () => {
  await using scene = await startScene();
  interface Document {
    readonly paths: Record<string, { post?: { requestBody: { content: Record<string, object> } } }>;
  }
  const { body } = await scene.ana.get<Document>("/openapi.json");
  const { content } = body.paths["/api/media"]!.post!.requestBody;
  assert.deepEqual(content, {
    "multipart/form-data": {
      schema: {
        allOf: [{ $ref: "#/components/schemas/MediaCreate" }, {
          type: "object",
          properties: { file: { type: "string", format: "binary" } },
          required: ["file"],
        }],
      },
    },
  });
});

Deno.test("pictures go with what shows them, and their files with the last of the same", async () => {
  await using scene = await startScene();
  const { ana, ben, collector } = scene;
  const file = await photo();
  const [anas, bens] = [await uploaded(ana, file), await uploaded(ben, file)];
  assert.equal(anas.url, bens.url);
  const { body: post } = await ana.post<Post>("/api/posts", { media: [anas.id] });
  const { body: other } = await ben.post<Post>("/api/posts", { media: [bens.id] });

  await ana.delete(`/api/posts/${post.id}`);
  await collector.caughtUp();
  assert.equal((await ana.get(`/api/media/${anas.id}`)).status, 404);
  assert.deepEqual((await filesOf(scene)).pictures, [hashOf(bens)]);

  await ben.delete(`/api/posts/${other.id}`);
  await collector.caughtUp();
  assert.deepEqual(await filesOf(scene), { pictures: [], temporary: [] });
  assert.equal((await fetch(scene.origin + bens.url)).status, 404);
});

Deno.test("the pictures of a deleted story go, and an avatar that another replaces", async () => {
  await using scene = await startScene();
  const { ana, collector } = scene;
  const inStory = await uploaded(ana, await photo(1));
  const { body: story } = await ana.post<Story>("/api/stories", { media: inStory.id });
  const avatars = [await uploaded(ana, await photo(2)), await uploaded(ana, await photo(3))];
  for (const { id } of avatars) await ana.put("/api/users/me", { media: id });
  await ana.delete(`/api/stories/${story.id}`);
  await collector.caughtUp();
  assert.deepEqual((await filesOf(scene)).pictures, [hashOf(avatars[1]!)]);
  await ana.put("/api/users/me", { profile_image_url: null });
  await collector.caughtUp();
  assert.deepEqual((await filesOf(scene)).pictures, []);
});

Deno.test("a picture that nobody shows goes after 24 hours, and one of a story with it", async () => {
  await using scene = await startScene();
  const { ana, collector, pass } = scene;
  const shown = await uploaded(ana, await photo(1));
  const inStory = await uploaded(ana, await photo(2));
  await uploaded(ana, await photo(3));
  await ana.post("/api/posts", { media: [shown.id] });
  await ana.post("/api/stories", { media: inStory.id });
  const remaining = async () => {
    await collector.sweep();
    await collector.caughtUp();
    return (await filesOf(scene)).pictures.length;
  };
  pass(24 * HOUR - 1000);
  assert.equal(await remaining(), 3);
  pass(2000);
  assert.equal(await remaining(), 1);
  assert.deepEqual((await filesOf(scene)).pictures, [hashOf(shown)]);
});

Deno.test("the same picture comes and goes at the same time, and never without its files", async () => {
  await using scene = await startScene();
  const { ana, ben, collector } = scene;
  const file = await photo();
  const uploads = Array.from({ length: 6 }, async (_, index) => {
    const person = index % 2 === 0 ? ana : ben;
    const { id } = await uploaded(person, file);
    if (index > 0) await person.delete(`/api/media/${id}`);
    return id;
  });
  const [first] = await Promise.all(uploads);
  await collector.caughtUp();
  const { body } = await ana.get<Media>(`/api/media/${first}`);
  assert.equal((await bytesOf(scene.origin, body.url)).length > 0, true);
  assert.equal((await filesOf(scene)).pictures.length, 1);
});

Deno.test("an account that is full takes no more, and does again when something goes", async () => {
  await using scene = await startScene();
  const { ana, filmroll } = scene;
  const hash = "f".repeat(64);
  const { mediaId } = await filmroll.commands.execute("UploadMedia", {
    by: ana.id,
    picture: {
      hash,
      width: 1,
      height: 1,
      placeholder: "",
      animated: false,
      bytes: LIMITS.accountBytes,
    },
    alt: "",
  }, { actor: ana.id });
  const refused = await upload<Problem>(ana, await photo());
  assert.equal(refused.status, 400);
  assert.match(refused.body.detail, /2 GB/);
  assert.deepEqual((await filesOf(scene)).pictures, []);
  await ana.delete(`/api/media/${mediaId}`);
  await uploaded(ana, await photo());
});

Deno.test("who uploads too much is told when to go on", async () => {
  await using scene = await startScene({ rateLimit: true });
  const { ana, limiter } = scene;
  for (let sent = 0; sent < allowances.upload.burst; sent++) await limiter.take("upload", ana.id);
  const { status, headers } = await upload(ana, await photo());
  assert.equal(status, 429);
  assert.ok(Number(headers.get("retry-after")) >= 1);
});
