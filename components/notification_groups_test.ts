import assert from "node:assert/strict";
import type { Notification } from "../web/schemas.ts";
import { groupNotifications, namedActors } from "./notification_groups.ts";

const NOW = Date.parse("2026-03-10T12:00:00.000Z");
const HOUR = 60 * 60_000;

function notification(
  id: number,
  hoursAgo: number,
  fields: Partial<Notification> = {},
): Notification {
  return {
    id,
    user_id: 1,
    actor_id: id + 100,
    actor_username: `person${id}`,
    actor_full_name: null,
    actor_profile_image_url: null,
    type: "like",
    reference_id: 7,
    reference_image_url: null,
    comment_id: null,
    comment_content: null,
    message: "liked your post",
    is_read: false,
    following: false,
    created_at: new Date(NOW - hoursAgo * HOUR).toISOString(),
    ...fields,
  };
}

const outline = (notifications: readonly Notification[]) =>
  groupNotifications(notifications, NOW).map(({ title, groups }) => [
    title,
    ...groups.map((group) => group.map(({ id }) => id)),
  ]);

Deno.test("likes of one post are one line, where the latest of them stands", () => {
  assert.deepEqual(
    outline([
      notification(9, 1),
      notification(8, 2, { type: "comment" }),
      notification(7, 3),
      notification(6, 4, { reference_id: 8 }),
    ]),
    [["Today", [9, 7], [8], [6]]],
  );
});

Deno.test("comments and follows are a line each", () => {
  assert.deepEqual(
    outline([
      notification(9, 1, { type: "comment" }),
      notification(8, 2, { type: "comment" }),
      notification(7, 3, { type: "follow", reference_id: null }),
      notification(6, 4, { type: "follow", reference_id: null }),
    ]),
    [["Today", [9], [8], [7], [6]]],
  );
});

Deno.test("notifications stand by their age, and empty sections are left out", () => {
  assert.deepEqual(
    outline([notification(9, 23), notification(8, 24), notification(7, 24 * 7)]),
    [["Today", [9]], ["This week", [8]], ["Earlier", [7]]],
  );
  assert.deepEqual(outline([notification(7, 24 * 30)]), [["Earlier", [7]]]);
  assert.deepEqual(outline([]), []);
});

Deno.test("a line names three people, or two and how many others", () => {
  assert.deepEqual(namedActors(["ana"]), { named: ["ana"], others: 0 });
  assert.deepEqual(namedActors(["ana", "ben", "cy"]), { named: ["ana", "ben", "cy"], others: 0 });
  assert.deepEqual(namedActors(["ana", "ben", "cy", "di"]), { named: ["ana", "ben"], others: 2 });
});
