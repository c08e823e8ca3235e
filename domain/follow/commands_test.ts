import { closed, followed, given, registered, unfollowed } from "../testing.ts";

const before = [registered(1), registered(2)] as const;
const follow = { by: 1, userId: 2 };

Deno.test("FollowUser follows", () => {
  given(...before).when("FollowUser", follow).then([followed(1, 2)]);
  given(...before).when("FollowUser", follow).thenAnswers({ following: true });
});

Deno.test("FollowUser follows again after unfollowing", () => {
  given(...before, followed(1, 2), unfollowed(1, 2)).when("FollowUser", follow)
    .then([followed(1, 2)]);
});

Deno.test("FollowUser knows who follows from who is followed", () => {
  given(...before, followed(2, 1)).when("FollowUser", follow).then([followed(1, 2)]);
});

Deno.test("FollowUser refuses oneself, nobody, and whom one follows", () => {
  given(...before).when("FollowUser", { by: 1, userId: 1 }).thenRefuses("refused", /yourself/);
  given(...before).when("FollowUser", { by: 1, userId: 3 })
    .thenRefuses("not_found", /^User not found$/);
  given(...before, followed(1, 2)).when("FollowUser", follow)
    .thenRefuses("refused", /^Already following/);
});

Deno.test("UnfollowUser unfollows", () => {
  given(...before, followed(1, 2)).when("UnfollowUser", follow).then([unfollowed(1, 2)]);
  given(...before, followed(1, 2)).when("UnfollowUser", follow)
    .thenAnswers({ following: false });
});

Deno.test("UnfollowUser refuses nobody, and whom one does not follow", () => {
  given(...before).when("UnfollowUser", { by: 1, userId: 3 }).thenRefuses("not_found");
  for (const events of [[], [followed(1, 2), unfollowed(1, 2)], [followed(2, 1)]]) {
    given(...before, ...events).when("UnfollowUser", follow)
      .thenRefuses("refused", /^Not following/);
  }
});

Deno.test("UnfollowUser ends following somebody whose account is closed", () => {
  given(registered(1), registered(2), followed(1, 2), closed(2))
    .when("UnfollowUser", { by: 1, userId: 2 }).then([unfollowed(1, 2)]);
});
