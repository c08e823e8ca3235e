import { type FilmrollEvent, given, registered } from "../testing.ts";

const offer = { userId: 1, tokenHash: "hash" };
const reset = { resetId: 5, userId: 1, passwordHash: "another" };

const offered: FilmrollEvent = {
  type: "PasswordResetOffered",
  data: { resetId: 5, userId: 1, expiresAt: "2026-03-01T13:00:00.000Z" },
};
const done: FilmrollEvent = { type: "PasswordReset", data: { resetId: 5, userId: 1 } };

Deno.test("OfferPasswordReset makes a link that is good for an hour", () => {
  given(registered(1)).when("OfferPasswordReset", offer, { nextId: 5 }).then([offered]);
  given().when("OfferPasswordReset", offer).thenRefuses("not_found", /^User not found$/);
});

Deno.test("ResetPassword takes a link once", () => {
  given(registered(1), offered).when("ResetPassword", reset).then([done]);
  given(registered(1), offered, done).when("ResetPassword", reset)
    .thenRefuses("refused", /used already/);
});

Deno.test("ResetPassword refuses a link that has run out, is somebody else's, or never was", () => {
  const now = new Date("2026-03-01T13:00:00.000Z");
  given(registered(1), offered).when("ResetPassword", reset, { now }).thenRefuses("refused");
  given(registered(1), registered(2), offered).when("ResetPassword", { ...reset, userId: 2 })
    .thenRefuses("refused");
  given(registered(1)).when("ResetPassword", reset).thenRefuses("refused");
});
