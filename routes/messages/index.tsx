import { page } from "fresh";
import { z } from "zod";
import { markRead, threadAgain, type ThreadPageData } from "../../web/messages.ts";
import { endpoint, type ListPage, listPage, operation } from "../../web/operation.ts";
import { Conversation, Message, MessageCreate, pageOf } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import ConversationsPage from "./(_components)/ConversationsPage.tsx";
import ThreadPage from "./(_components)/ThreadPage.tsx";

type Data = ListPage<Conversation> | ThreadPageData;

export const handler = endpoint<Data>({
  GET: operation({
    summary: "One's conversations with the latest message of each, the latest first",
    does: "GetConversations",
    auth: "required",
    query: pageOf(100),
    answers: [200, z.array(Conversation)],
    run: ({ state: { filmroll } }, { query, caller }) =>
      filmroll.queries.ask("GetConversations", { viewer: caller.id, ...query }),
    page: (_, { query }, items) => page<Data>(listPage(query, items)),
  }),
  POST: operation({
    summary: "Write to somebody",
    does: "SendMessage",
    auth: "required",
    body: MessageCreate,
    photos: { most: 1 },
    answers: [201, Message],
    async run(ctx, { body: { receiver_id, content, media }, caller, sender }) {
      const message = { by: caller.id, receiverId: receiver_id, content, media };
      const sent = await ctx.state.filmroll.commands.execute("SendMessage", message, sender);
      // A form is sent from the page of the conversation and leads back to it.
      if (ctx.state.wants === "html") await markRead(ctx, caller.id, receiver_id);
      return sent;
    },
    json: ({ state: { filmroll } }, { caller }, { messageId }) =>
      filmroll.queries.ask("GetMessage", { id: messageId, viewer: caller.id }),
    seeOther: ({ body: { receiver_id } }) => `/messages/${receiver_id}`,
    formAgain: threadAgain,
  }),
});

export default define.page<typeof handler>(({ data, state, url }) =>
  "items" in data
    ? <ConversationsPage page={data} state={state} url={url} />
    : <ThreadPage {...data} state={state} url={url} />
);
