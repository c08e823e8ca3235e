import {
  allNotificationsRead,
  commented,
  deletedComment,
  deletedPost,
  followed,
  given,
  liked,
  notificationRead,
  posted,
  registered,
  unfollowed,
  unliked,
} from "../testing.ts";

// The first three events; what follows has position 4, and a notification has its event's.
const before = [registered(1), registered(2), posted(7, 1)] as const;

const sources = {
  like: { type: "like", postId: 7, actorId: 2 },
  comment: { type: "comment", postId: 7, commentId: 3 },
  follow: { type: "follow", followerId: 2, followeeId: 1 },
} as const;

const told = { like: liked(7, 2), comment: commented(3, 7, 2), follow: followed(2, 1) } as const;
const undone = {
  like: unliked(7, 2),
  comment: deletedComment(3, 7, 2),
  follow: unfollowed(2, 1),
} as const;

for (const type of ["like", "comment", "follow"] as const) {
  const mark = { by: 1, notificationId: 4, source: sources[type] };

  Deno.test(`MarkNotificationRead marks a ${type} as read`, () => {
    const marking = given(...before, told[type]).when("MarkNotificationRead", mark);
    marking.then([notificationRead(4, 1)]);
    marking.thenAnswers({ status: "ok" });
  });

  Deno.test(`MarkNotificationRead of a ${type} does nothing when it is read already`, () => {
    given(...before, told[type], notificationRead(4, 1)).when("MarkNotificationRead", mark)
      .thenNothing();
    given(...before, told[type], allNotificationsRead(1, 4)).when("MarkNotificationRead", mark)
      .thenNothing();
  });

  Deno.test(`MarkNotificationRead finds no ${type} of somebody else`, () => {
    given(...before, told[type]).when("MarkNotificationRead", { ...mark, by: 2 })
      .thenRefuses("not_found", /^Notification not found$/);
  });

  Deno.test(`MarkNotificationRead finds no ${type} that was withdrawn`, () => {
    given(...before, told[type], undone[type]).when("MarkNotificationRead", mark)
      .thenRefuses("not_found");
  });

  Deno.test(`MarkNotificationRead still finds a ${type} that was read before it was undone`, () => {
    given(...before, told[type], notificationRead(4, 1), undone[type]).when(
      "MarkNotificationRead",
      mark,
    )
      .thenNothing();
  });

  Deno.test(`MarkNotificationRead finds no ${type} under another number`, () => {
    given(...before, told[type]).when("MarkNotificationRead", { ...mark, notificationId: 5 })
      .thenRefuses("not_found");
  });
}

Deno.test("MarkNotificationRead finds nothing of a deleted post", () => {
  for (const type of ["like", "comment"] as const) {
    given(...before, told[type], notificationRead(4, 1), deletedPost(7, 1))
      .when("MarkNotificationRead", { by: 1, notificationId: 4, source: sources[type] })
      .thenRefuses("not_found");
  }
});

Deno.test("MarkAllNotificationsRead records one event, and none when nothing is new", () => {
  given(...before, told.like, told.follow)
    .when("MarkAllNotificationsRead", { by: 1, upTo: 5 }).then([allNotificationsRead(1, 5)]);
  given(...before, told.like, allNotificationsRead(1, 4))
    .when("MarkAllNotificationsRead", { by: 1, upTo: 4 }).thenNothing();
  given(...before).when("MarkAllNotificationsRead", { by: 1, upTo: 0 }).thenNothing();
});
