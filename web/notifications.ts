import type { NotificationView } from "../domain/notification/queries.ts";
import type { NotificationSource } from "../domain/notification/state.ts";

/** What a notification tells of, as commands name it. */
export function sourceOf(
  { type, user_id, actor_id, reference_id, comment_id }: NotificationView,
): NotificationSource {
  switch (type) {
    case "like":
      return { type, postId: reference_id!, actorId: actor_id };
    case "comment":
      return { type, postId: reference_id!, commentId: comment_id! };
    case "follow":
      return { type, followerId: actor_id, followeeId: user_id };
  }
}
