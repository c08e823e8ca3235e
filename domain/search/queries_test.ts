import assert from "node:assert/strict";
import fc from "fast-check";
import { hashtagId } from "../post/hashtags.ts";
import {
  commented,
  deletedPost,
  type FilmrollEvent,
  followed,
  given,
  liked,
  posted,
  registered,
} from "../testing.ts";

const page = { limit: 10, offset: 0 };
type Paging = { limit: number; offset: number; before?: number };

const named = (userId: number, username: string, fullName: string | null): FilmrollEvent => ({
  type: "UserRegistered",
  data: { userId, username, email: `${username}@example.com`, fullName },
});

const renamed = (userId: number, fullName: string | null): FilmrollEvent => ({
  type: "ProfileUpdated",
  data: { userId, fullName },
});

const people = [
  named(1, "mira.holt", "Mira Hölt"),
  named(2, "jonas_lind", "Jonas Lind"),
  named(3, "Elodie", "Élodie Müller"),
  named(4, "yuki", "日本 ユキ"),
  named(5, "miranda", null),
] as const;

async function found(q: string, ...events: readonly FilmrollEvent[]): Promise<string[]> {
  const users = await given(...people, ...events)
    .asking("SearchUsers", { q, viewer: null, ...page }).answer();
  return users.map(({ username }) => username);
}

Deno.test("SearchUsers finds people by how their names begin, whatever case and accents", async () => {
  for (
    const [q, usernames] of [
      ["holt", ["mira.holt"]],
      ["HÖL", ["mira.holt"]],
      ["@jonas_l", ["jonas_lind"]],
      ["elodie", ["Elodie"]],
      ["ÉLO mul", ["Elodie"]],
      ["日本", ["yuki"]],
      ["mira", ["miranda", "mira.holt"]],
      ["iranda", []],
      ["mira lind", []],
    ] as const
  ) assert.deepEqual(await found(q), usernames, `"${q}"`);
});

Deno.test("SearchUsers finds what is written together only where it stands together", async () => {
  const others = [named(6, "mira", "Holt Berg"), named(7, "holt_mira", "Mira Y. Holt")] as const;
  assert.deepEqual(await found("mira_hol", ...others), ["mira.holt"]);
  assert.deepEqual(await found("mira hol", ...others), ["holt_mira", "mira", "mira.holt"]);
});

Deno.test("SearchUsers finds people whatever signs are in their names", async () => {
  const odd = named(
    6,
    "ann",
    `Ann O'Neil \\ "Nan" & | ! :* <-> ('x'):3A \u0301 ${"ö".repeat(300)}`,
  );
  for (const q of ["o'neil", "NAN", "x", "3a", "ö".repeat(100), "o".repeat(99)]) {
    assert.deepEqual(await found(q, odd), ["ann"], `"${q}"`);
  }
});

Deno.test("SearchUsers follows a changed name", async () => {
  assert.deepEqual(await found("lind", renamed(2, "Zoë")), ["jonas_lind"]);
  assert.deepEqual(await found("zoe", renamed(2, "Zoë")), ["jonas_lind"]);
  assert.deepEqual(await found("holt", renamed(1, null)), ["mira.holt"]);
  assert.deepEqual(await found("muller", renamed(3, null)), []);
});

Deno.test("SearchUsers puts who is called that first, then who has the most followers", async () => {
  assert.deepEqual(await found("mira", followed(2, 1)), ["mira.holt", "miranda"]);
  assert.deepEqual(
    await found("Mira", followed(2, 1), named(6, "mira", null)),
    ["mira", "mira.holt", "miranda"],
  );
});

Deno.test("SearchUsers answers page by page", async () => {
  const film = given(...people, named(6, "mira", null), followed(2, 1));
  const ids = async (paging: Paging) => {
    const users = await film.asking("SearchUsers", { q: "mira", viewer: null, ...paging }).answer();
    return users.map(({ id }) => id);
  };
  assert.deepEqual(await ids({ limit: 2, offset: 0 }), [6, 1]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 1 }), [5]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 6 }), [1, 5]);
  assert.deepEqual(await ids({ limit: 2, offset: 2 }), [5]);
});

const tagged = (postId: number, ...hashtags: string[]): FilmrollEvent =>
  posted(postId, 1, { hashtags });

const posts = [
  registered(1),
  registered(2),
  tagged(1, "sea", "café"),
  tagged(2, "sea", "seagull"),
  tagged(3, "seagull", "low_tide"),
  tagged(4, "seagull"),
] as const;

async function foundTags(q: string, ...events: readonly FilmrollEvent[]): Promise<string[]> {
  const hashtags = await given(...posts, ...events).asking("SearchHashtags", { q, ...page })
    .answer();
  return hashtags.map(({ name, post_count }) => `${name} ${post_count}`);
}

Deno.test("SearchHashtags finds hashtags by how they begin, whatever case and accents", async () => {
  for (
    const [q, names] of [
      ["#Cafe", ["café 1"]],
      ["CAFÉ", ["café 1"]],
      ["se", ["seagull 3", "sea 2"]],
      ["sea", ["sea 2", "seagull 3"]],
      ["low_t", ["low_tide 1"]],
      ["tide", []],
      ["gull", []],
    ] as const
  ) assert.deepEqual(await foundTags(q), names, `"${q}"`);
});

Deno.test("SearchHashtags finds no hashtag whose last post was deleted, and finds it again", async () => {
  assert.deepEqual(await foundTags("cafe", deletedPost(1, 1)), []);
  assert.deepEqual(await foundTags("cafe", deletedPost(1, 1), tagged(5, "café")), ["café 1"]);
});

Deno.test("SearchHashtags answers page by page", async () => {
  const film = given(...posts, tagged(5, "seal"));
  const names = async (paging: Paging) => {
    const tags = await film.asking("SearchHashtags", { q: "sea", ...paging }).answer();
    return tags.map(({ name }) => name);
  };
  assert.deepEqual(await names({ limit: 2, offset: 0 }), ["sea", "seagull"]);
  assert.deepEqual(await names({ limit: 2, offset: 1 }), ["seagull", "seal"]);
  assert.deepEqual(await names({ limit: 2, offset: 0, before: hashtagId("seagull") }), ["seal"]);
});

Deno.test("searching answers whatever is asked", async () => {
  const film = given(...people, ...[tagged(1, "sea")]);
  const questions = [
    "",
    '"',
    "*",
    "%",
    "\0",
    "😀",
    "^",
    "a AND",
    "NEAR(",
    "username:",
    "x".repeat(1e4),
  ];
  for (const q of [...questions, ...fc.sample(fc.string({ unit: "binary" }), 8)]) {
    assert(Array.isArray(await film.asking("SearchUsers", { q, viewer: 1, ...page }).answer()));
    assert(Array.isArray(await film.asking("SearchHashtags", { q, ...page }).answer()));
  }
  await film.asking("SearchUsers", { q: " ", viewer: null, ...page }).answers([]);
  await film.asking("SearchHashtags", { q: "#", ...page }).answers([]);
});

Deno.test("GetHashtag and GetPostsByHashtag take a hashtag in any notation", async () => {
  const film = given(...posts);
  await film.asking("GetHashtag", { tag: "CAFE\u0301" })
    .answers({ id: hashtagId("café"), name: "café", post_count: 1 });
  for (const tag of ["cafe", "\0", ""]) {
    await film.asking("GetHashtag", { tag }).answers(null);
  }
  const ids = async (tag: string, paging: Paging = page) => {
    const found = await film.asking("GetPostsByHashtag", { tag, viewer: null, ...paging }).answer();
    return found.map(({ id }) => id);
  };
  assert.deepEqual(await ids("SeaGull"), [4, 3, 2]);
  assert.deepEqual(await ids("seagull", { limit: 1, offset: 1 }), [3]);
  assert.deepEqual(await ids("seagull", { limit: 2, offset: 0, before: 4 }), [3, 2]);
  assert.deepEqual(await ids("nothing"), []);
});

Deno.test("GetHashtag finds none whose last post was deleted", async () => {
  await given(...posts, deletedPost(1, 1)).asking("GetHashtag", { tag: "café" }).answers(null);
});

Deno.test("GetRecentPosts answers everybody's posts, newest first", async () => {
  const recent = await given(...posts).asking("GetRecentPosts", {
    viewer: 2,
    limit: 2,
    offset: 0,
    before: 4,
  }).answer();
  assert.deepEqual(recent.map(({ id }) => id), [3, 2]);
});

Deno.test("GetPopularPosts puts the most liked and discussed first", async () => {
  const popular = await given(...posts, liked(2, 2), commented(1, 1, 2), liked(1, 1))
    .asking("GetPopularPosts", { viewer: 2, limit: 3 }).answer();
  assert.deepEqual(popular.map(({ id, liked }) => [id, liked]), [[1, false], [2, true], [
    4,
    false,
  ]]);
});

Deno.test("GetPopularHashtags puts those of the most posts first", async () => {
  const popular = await given(...posts).asking("GetPopularHashtags", { limit: 2 }).answer();
  assert.deepEqual(popular.map(({ name }) => name), ["seagull", "sea"]);
});
