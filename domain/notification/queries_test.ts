import assert from "node:assert/strict";
import {
  allNotificationsRead,
  commented,
  deletedComment,
  deletedPost,
  type FilmrollEvent,
  followed,
  given,
  liked,
  notificationRead,
  NOW,
  picture,
  posted,
  registered,
  unfollowed,
  unliked,
} from "../testing.ts";

const before = [
  registered(1),
  registered(2),
  registered(3),
  posted(7, 1, { imageUrl: "/media/7.jpg" }),
] as const;

const page = { limit: 10, offset: 0 };

/** What somebody is told after the four first events: "5 like" for position 5, "read" where it is. */
async function toldTo(viewer: number, ...events: readonly FilmrollEvent[]): Promise<string[]> {
  const notifications = await given(...before, ...events)
    .asking("GetNotifications", { viewer, ...page }).answer();
  return notifications.map(({ id, type, is_read }) => `${id} ${type}${is_read ? " read" : ""}`);
}

Deno.test("GetNotifications answers likes, comments and follows, newest first", async () => {
  const row = {
    user_id: 1,
    actor_id: 2,
    actor_username: "Bob",
    actor_full_name: null,
    actor_profile_image_url: null,
    reference_id: 7,
    reference_image_url: "/media/7.jpg",
    comment_id: null,
    comment_content: null,
    is_read: false,
    following: true,
    created_at: NOW.toISOString(),
  };
  await given(...before, followed(1, 2), liked(7, 2), commented(3, 7, 2), followed(2, 1))
    .asking("GetNotifications", { viewer: 1, ...page })
    .answers([
      {
        ...row,
        id: 8,
        type: "follow",
        message: "started following you",
        reference_id: null,
        reference_image_url: null,
      },
      {
        ...row,
        id: 7,
        type: "comment",
        message: "commented on your post",
        comment_id: 3,
        comment_content: "Comment 3",
      },
      { ...row, id: 6, type: "like", message: "liked your post" },
    ]);
});

Deno.test("GetNotifications shows the smallest file of the post's first picture", async () => {
  const images = [picture(5), picture(6)];
  const film = given(...before, posted(8, 1, { images, imageUrl: "/a.jpg" }), liked(8, 2));
  const [notification] = await film.asking("GetNotifications", { viewer: 1, ...page }).answer();
  assert.equal(notification?.reference_image_url, `/media/${picture(5).hash}/320.webp`);
});

Deno.test("GetNotifications answers page by page", async () => {
  const film = given(...before, liked(7, 2), liked(7, 3), followed(2, 1), followed(3, 1));
  const ids = async (page: { limit: number; offset: number; before?: number }) => {
    const found = await film.asking("GetNotifications", { viewer: 1, ...page }).answer();
    return found.map(({ id }) => id);
  };
  assert.deepEqual(await ids({ limit: 2, offset: 0 }), [8, 7]);
  assert.deepEqual(await ids({ limit: 2, offset: 1 }), [7, 6]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 7 }), [6, 5]);
});

Deno.test("one's own likes and comments notify nobody", async () => {
  assert.deepEqual(await toldTo(1, liked(7, 1), commented(3, 7, 1)), []);
});

Deno.test("a person sees no notification of another", async () => {
  assert.deepEqual(await toldTo(2, liked(7, 2), followed(3, 1)), []);
  await given(...before, liked(7, 2)).asking("GetNotification", { id: 5, viewer: 2 }).answers(null);
});

Deno.test("undoing withdraws a notification that is unread", async () => {
  assert.deepEqual(await toldTo(1, liked(7, 2), liked(7, 3), unliked(7, 2)), ["6 like"]);
  assert.deepEqual(await toldTo(1, followed(2, 1), unfollowed(2, 1)), []);
  assert.deepEqual(
    await toldTo(1, commented(3, 7, 2), commented(4, 7, 2), deletedComment(3, 7, 2)),
    ["6 comment"],
  );
});

Deno.test("undoing leaves a notification that was read", async () => {
  assert.deepEqual(await toldTo(1, liked(7, 2), notificationRead(5, 1), unliked(7, 2)), [
    "5 like read",
  ]);
  assert.deepEqual(await toldTo(1, liked(7, 2), allNotificationsRead(1, 5), unliked(7, 2)), [
    "5 like read",
  ]);
  assert.deepEqual(
    await toldTo(1, followed(2, 1), notificationRead(5, 1), unfollowed(2, 1)),
    ["5 follow read"],
  );
  assert.deepEqual(
    await toldTo(1, commented(3, 7, 2), notificationRead(5, 1), deletedComment(3, 7, 2)),
    ["5 comment read"],
  );
});

Deno.test("liking or following again notifies again only where the earlier was withdrawn", async () => {
  assert.deepEqual(await toldTo(1, liked(7, 2), unliked(7, 2), liked(7, 2)), ["7 like"]);
  assert.deepEqual(
    await toldTo(1, liked(7, 2), notificationRead(5, 1), unliked(7, 2), liked(7, 2)),
    ["5 like read"],
  );
  assert.deepEqual(
    await toldTo(1, followed(2, 1), allNotificationsRead(1, 5), unfollowed(2, 1), followed(2, 1)),
    ["5 follow read"],
  );
});

Deno.test("deleting a post removes its notifications, read or not, and no others", async () => {
  assert.deepEqual(
    await toldTo(
      1,
      posted(8, 1),
      liked(7, 2),
      commented(3, 7, 2),
      liked(8, 2),
      followed(2, 1),
      notificationRead(6, 1),
      deletedPost(7, 1),
    ),
    ["9 follow", "8 like"],
  );
});

Deno.test("marking all as read leaves what comes later unread", async () => {
  assert.deepEqual(
    await toldTo(1, liked(7, 2), liked(7, 3), allNotificationsRead(1, 6), followed(2, 1)),
    ["8 follow", "6 like read", "5 like read"],
  );
});

Deno.test("GetUnreadNotificationCount and GetLatestUnreadNotificationId follow reading", async () => {
  for (
    const [events, count, latest] of [
      [[], 0, 0],
      [[liked(7, 2), liked(7, 3)], 2, 6],
      [[liked(7, 2), liked(7, 3), notificationRead(6, 1)], 1, 5],
      [[liked(7, 2), liked(7, 3), allNotificationsRead(1, 5)], 1, 6],
      [[liked(7, 2), liked(7, 3), allNotificationsRead(1, 6)], 0, 0],
      [[liked(7, 2), unliked(7, 2)], 0, 0],
    ] as const
  ) {
    const film = given(...before, ...events);
    await film.asking("GetUnreadNotificationCount", { viewer: 1 }).answers(count);
    await film.asking("GetLatestUnreadNotificationId", { viewer: 1 }).answers(latest);
    await film.asking("GetUnreadNotificationCount", { viewer: 2 }).answers(0);
  }
});

Deno.test("GetUnreadNotificationCount counts no further than 100", async () => {
  const likes = Array.from({ length: 120 }, (_, index) => liked(7, index + 10));
  await given(...before, ...likes).asking("GetUnreadNotificationCount", { viewer: 1 }).answers(100);
});
