import { commented, deletedComment, deletedPost, given, posted, registered } from "../testing.ts";

const before = [registered(1), registered(2), posted(7, 1)] as const;

Deno.test("CreateComment records a comment", () => {
  const comment = given(...before)
    .when("CreateComment", { by: 2, postId: 7, content: "Comment 3" }, { nextId: 3 });
  comment.then([commented(3, 7, 2)]);
  comment.thenAnswers({ commentId: 3 });
});

Deno.test("CreateComment refuses an empty comment", () => {
  given(...before).when("CreateComment", { by: 2, postId: 7, content: " \n" })
    .thenRefuses("invalid", /^Must not be empty$/);
});

Deno.test("CreateComment finds no post that never was, or is no more", () => {
  const comment = { by: 2, postId: 7, content: "Look!" };
  given(registered(2)).when("CreateComment", comment)
    .thenRefuses("not_found", /^Post not found$/);
  given(...before, deletedPost(7, 1)).when("CreateComment", comment)
    .thenRefuses("not_found", /^Post not found$/);
});

Deno.test("CreateComment refuses a person who does not exist", () => {
  given(...before).when("CreateComment", { by: 9, postId: 7, content: "Look!" })
    .thenRefuses("not_found", /^User not found$/);
});

const remove = { by: 2, commentId: 3, postId: 7 };

Deno.test("DeleteComment deletes one's own comment", () => {
  given(...before, commented(3, 7, 2)).when("DeleteComment", remove)
    .then([deletedComment(3, 7, 2)]);
});

Deno.test("DeleteComment refuses somebody else, even the author of the post", () => {
  given(...before, commented(3, 7, 2)).when("DeleteComment", { ...remove, by: 1 })
    .thenRefuses("forbidden");
});

Deno.test("DeleteComment finds no comment that never was, or is no more", () => {
  for (
    const film of [
      given(...before),
      given(...before, commented(3, 7, 2), deletedComment(3, 7, 2)),
      given(...before, commented(3, 7, 2), deletedPost(7, 1)),
      given(...before, posted(8, 1), commented(3, 8, 2)),
    ]
  ) film.when("DeleteComment", remove).thenRefuses("not_found", /^Comment not found$/);
});
