import assert from "node:assert/strict";
import type { Statement } from "../core/statement.ts";
import { openFilmroll } from "../mod.ts";
import {
  commented,
  deletedComment,
  deletedPost,
  type FilmrollEvent,
  given,
  liked,
  openInMemory,
  posted,
  registered,
  unliked,
} from "../testing.ts";

async function countsAfter(...events: FilmrollEvent[]) {
  const post = await given(registered(1), registered(2), posted(1, 1), ...events)
    .asking("GetPost", { id: 1, viewer: null }).answer();
  return post === null ? null : { likes: post.like_count, comments: post.comment_count };
}

Deno.test("post_projection counts likes and comments that stand", async () => {
  assert.deepEqual(await countsAfter(), { likes: 0, comments: 0 });
  assert.deepEqual(
    await countsAfter(
      liked(1, 1),
      liked(1, 2),
      unliked(1, 1),
      commented(1, 1, 2),
      commented(2, 1, 2),
      commented(3, 1, 2),
      deletedComment(2, 1, 2),
    ),
    { likes: 1, comments: 2 },
  );
});

Deno.test("post_projection leaves the counts of other posts alone", async () => {
  assert.deepEqual(
    await countsAfter(posted(2, 1), liked(2, 1), commented(1, 2, 1), deletedPost(2, 1)),
    { likes: 0, comments: 0 },
  );
});

Deno.test("a deleted post is gone", async () => {
  assert.equal(await countsAfter(deletedPost(1, 1)), null);
});

Deno.test("deleting a post removes all that hung on it, and nothing else", async () => {
  const store = openInMemory();
  const { commands } = openFilmroll(store);
  const alice = { actor: 1 };
  await commands.execute("RegisterUser", {
    username: "Alice",
    email: "alice@example.com",
    fullName: null,
    passwordHash: "hash",
  }, { actor: null });
  for (const content of ["#cat #sea", "#cat #dog"]) {
    const { postId } = await commands.execute(
      "CreatePost",
      { by: 1, content, imageUrl: null },
      alice,
    );
    await commands.execute("ToggleLike", { by: 1, postId }, alice);
    await commands.execute("CreateComment", { by: 1, postId, content: "Look!" }, alice);
  }
  await commands.execute("DeletePost", { by: 1, postId: 1 }, alice);

  const rows = async (text: string) => {
    const statement: Statement = { texts: [text], params: [] };
    return (await store.query(statement)).map((row) => Object.values(row));
  };
  assert.deepEqual(await rows("SELECT id FROM post_projection"), [[2]]);
  assert.deepEqual(await rows("SELECT post_id, user_id FROM like_projection"), [[2, 1]]);
  assert.deepEqual(await rows("SELECT id, post_id FROM comment_projection"), [[2, 2]]);
  assert.deepEqual(await rows("SELECT name, post_count FROM hashtag_projection ORDER BY name"), [
    ["cat", 1],
    ["dog", 1],
  ]);
  assert.deepEqual(await rows("SELECT name FROM hashtag_search_projection ORDER BY name"), [
    ["cat"],
    ["dog"],
  ]);
  assert.deepEqual(
    await rows(`SELECT h.name, p.post_id FROM post_hashtag_projection p
      JOIN hashtag_projection h ON h.id = p.hashtag_id ORDER BY h.name`),
    [["cat", 2], ["dog", 2]],
  );
  assert.deepEqual(await rows("SELECT post_count FROM user_projection"), [[1]]);
  await store.close();
});
