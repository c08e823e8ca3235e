import assert from "node:assert/strict";
import { imageOf } from "../media/image.ts";
import { described, given, liked, NOW, picture, posted, registered } from "../testing.ts";

const film = given(
  registered(1),
  registered(2),
  posted(1, 1, { imageUrl: "/media/1.jpg" }),
  posted(2, 2),
  posted(3, 1),
  posted(4, 1),
  liked(1, 2),
);

Deno.test("GetPost answers a post with its author and its counts", async () => {
  await film.asking("GetPost", { id: 1, viewer: null }).answers({
    id: 1,
    author_id: 1,
    author_username: "Alice",
    author_full_name: null,
    author_profile_image_url: null,
    content: "Post 1",
    image_url: "/media/1.jpg",
    images: [{
      url: "/media/1.jpg",
      width: null,
      height: null,
      alt: "",
      placeholder: null,
      srcset: null,
      animated: false,
    }],
    like_count: 1,
    comment_count: 0,
    originally_posted_at: null,
    liked: false,
    created_at: NOW.toISOString(),
  });
});

Deno.test("GetPost answers the pictures that are kept, in their order, then the one that is linked", async () => {
  const linked = "https://example.org/sea.jpg";
  const post = await given(
    registered(1),
    posted(1, 1, { images: [picture(7), picture(5, "A cat")], imageUrl: linked }),
  ).asking("GetPost", { id: 1, viewer: null }).answer();
  assert.deepEqual(post?.images.map(({ url }) => url), [
    imageOf(picture(7)).url,
    imageOf(picture(5)).url,
    linked,
  ]);
  assert.equal(post?.images[1]?.alt, "A cat");
  assert.equal(post?.image_url, imageOf(picture(7)).url);
});

Deno.test("a picture that is described anew says so in its post, and the others stay", async () => {
  const images = [picture(7, "Seven"), picture(5, "Five"), picture(6, "Six")];
  for (const [kind, alts] of [["post", ["Seven", "A cat", "Six"]], ["story", null]] as const) {
    const post = await given(
      registered(1),
      posted(1, 1, { images }),
      described(5, 1, "A cat", { kind, id: 1 }),
    ).asking("GetPost", { id: 1, viewer: null }).answer();
    assert.deepEqual(post?.images.map(({ alt }) => alt), alts ?? ["Seven", "Five", "Six"]);
  }
});

Deno.test("GetPost tells whether the viewer likes the post", async () => {
  for (const [viewer, liked] of [[1, false], [2, true], [null, false]] as const) {
    const post = await film.asking("GetPost", { id: 1, viewer }).answer();
    assert.equal(post?.liked, liked);
  }
});

Deno.test("GetPost answers null where there is none", async () => {
  await film.asking("GetPost", { id: 9, viewer: null }).answers(null);
});

Deno.test("GetUserPosts answers one person's posts, newest first, page by page", async () => {
  const ids = async (page: { limit: number; offset: number; before?: number }) => {
    const posts = await film.asking("GetUserPosts", { id: 1, viewer: null, ...page }).answer();
    return posts.map(({ id }) => id);
  };
  assert.deepEqual(await ids({ limit: 10, offset: 0 }), [4, 3, 1]);
  assert.deepEqual(await ids({ limit: 2, offset: 0 }), [4, 3]);
  assert.deepEqual(await ids({ limit: 2, offset: 2 }), [1]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 4 }), [3, 1]);
  assert.deepEqual(await ids({ limit: 2, offset: Number.MAX_SAFE_INTEGER }), []);
});

Deno.test("GetUserPosts answers none for nobody", async () => {
  await film.asking("GetUserPosts", { id: 9, viewer: null, limit: 10, offset: 0 }).answers([]);
});
