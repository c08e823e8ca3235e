import { deletedPost, given, liked, posted, registered, unliked } from "../testing.ts";

const before = [registered(1), registered(2), posted(7, 1)] as const;

Deno.test("ToggleLike likes what is not liked", () => {
  const toggle = given(...before).when("ToggleLike", { by: 2, postId: 7 });
  toggle.then([liked(7, 2)]);
  toggle.thenAnswers({ liked: true });
});

Deno.test("ToggleLike unlikes what is liked", () => {
  const toggle = given(...before, liked(7, 2)).when("ToggleLike", { by: 2, postId: 7 });
  toggle.then([unliked(7, 2)]);
  toggle.thenAnswers({ liked: false });
});

Deno.test("ToggleLike likes again what was unliked", () => {
  given(...before, liked(7, 2), unliked(7, 2))
    .when("ToggleLike", { by: 2, postId: 7 }).then([liked(7, 2)]);
});

Deno.test("ToggleLike knows one person's like from another's", () => {
  given(...before, liked(7, 1)).when("ToggleLike", { by: 2, postId: 7 }).then([liked(7, 2)]);
});

Deno.test("SetLike makes it so, and does nothing when it is so", () => {
  const like = { by: 2, postId: 7, liked: true };
  const unlike = { by: 2, postId: 7, liked: false };
  given(...before).when("SetLike", like).then([liked(7, 2)]);
  given(...before).when("SetLike", unlike).thenNothing();
  given(...before, liked(7, 2)).when("SetLike", like).thenNothing();
  given(...before, liked(7, 2)).when("SetLike", like).thenAnswers({ liked: true });
  given(...before, liked(7, 2)).when("SetLike", unlike).then([unliked(7, 2)]);
  given(...before, liked(7, 2)).when("SetLike", unlike).thenAnswers({ liked: false });
});

Deno.test("a post that is not there can be neither liked nor unliked", () => {
  for (const film of [given(registered(2)), given(...before, liked(7, 2), deletedPost(7, 1))]) {
    film.when("ToggleLike", { by: 2, postId: 7 }).thenRefuses("not_found", /^Post not found$/);
    film.when("SetLike", { by: 2, postId: 7, liked: true }).thenRefuses("not_found");
    film.when("SetLike", { by: 2, postId: 7, liked: false }).thenRefuses("not_found");
  }
});
