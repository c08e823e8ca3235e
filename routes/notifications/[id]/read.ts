import { z } from "zod";
import { notFound } from "../../../domain/core/errors.ts";
import { sourceOf } from "../../../web/notifications.ts";
import { endpoint, operation, pageOnly, seeOther } from "../../../web/operation.ts";
import { Done, IdText } from "../../../web/schemas.ts";

export const handler = endpoint<never>({
  GET: pageOnly({ page: () => seeOther("/notifications") }),
  POST: operation({
    summary: "Mark a notification as read",
    does: "MarkNotificationRead",
    auth: "required",
    params: z.object({ id: IdText }),
    answers: [200, Done],
    async run({ state: { filmroll } }, { params: { id }, caller, sender }) {
      const notification = await filmroll.queries.ask("GetNotification", { id, viewer: caller.id });
      if (notification === null) throw notFound("Notification");
      return await filmroll.commands.execute("MarkNotificationRead", {
        by: caller.id,
        notificationId: id,
        source: sourceOf(notification),
      }, sender);
    },
    seeOther: () => "/notifications",
  }),
});
