import { deletedPost, given, posted, registered } from "../testing.ts";

const content = "At the sea #Beach #beach";

Deno.test("CreatePost records the text, the picture and the hashtags", () => {
  const imageUrl = "/media/1.jpg";
  const alice = given(registered(1));
  alice.when("CreatePost", { by: 1, content, imageUrl }, { nextId: 9 }).then([{
    type: "PostCreated",
    data: { postId: 9, authorId: 1, content, imageUrl, images: [], hashtags: ["beach"] },
  }]);
  alice.when("CreatePost", { by: 1, content, imageUrl }, { nextId: 9 })
    .thenAnswers({ postId: 9 });
});

Deno.test("CreatePost needs a text or a picture", () => {
  const alice = given(registered(1));
  alice.when("CreatePost", { by: 1, content: null, imageUrl: "/media/1.jpg" })
    .then([posted(1, 1, { content: null, imageUrl: "/media/1.jpg" })]);
  for (const content of [null, "", " \n"]) {
    alice.when("CreatePost", { by: 1, content, imageUrl: null }).thenRefuses("invalid");
  }
});

Deno.test("CreatePost refuses a person who does not exist", () => {
  given().when("CreatePost", { by: 1, content, imageUrl: null })
    .thenRefuses("not_found", /^User not found$/);
});

Deno.test("DeletePost deletes one's own post", () => {
  given(posted(9, 1)).when("DeletePost", { by: 1, postId: 9 }).then([deletedPost(9, 1)]);
});

Deno.test("DeletePost refuses somebody else", () => {
  given(posted(9, 1)).when("DeletePost", { by: 2, postId: 9 }).thenRefuses("forbidden");
});

Deno.test("DeletePost finds no post that never was, or is no more", () => {
  given().when("DeletePost", { by: 1, postId: 9 }).thenRefuses("not_found", /^Post not found$/);
  given(posted(9, 1), deletedPost(9, 1)).when("DeletePost", { by: 1, postId: 9 })
    .thenRefuses("not_found");
});
