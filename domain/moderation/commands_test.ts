import assert from "node:assert/strict";
import { type FilmrollEvent, given, registered } from "../testing.ts";

const event = (type: string, userId: number) => ({ type, data: { userId } }) as FilmrollEvent;
const suspended = event("UserSuspended", 2);
const reinstated = event("UserReinstated", 2);
const people = [registered(1), registered(2)] as const;

Deno.test("SuspendUser suspends once, and again after reinstating", () => {
  given(...people).when("SuspendUser", { userId: 2 }).then([suspended]);
  given(...people, suspended).when("SuspendUser", { userId: 2 }).thenNothing();
  given(...people, suspended, reinstated).when("SuspendUser", { userId: 2 }).then([suspended]);
});

Deno.test("ReinstateUser reinstates who is suspended, and nobody else", () => {
  given(...people, suspended).when("ReinstateUser", { userId: 2 }).then([reinstated]);
  given(...people).when("ReinstateUser", { userId: 2 }).thenNothing();
});

Deno.test("AppointAdmin appoints all but the first, who is one already", () => {
  given(...people).when("AppointAdmin", { userId: 2 }).then([event("AdminAppointed", 2)]);
  given(...people).when("AppointAdmin", { userId: 1 }).thenNothing();
});

Deno.test("DismissAdmin dismisses who was appointed, and the first", () => {
  given(...people).when("DismissAdmin", { userId: 1 }).then([event("AdminDismissed", 1)]);
  given(...people, event("AdminAppointed", 2)).when("DismissAdmin", { userId: 2 })
    .then([event("AdminDismissed", 2)]);
  given(...people).when("DismissAdmin", { userId: 2 }).thenNothing();
});

Deno.test("nobody who does not exist is moderated", () => {
  for (const name of ["SuspendUser", "ReinstateUser", "AppointAdmin", "DismissAdmin"] as const) {
    given(...people).when(name, { userId: 3 }).thenRefuses("not_found", /^User not found$/);
  }
});

Deno.test("GetMember tells who is an admin and who is suspended", async () => {
  const assertMember = async (
    id: number,
    events: FilmrollEvent[],
    wanted: { is_admin: boolean; is_suspended: boolean },
  ) => {
    const member = await given(...people, ...events).asking("GetMember", { id }).answer();
    const { is_admin, is_suspended } = member!;
    assert.deepEqual({ is_admin, is_suspended }, wanted);
  };
  const member = { is_admin: false, is_suspended: false };
  await assertMember(1, [], { ...member, is_admin: true });
  await assertMember(1, [event("AdminDismissed", 1)], member);
  await assertMember(2, [], member);
  await assertMember(2, [suspended], { ...member, is_suspended: true });
  await assertMember(2, [suspended, reinstated], member);
  await assertMember(2, [suspended, event("AdminAppointed", 2)], {
    is_admin: true,
    is_suspended: true,
  });
});

Deno.test("GetMembers goes through everybody in order", async () => {
  const usernames = async (after: number) =>
    (await given(...people, registered(3)).asking("GetMembers", { after, limit: 2 }).answer())
      .map(({ username }) => username);
  assert.deepEqual([await usernames(0), await usernames(2)], [["Alice", "Bob"], ["Carol"]]);
});
