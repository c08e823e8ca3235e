import { endpoint, operation, pageOnly, seeOther } from "../../web/operation.ts";
import { Done } from "../../web/schemas.ts";

export const handler = endpoint<never>({
  GET: pageOnly({ page: () => seeOther("/notifications") }),
  POST: operation({
    summary: "Mark all notifications as read",
    does: "MarkAllNotificationsRead",
    auth: "required",
    answers: [200, Done],
    async run({ state: { filmroll } }, { caller: { id }, sender }) {
      const upTo = await filmroll.queries.ask("GetLatestUnreadNotificationId", { viewer: id });
      return await filmroll.commands.execute("MarkAllNotificationsRead", {
        by: id,
        upTo: upTo ?? 0,
      }, sender);
    },
    seeOther: () => "/notifications",
  }),
});
