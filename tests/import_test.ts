/** Bringing an archive: what is taken over, what is refused, and that nothing comes twice. */
import assert from "node:assert/strict";
import { allowances } from "../web/rate_limit.ts";
import type { Import, Post, Problem, User } from "../web/schemas.ts";
import { type InstagramPost, instagramZip, longArchive, zipOf } from "./support/archives.ts";
import { type Answer, type Api, api, join, PASSWORD, signUp } from "./support/client.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { htmlFindings } from "./support/html_validity.ts";
import { photo, uploaded } from "./support/photos.ts";
import { startProgram } from "./support/program.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const PATH = "/api/users/me/import";

function formOf(zip: Blob): FormData {
  const form = new FormData();
  form.set("file", new File([zip], "archive.zip"));
  return form;
}

const bring = <Body = Import>(person: Api, zip: Blob, key?: string): Promise<Answer<Body>> =>
  person.send<Body>("POST", PATH, {
    body: formOf(zip),
    ...(key !== undefined && { headers: { "idempotency-key": key } }),
  });

/** Brings an archive and waits until it is taken over. */
async function imported({ importer }: TestServer, person: Api, zip: Blob): Promise<Import> {
  const { status, body } = await bring(person, zip);
  assert.equal(status, 201, JSON.stringify(body));
  await importer.caughtUp();
  return (await person.get<Import>(PATH)).body;
}

/** A person's posts, the first posted first. */
async function postsOf(person: Api & { readonly id: number }): Promise<Post[]> {
  const posts: Post[] = [];
  for (let before = ""; posts.length % 100 === 0;) {
    const { body } = await person.get<Post[]>(`/api/users/${person.id}/posts?limit=100${before}`);
    if (body.length === 0) break;
    posts.push(...body);
    before = `&before=${body.at(-1)!.id}`;
  }
  return posts.toReversed();
}

async function filesIn({ dataDir }: Pick<TestServer, "dataDir">): Promise<string[]> {
  const names = ["imports", "uploads"].map((folder) =>
    Array.fromAsync(Deno.readDir(`${dataDir}/${folder}`), ({ name }) => name)
  );
  return (await Promise.all(names)).flat();
}

const INSTAGRAM: readonly InstagramPost[] = [
  { caption: "Later: café ☕", at: "2021-05-01T10:00:00Z", media: ["b.jpg", "c.jpg"] },
  { caption: "日本 #sea 😀", at: "2019-03-02T09:30:00Z", media: ["a.jpg"] },
  { caption: "", at: "2022-01-01T00:00:00Z", media: ["film.mp4"] },
  { caption: "The picture is lost", at: "2022-02-01T00:00:00Z", media: ["lost.jpg"] },
  { caption: "", at: "2022-03-01T00:00:00Z", media: ["broken.jpg"] },
];

const instagram = async () =>
  await instagramZip(INSTAGRAM, {
    "a.jpg": await photo(1),
    "b.jpg": await photo(2),
    "c.jpg": await photo(3),
    "film.mp4": new Uint8Array(1000),
    "broken.jpg": new TextEncoder().encode("no picture at all"),
  });

Deno.test("an export of Instagram becomes posts in their order, with captions, times and pictures", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const { source, total, done, skipped, outcome, problem } = await imported(
    server,
    ana,
    await instagram(),
  );
  assert.deepEqual({ source, total, done, skipped, outcome, problem }, {
    source: "instagram",
    total: 5,
    done: 3,
    skipped: 2,
    outcome: "finished",
    problem: null,
  });
  const posts = await postsOf(ana);
  assert.deepEqual(
    posts.map(({ content, originally_posted_at, images }) => [
      content,
      originally_posted_at,
      images.length,
    ]),
    [
      ["日本 #sea 😀", "2019-03-02T09:30:00.000Z", 1],
      ["Later: café ☕", "2021-05-01T10:00:00.000Z", 2],
      ["The picture is lost", "2022-02-01T00:00:00.000Z", 0],
    ],
  );
  for (const { url } of posts.flatMap(({ images }) => images)) {
    assert.equal((await fetch(server.origin + url).then(emptied)).status, 200);
  }
  assert.deepEqual(await filesIn(server), []);
});

Deno.test("a picture that says it is small is unpacked no further than a picture may be large", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const posts = [{ caption: "Zeros", at: "2020-01-01T00:00:00Z", media: ["a.jpg"] }];
  const zip = await instagramZip(posts, { "a.jpg": new Uint8Array(50 * 1024 ** 2) });
  const { outcome, done } = await imported(server, ana, claimingSmall(await zip.bytes(), "a.jpg"));
  assert.deepEqual([outcome, done], ["finished", 1]);
  assert.deepEqual((await postsOf(ana)).map(({ images }) => images), [[]]);
});

/** Makes a zip's directory say of an entry that it unpacks to 1,000 bytes. */
function claimingSmall(zip: Uint8Array<ArrayBuffer>, name: string): Blob {
  const text = new TextDecoder("latin1").decode(zip);
  // The last place where the name stands is the directory's; its fixed part has 46 bytes.
  const header = text.lastIndexOf("PK\x01\x02", text.lastIndexOf(name));
  new DataView(zip.buffer).setUint32(header + 24, 1000, true);
  return new Blob([zip]);
}

/** Makes a zip's end say that its directory has so many bytes. */
function claimingDirectory(zip: Uint8Array<ArrayBuffer>, bytes: number): Blob {
  const end = new TextDecoder("latin1").decode(zip).lastIndexOf("PK\x05\x06");
  new DataView(zip.buffer).setUint32(end + 12, bytes, true);
  return new Blob([zip]);
}

async function emptied(response: Response): Promise<Response> {
  await response.body?.cancel();
  return response;
}

Deno.test("an archive that is brought again brings nothing twice, and what was deleted stays so", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const zip = await instagram();
  await imported(server, ana, zip);
  const before = await postsOf(ana);
  await ana.delete(`/api/posts/${before[0]!.id}`);
  const again = await imported(server, ana, zip);
  assert.deepEqual([again.outcome, again.done], ["finished", 3]);
  assert.deepEqual(
    (await postsOf(ana)).map(({ id }) => id),
    before.slice(1).map(({ id }) => id),
  );
  // To somebody else they are other posts.
  const ben = await join(server.origin, "ben");
  await imported(server, ben, zip);
  assert.equal((await postsOf(ben)).length, 3);
});

Deno.test("the archive of one Filmroll is taken over by another", async () => {
  await using there = await startFilmroll();
  const before = await join(there.origin, "ana");
  await before.put("/api/users/me", { full_name: "Ana Lima", bio: "Tides" });
  const pictures = [
    await uploaded(before, await photo(1), { alt: "Mud and sky" }),
    await uploaded(before, await photo(2), { alt: "日本" }),
  ];
  const media = pictures.map(({ id }) => id);
  const { body: first } = await before.post<Post>("/api/posts", {
    content: "Low tide #sea",
    media,
  });
  await before.post("/api/posts", { image_url: "https://example.org/a.jpg" });
  const zip = await fetch(`${there.origin}/api/users/me/export`, {
    headers: { authorization: `Bearer ${before.token}` },
  }).then((response) => response.blob());

  await using here = await startFilmroll();
  const after = await join(here.origin, "lima");
  const { outcome, done } = await imported(here, after, zip);
  assert.deepEqual([outcome, done], ["finished", 2]);
  const [low, linked] = await postsOf(after);
  assert.equal(low!.content, "Low tide #sea");
  assert.equal(low!.originally_posted_at, first.created_at);
  assert.deepEqual(low!.images.map(({ alt }) => alt), ["Mud and sky", "日本"]);
  assert.equal(linked!.image_url, "https://example.org/a.jpg");
  const { body: user } = await after.get<User>("/api/auth/me");
  assert.deepEqual([user.username, user.full_name, user.bio], ["lima", "Ana Lima", "Tides"]);
});

Deno.test("what is no archive is refused with a message, and nothing is left of it", async (t) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const good = await instagram();
  const posts = "your_instagram_activity/media/posts_1.json";
  const bomb = new Uint8Array(70 * 1024 ** 2);
  const long = `[${" ".repeat(17 * 1024 ** 2)}]`;
  const cases: Record<string, readonly [Blob, RegExp]> = {
    "no zip": [new Blob(["These are notes, and not a zip."]), /no zip/],
    "an empty file": [new Blob([]), /no zip/],
    "a zip that was cut off": [good.slice(0, good.size - 100), /cut off/],
    "a zip of something else": [await zipOf({ "notes.txt": "Notes" }), /neither/],
    "a name that leads out": [await zipOf({ "../../etc/passwd": "x", [posts]: "[]" }), /lead out/],
    "a name from the root": [await zipOf({ "/etc/passwd": "x", [posts]: "[]" }), /lead out/],
    "a bomb": [await zipOf({ "a.bin": bomb, [posts]: "[]" }), /far more/],
    "more JSON than fits into memory": [
      await zipOf({ [posts]: long, [posts.replace("1", "2")]: long }),
      /posts_2\.json" is missing or too large/,
    ],
    "a directory that does not fit into memory": [
      claimingDirectory(await good.bytes(), 65 * 1024 ** 2),
      /too many files/,
    ],
    "a password": [await zipOf({ [posts]: "[]" }, { password: "secret" }), /password/],
    "no JSON": [await zipOf({ [posts]: "[{" }), /posts_1\.json" is broken/],
    "JSON of another kind": [await zipOf({ [posts]: '{"a": 1}' }), /not as Instagram/],
    "millions of what is no post": [
      await zipOf({ [posts]: `[${"1,".repeat(15 * 1024 ** 2)}1]` }),
      /not as Instagram/,
    ],
    "no posts": [await zipOf({ [posts]: "[]" }), /no posts/],
    "a newer version": [
      await zipOf({ "filmroll.json": '{"format": "filmroll-archive", "version": 2}' }),
      /not as this version/,
    ],
  };
  for (const [name, [zip, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const { status, body } = await bring<Problem>(ana, zip);
      assert.equal(status, 422, JSON.stringify(body));
      assert.equal(body.errors![0]!.path, "file");
      assert.match(body.errors![0]!.message, message);
    });
  }
  assert.equal((await ana.get(PATH)).status, 404);
  assert.equal((await api(server.origin).get(PATH)).status, 401);
  assert.deepEqual(await filesIn(server), []);
});

Deno.test("one import at a time: a second is refused, the same request sent again is not, and it can be stopped", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const zip = await longArchive(3000);
  const key = crypto.randomUUID();
  const first = await bring(ana, zip, key);
  assert.equal(first.status, 201);
  assert.equal((await bring(ana, zip, key)).body.id, first.body.id);
  const second = await bring<Problem>(ana, await longArchive(1));
  assert.equal(second.status, 400);
  assert.match(second.body.detail, /under way/);
  assert.equal((await ana.delete(PATH)).status, 204);
  await server.importer.caughtUp();
  const { outcome, done } = (await ana.get<Import>(PATH)).body;
  assert.equal(outcome, "stopped");
  assert.ok(done < 3000);
  assert.equal((await ana.delete(PATH)).status, 404);
  assert.deepEqual(await filesIn(server), []);
});

Deno.test("an import ends with the account, and nothing of the archive is left", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  assert.equal((await bring(ana, await longArchive(5000))).status, 201);
  const closed = await ana.send("DELETE", "/api/users/me", { json: { password: PASSWORD } });
  assert.equal(closed.status, 204);
  await server.importer.caughtUp();
  const { outcome, problem } = (await server.filmroll.queries.ask("GetLatestImport", {
    userId: ana.id,
  }))!;
  assert.deepEqual([outcome, problem], ["failed", "The account was closed"]);
  assert.deepEqual(await filesIn(server), []);
});

Deno.test("without script the page takes an archive, shows how far it is, and looks again", async () => {
  await using server = await startFilmroll();
  const visitor = await signUp(server.origin, "ana");
  const send = (zip: Blob) =>
    visitor.request("/users/me/import", { method: "POST", body: formOf(zip) });

  const refused = await send(new Blob(["Notes"]));
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /This is no zip/);

  const sent = await send(await longArchive(2000));
  assert.deepEqual([sent.status, sent.headers.get("location")], [303, "/users/me/import"]);
  await sent.body?.cancel();
  const running = await visitor.open("/users/me/import");
  assert.match(running.html, /<meta http-equiv="refresh" content="3"/);
  assert.match(running.text, /Import under way .* of 2000 posts/);
  assert.deepEqual(await htmlFindings(running.html), []);
  await visitor.submit(running, "/users/me/import");
  await server.importer.caughtUp();
  const stopped = await visitor.open("/users/me/import");
  assert.doesNotMatch(stopped.html, /http-equiv="refresh"/);
  assert.match(stopped.text, /Import stopped/);
});

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  Deno.test(`after ${signal} amid its posts an import goes on, in order and never twice`, async () => {
    await using folder = await Folder.make();
    const count = 600;
    let token: string;
    let id: number;
    {
      await using program = await startProgram(folder.environment);
      const ana = await join(program.origin, "ana");
      ({ token, id } = ana);
      assert.equal((await bring(ana, await longArchive(count))).status, 201);
      await eventually("some posts", async () => (await postsOf(ana)).length > 20);
      const { stderr } = await program.end(signal);
      assert.equal(stderr, "");
    }
    await using program = await startProgram(folder.environment);
    const ana = { ...api(program.origin, token), id };
    await eventually(
      "the end of the import",
      async () => (await ana.get<Import>(PATH)).body.outcome !== null,
    );
    const { outcome, done } = (await ana.get<Import>(PATH)).body;
    assert.deepEqual([outcome, done], ["finished", count]);
    const numbers = (await postsOf(ana)).map(({ content }) => Number(content!.split(" ")[1]));
    assert.deepEqual(numbers, Array.from({ length: count }, (_, index) => index));
  });
}

Deno.test("who brings too many archives is refused before any of one more is read", async () => {
  await using server = await startFilmroll({ rateLimit: true });
  const ana = await join(server.origin, "ana");
  for (let brought = 0; brought < allowances.import.burst; brought++) {
    await server.limiter.take("import", ana.id);
  }
  const stop = await fetch(server.origin + PATH.replace("/api", ""), {
    method: "POST",
    headers: { authorization: `Bearer ${ana.token}`, accept: "text/html" },
    body: new URLSearchParams({ _method: "DELETE" }),
    redirect: "manual",
  });
  assert.notEqual(stop.status, 429);
  await stop.body?.cancel();
  const form = new Response(formOf(new Blob(["no zip"])));
  const { readable, writable } = new TransformStream();
  const answer = await fetch(server.origin + PATH, {
    method: "POST",
    headers: {
      authorization: `Bearer ${ana.token}`,
      "content-type": form.headers.get("content-type")!,
    },
    body: readable,
  });
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
  await answer.body?.cancel();
  await writable.abort().catch(() => {});
  assert.deepEqual(await filesIn(server), []);
});
