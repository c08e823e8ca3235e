/** Taking along all that is one's own. */
import assert from "node:assert/strict";
import { BlobReader, BlobWriter, type FileEntry, ZipReader } from "@zip.js/zip.js";
import type { Message, Post, Story } from "../web/schemas.ts";
import { api, browserless, join, type Person, signUp } from "./support/client.ts";
import { photo, uploaded } from "./support/photos.ts";
import { startFilmroll } from "./support/server.ts";

/** The entries of a zip by name. */
async function entriesOf(zip: Blob): Promise<Map<string, FileEntry>> {
  const entries = await new ZipReader(new BlobReader(zip)).getEntries();
  return new Map(
    entries.filter((entry) => !entry.directory).map((entry) => [entry.filename, entry]),
  );
}

async function exported({ origin, token }: Person & { origin: string }) {
  const response = await fetch(`${origin}/api/users/me/export`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(response.status, 200);
  const entries = await entriesOf(await response.blob());
  const blob = (name: string) => entries.get(name)!.getData(new BlobWriter());
  // deno-lint-ignore no-explicit-any -- whatever is in a file
  const json = async (name: string): Promise<any> => JSON.parse(await (await blob(name)).text());
  return { names: [...entries.keys()], blob, json, headers: response.headers };
}

Deno.test("an archive has all that is one's own, and nothing that is not", async () => {
  await using server = await startFilmroll();
  const { origin } = server;
  const [ana, ben] = [await join(origin, "ana"), await join(origin, "ben")];
  await ana.put("/api/users/me", { full_name: "Ana Lima", bio: "Tides" });
  const picture = await uploaded(ana, await photo(1), { alt: "Mud and sky" });
  await ana.post<Post>("/api/posts", { content: "Low tide #sea", media: [picture.id] });
  await ana.post<Post>("/api/posts", { image_url: "https://example.org/a.jpg" });
  const { body: bens } = await ben.post<Post>("/api/posts", { content: "Ben's" });
  await ana.post(`/api/posts/${bens.id}/likes`);
  await ana.post(`/api/posts/${bens.id}/comments`, { content: "Fine" });
  await ben.post("/api/posts/1/comments", { content: "Where?" });
  await ana.post(`/api/follow/${ben.id}`);
  await ben.post(`/api/follow/${ana.id}`);
  await ana.post<Story>("/api/stories", { content: "Today" });
  const seen = await uploaded(ana, await photo(2), { alt: "A shell" });
  await ana.post<Message>("/api/messages", {
    receiver_id: ben.id,
    content: "Look",
    media: seen.id,
  });
  await ben.post<Message>("/api/messages", { receiver_id: ana.id, content: "Lovely" });
  await ben.post<Message>("/api/messages", { receiver_id: ana.id, content: "日本 😀" });

  const { names, blob, json, headers } = await exported({ ...ana, origin });
  assert.match(
    headers.get("content-disposition")!,
    /^attachment; filename="filmroll-ana-\d{4}-\d\d-\d\d\.zip"$/,
  );
  const hashOf = (url: string) => url.split("/")[2]!;
  const files = [picture, seen].map(({ url }) => `pictures/${hashOf(url)}.jpg`);
  assert.deepEqual(names.filter((name) => name.startsWith("pictures/")).sort(), files.toSorted());
  const jpeg = new Uint8Array(await (await blob(files[0]!)).arrayBuffer());
  assert.deepEqual(jpeg, await (await fetch(origin + picture.url)).bytes());

  const manifest = await json("filmroll.json");
  assert.deepEqual(
    [manifest.format, manifest.version, manifest.user_id, manifest.origin],
    ["filmroll-archive", 1, ana.id, origin],
  );
  const profile = await json("profile.json");
  assert.deepEqual([profile.email, profile.full_name, profile.bio], [
    "ana@example.org",
    "Ana Lima",
    "Tides",
  ]);
  const posts = await json("posts.json");
  assert.deepEqual(posts.map(({ content, images }: Post) => [content, images]), [
    ["Low tide #sea", [{ file: files[0], url: null, alt: "Mud and sky" }]],
    [null, [{ file: null, url: "https://example.org/a.jpg", alt: "" }]],
  ]);
  assert.deepEqual((await json("comments.json")).map(({ content }: Post) => content), ["Fine"]);
  assert.deepEqual((await json("likes.json")).length, 1);
  assert.deepEqual(await json("following.json"), [{ user_id: ben.id, username: "ben" }]);
  assert.deepEqual(await json("followers.json"), [{ user_id: ben.id, username: "ben" }]);
  assert.deepEqual((await json("stories.json")).map(({ content }: Story) => content), ["Today"]);
  const messages = await json("messages.json");
  assert.deepEqual(
    messages.map(({ sender_id, content }: Message) => [sender_id, content]),
    [[ana.id, "Look"], [ben.id, "Lovely"], [ben.id, "日本 😀"]],
  );
  assert.deepEqual(messages[0].image, { file: files[1], url: null, alt: "A shell" });
  assert.deepEqual((await json("notifications.json")).map(({ type }: { type: string }) => type), [
    "comment",
    "follow",
  ]);
  assert.deepEqual(
    (await json("pictures.json")).map((
      { file, alt }: { file: string; alt: string },
    ) => [file, alt]),
    [[files[0], "Mud and sky"], [files[1], "A shell"]],
  );
});

Deno.test("an archive of somebody with nothing is whole", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const { names, json } = await exported({ ...ana, origin: server.origin });
  for (const name of names) await json(name);
  assert.deepEqual(await json("posts.json"), []);
});

Deno.test("an archive of more than a page of everything has each item once, in order", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  const { commands } = server.filmroll;
  const count = 1203;
  await Promise.all(
    Array.from({ length: count }, (_, index) => [
      commands.execute("CreatePost", { by: ana.id, content: `Frame ${index}`, imageUrl: null }, {
        actor: ana.id,
      }),
      commands.execute(
        "SendMessage",
        { by: ana.id, receiverId: ben.id, content: `Letter ${index}` },
        { actor: ana.id },
      ),
    ]).flat(),
  );
  const { json } = await exported({ ...ana, origin: server.origin });
  const numbers = (items: Post[]) => items.map(({ content }) => Number(content!.split(" ")[1]));
  const all = Array.from({ length: count }, (_, index) => index);
  assert.deepEqual(numbers(await json("posts.json")), all);
  assert.deepEqual(numbers(await json("messages.json")), all);
});

Deno.test("an archive that nobody reads to its end does no harm", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await uploaded(ana, await photo(1));
  const response = await fetch(`${server.origin}/api/users/me/export`, {
    headers: { authorization: `Bearer ${ana.token}` },
  });
  await response.body!.cancel();
  await exported({ ...ana, origin: server.origin });
});

Deno.test("an archive is its owner's alone, and found in settings", async () => {
  await using server = await startFilmroll();
  assert.equal((await api(server.origin).get("/api/users/me/export")).status, 401);
  const page = await browserless(server.origin).open("/users/me/export");
  assert.equal(page.url.pathname, "/auth/login");
  const ben = await signUp(server.origin, "ben");
  assert.match((await ben.open("/users/me")).html, /href="\/users\/me\/export"/);
});
