import assert from "node:assert/strict";
import {
  commented,
  deletedComment,
  deletedPost,
  given,
  NOW,
  posted,
  registered,
} from "../testing.ts";

const film = [
  registered(1),
  registered(2),
  posted(7, 1),
  posted(8, 1),
  ...[1, 2, 3, 4, 5].map((id) => commented(id, 7, 2)),
  commented(6, 8, 2),
  deletedComment(4, 7, 2),
] as const;

Deno.test("GetComment answers a comment with its author", async () => {
  await given(...film).asking("GetComment", { id: 1 }).answers({
    id: 1,
    post_id: 7,
    author_id: 2,
    author_username: "Bob",
    author_profile_image_url: null,
    content: "Comment 1",
    created_at: NOW.toISOString(),
  });
});

Deno.test("GetComment answers null for a comment that is not there", async () => {
  await given(...film).asking("GetComment", { id: 4 }).answers(null);
  await given(...film).asking("GetComment", { id: 9 }).answers(null);
  await given(...film, deletedPost(7, 1)).asking("GetComment", { id: 1 }).answers(null);
});

Deno.test("GetPostComments answers a post's comments, newest first, page by page", async () => {
  const ids = async (page: { limit: number; offset: number; before?: number }) => {
    const comments = await given(...film).asking("GetPostComments", { postId: 7, ...page })
      .answer();
    return comments.map(({ id }) => id);
  };
  assert.deepEqual(await ids({ limit: 10, offset: 0 }), [5, 3, 2, 1]);
  assert.deepEqual(await ids({ limit: 2, offset: 1 }), [3, 2]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 3 }), [2, 1]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 4 }), [3, 2]);
});

Deno.test("GetPostComments answers none for a post that was deleted", async () => {
  await given(...film, deletedPost(7, 1))
    .asking("GetPostComments", { postId: 7, limit: 10, offset: 0 }).answers([]);
  const elsewhere = await given(...film, deletedPost(7, 1)).asking("GetComment", { id: 6 })
    .answer();
  assert.equal(elsewhere?.post_id, 8);
});
