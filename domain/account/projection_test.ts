import assert from "node:assert/strict";
import {
  deletedPost,
  type FilmrollEvent,
  followed,
  given,
  posted,
  registered,
  unfollowed,
} from "../testing.ts";

async function countsOf(id: number, ...events: FilmrollEvent[]) {
  const profile = await given(registered(1), registered(2), registered(3), ...events)
    .asking("GetUserProfile", { id, viewer: null }).answer();
  const { post_count, follower_count, following_count } = profile!;
  return { posts: post_count, followers: follower_count, following: following_count };
}

Deno.test("user_projection begins without posts and followers", async () => {
  assert.deepEqual(await countsOf(1), { posts: 0, followers: 0, following: 0 });
});

Deno.test("user_projection counts posts that stand", async () => {
  const events = [posted(1, 1), posted(2, 1), posted(3, 2), deletedPost(1, 1)];
  assert.equal((await countsOf(1, ...events)).posts, 1);
  assert.equal((await countsOf(2, ...events)).posts, 1);
});

Deno.test("user_projection counts followers and followed", async () => {
  const events = [followed(1, 2), followed(3, 2), followed(2, 1), unfollowed(3, 2)];
  assert.deepEqual(await countsOf(2, ...events), { posts: 0, followers: 1, following: 1 });
  assert.deepEqual(await countsOf(3, ...events), { posts: 0, followers: 0, following: 0 });
});

Deno.test("user_projection changes the fields that were updated, and only those", async () => {
  const profile = await given(
    registered(1),
    registered(2),
    { type: "ProfileUpdated", data: { userId: 1, fullName: "Alice", bio: "Curious" } },
    { type: "ProfileUpdated", data: { userId: 1, bio: null, profileImageUrl: "/media/a.jpg" } },
  ).asking("GetUserProfile", { id: 1, viewer: null }).answer();
  assert.equal(profile?.full_name, "Alice");
  assert.equal(profile?.bio, null);
  assert.equal(profile?.profile_image_url, "/media/a.jpg");
});
