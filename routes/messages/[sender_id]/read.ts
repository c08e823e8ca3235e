import { z } from "zod";
import { markRead, requireCorrespondent } from "../../../web/messages.ts";
import { endpoint, operation, pageOnly, seeOther } from "../../../web/operation.ts";
import { Done, IdText } from "../../../web/schemas.ts";

export const handler = endpoint<never>({
  GET: pageOnly({ page: ({ params }) => seeOther(`/messages/${params.sender_id}`) }),
  POST: operation({
    summary: "Mark all that somebody sent as read",
    does: "MarkMessagesRead",
    auth: "required",
    params: z.object({ sender_id: IdText }),
    answers: [200, Done],
    async run(ctx, { params: { sender_id }, caller }) {
      await requireCorrespondent(ctx, sender_id);
      await markRead(ctx, caller.id, sender_id);
      return { status: "ok" };
    },
    seeOther: ({ params: { sender_id } }) => `/messages/${sender_id}`,
  }),
});
