import assert from "node:assert/strict";
import { deletedPost, given, liked, posted, registered, unliked } from "../testing.ts";

const before = [registered(1), registered(2), posted(7, 1)] as const;

Deno.test("like_projection follows likes and unlikes", async () => {
  for (
    const [events, isLiked] of [
      [[], false],
      [[liked(7, 2)], true],
      [[liked(7, 2), unliked(7, 2)], false],
      [[liked(7, 2), unliked(7, 2), liked(7, 2)], true],
      [[liked(7, 1)], false],
    ] as const
  ) {
    const post = await given(...before, ...events).asking("GetPost", { id: 7, viewer: 2 })
      .answer();
    assert.equal(post?.liked, isLiked);
  }
});

Deno.test("GetLikeCount counts who likes a post", async () => {
  const film = given(...before, liked(7, 1), liked(7, 2), unliked(7, 1));
  await film.asking("GetLikeCount", { postId: 7 }).answers(1);
  await film.asking("GetLikeCount", { postId: 8 }).answers(null);
});

Deno.test("GetLikeCount finds no post that was deleted", async () => {
  await given(...before, liked(7, 1), deletedPost(7, 1))
    .asking("GetLikeCount", { postId: 7 }).answers(null);
});
