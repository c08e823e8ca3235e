import { page } from "fresh";
import { z } from "zod";
import { MESSAGES, requireCorrespondent, threadPage } from "../../../web/messages.ts";
import { endpoint, operation, seeOther } from "../../../web/operation.ts";
import { IdText, Message, pageOf } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";
import ThreadPage from "../(_components)/ThreadPage.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "What one and somebody else wrote to each other, newest first",
    does: "GetConversation",
    auth: "required",
    params: z.object({ user_id: IdText }),
    query: pageOf(MESSAGES),
    answers: [200, z.array(Message)],
    async run(ctx, { params: { user_id }, query, caller }) {
      const other = await requireCorrespondent(ctx, user_id);
      const messages = await ctx.state.filmroll.queries.ask("GetConversation", {
        viewer: caller.id,
        otherId: user_id,
        ...query,
      });
      return { other, messages };
    },
    json: (_, __, { messages }) => Promise.resolve(messages),
    page: (ctx, { query, caller }, { other, messages }) =>
      other.id === caller.id
        ? seeOther("/messages")
        : page(threadPage(ctx, other, messages, query)),
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <ThreadPage {...data} state={state} url={url} />
));
