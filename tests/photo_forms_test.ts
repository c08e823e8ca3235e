/** Photos in forms, as browsers without script send them. */
import assert from "node:assert/strict";
import type { Media, Message, Post, Story, User } from "../web/schemas.ts";
import { type Api, api, signUp, type Visitor } from "./support/client.ts";
import { tagsOf, textOf } from "./support/html.ts";
import { filesOf, photo } from "./support/photos.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

type Field = readonly [name: string, value: string | Uint8Array<ArrayBuffer> | null];

/** Sends a form; null is a file input in which nothing was chosen. */
async function sendForm(visitor: Visitor, path: string, fields: readonly Field[]) {
  const body = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === "string") body.append(name, value);
    else if (value === null) body.append(name, new File([], ""));
    else body.append(name, new File([value], "photo.jpg"));
  }
  const response = await visitor.request(path, { method: "POST", body });
  const html = await response.text();
  return {
    status: response.status,
    location: response.headers.get("location"),
    text: textOf(html),
    /** The pictures that the form has when it is shown again. */
    media: tagsOf(html, "input").flatMap(({ attributes: { name, value } }) =>
      name === "media" ? [value] : []
    ),
  };
}

interface Scene extends TestServer {
  readonly ana: Visitor;
  /** Ana's, as JSON. */
  readonly json: Api;
}

async function startScene(): Promise<Scene> {
  const server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const cookie = Array.from(ana.cookies, ([name, value]) => `${name}=${value}`).join("; ");
  const stranger = api(server.origin);
  const json: Api = {
    ...stranger,
    get: (path) => stranger.send("GET", path, { headers: { cookie } }),
  };
  return { ...server, ana, json };
}

const altsOf = ({ images }: Post): string[] => images.map(({ alt }) => alt);

Deno.test("a form's photos become an album, in order, each with the words beside it", async () => {
  await using scene = await startScene();
  const { status, location } = await sendForm(scene.ana, "/posts", [
    ["content", "Low tide"],
    ["photo", await photo(1)],
    ["alt", "One"],
    ["photo", null],
    ["alt", "Of nothing"],
    ["photo", await photo(2)],
    ["alt", " Two "],
    ["photo", await photo(3)],
  ]);
  assert.deepEqual([status, location], [303, "/posts/1"]);
  const { body: post } = await scene.json.get<Post>("/api/posts/1");
  assert.equal(post.content, "Low tide");
  assert.deepEqual(altsOf(post), ["One", "Two", ""]);
  assert.deepEqual((await filesOf(scene)).temporary, []);
});

Deno.test("a form that is refused keeps its photos for the next try", async () => {
  await using scene = await startScene();
  const refused = await sendForm(scene.ana, "/posts", [
    ["content", "a".repeat(2201)],
    ["photo", await photo(1)],
    ["alt", "One"],
  ]);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /at most 2200 characters/);
  assert.deepEqual(refused.media, ["1"]);
  const { body: kept } = await scene.json.get<Media>("/api/media/1");
  assert.equal(kept.alt, "One");
  const { status } = await sendForm(scene.ana, "/posts", [
    ["content", "Short"],
    ["media", "1"],
    ["photo", await photo(2)],
    ["alt", "Two"],
  ]);
  assert.equal(status, 303);
  assert.deepEqual(altsOf((await scene.json.get<Post>("/api/posts/1")).body), ["One", "Two"]);
});

Deno.test("of several photos those that are none are named, and the others kept", async () => {
  await using scene = await startScene();
  const refused = await sendForm(scene.ana, "/posts", [
    ["photo", await photo(1)],
    ["photo", new TextEncoder().encode("Hello")],
    ["photo", new Uint8Array(21 * 1024 ** 2)],
  ]);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /photo\.jpg: That file is no picture we can read/);
  assert.match(refused.text, /photo\.jpg: A file may have 20 MB at most/);
  assert.deepEqual(refused.media, ["1"]);
  assert.equal((await scene.json.get("/api/media/1")).status, 200);
  assert.equal((await scene.json.get("/api/media/2")).status, 404);
  const { pictures, temporary } = await filesOf(scene);
  assert.deepEqual([pictures.length, temporary], [1, []]);
});

Deno.test("a form sent twice makes one post, and keeps each of its photos once", async () => {
  await using scene = await startScene();
  const fields: Field[] = [
    ["command_id", crypto.randomUUID()],
    ["photo", await photo(1)],
    ["photo", await photo(2)],
  ];
  const answers = await Promise.all([
    sendForm(scene.ana, "/posts", fields),
    sendForm(scene.ana, "/posts", fields),
  ]);
  assert.deepEqual(answers.map(({ location }) => location), ["/posts/1", "/posts/1"]);
  assert.equal((await scene.json.get("/api/media/3")).status, 404);
});

Deno.test("stories, messages and profiles take one photo", async () => {
  await using scene = await startScene();
  await signUp(scene.origin, "ben");
  const one: Field[] = [["photo", await photo(1)], ["alt", "One"]];
  assert.equal((await sendForm(scene.ana, "/stories", one)).location, "/stories/1");
  const { body: story } = await scene.json.get<Story>("/api/stories/1");
  assert.equal(story.image?.alt, "One");

  const message: Field[] = [["receiver_id", "2"], ["content", ""], ...one];
  assert.equal((await sendForm(scene.ana, "/messages", message)).location, "/messages/2");
  const { body: [sent] } = await scene.json.get<Message[]>("/api/messages/2");
  assert.deepEqual([sent?.content, sent?.image?.alt], ["", "One"]);

  const profile: Field[] = [["_method", "PUT"], ["bio", "35 mm"], ["photo", await photo(2)]];
  assert.equal((await sendForm(scene.ana, "/users/me", profile)).location, "/@ana");
  const { body: { bio, profile_image_url } } = await scene.json.get<User>("/api/auth/me");
  assert.equal(bio, "35 mm");
  // 60 × 40 pixels, cut to a square.
  assert.match(profile_image_url!, /\/40\.webp$/);

  const none: Field[] = [["_method", "PUT"], ["bio", "120"], ["photo", null]];
  assert.equal((await sendForm(scene.ana, "/users/me", none)).status, 303);
  const { body: after } = await scene.json.get<User>("/api/auth/me");
  assert.deepEqual([after.bio, after.profile_image_url], ["120", profile_image_url]);
});

Deno.test("a photo that is too large is refused with the form shown again", async () => {
  await using scene = await startScene();
  const { status, text } = await sendForm(scene.ana, "/stories", [
    ["content", "Kept"],
    ["photo", new Uint8Array(25 * 1024 ** 2)],
  ]);
  assert.equal(status, 422);
  assert.match(text, /Kept/);
  assert.match(text, /A file may have 20 MB at most/);
  assert.deepEqual((await filesOf(scene)).temporary, []);
});

Deno.test("a stranger's photos lead to the log-in form, and are not read", async () => {
  await using scene = await startScene();
  const stranger = await signUp(scene.origin, "ben");
  stranger.cookies.clear();
  const { status, location } = await sendForm(stranger, "/posts", [["photo", await photo()]]);
  assert.equal(status, 303);
  assert.match(location!, /^\/auth\/login/);
  assert.deepEqual(await filesOf(scene), { pictures: [], temporary: [] });
});
