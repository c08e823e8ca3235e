import { page } from "fresh";
import { z } from "zod";
import EmptyState from "../../components/EmptyState.tsx";
import NotificationList from "../../islands/NotificationList.tsx";
import { endpoint, listPage, operation } from "../../web/operation.ts";
import { Notification, pageOf } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "What others' likes, comments and follows tell the caller, newest first",
    does: "GetNotifications",
    auth: "required",
    query: pageOf(50),
    answers: [200, z.array(Notification)],
    run: ({ state: { filmroll } }, { query, caller }) =>
      filmroll.queries.ask("GetNotifications", { viewer: caller.id, ...query }),
    page: (_, { query }, items) => page(listPage(query, items)),
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <Page state={state} url={url} title="Notifications" noIndex>
    <NotificationList {...data} unread={state.unread.notifications} returnTo={url.pathname}>
      <EmptyState
        title="All quiet so far"
        action={{ href: "/posts/new", label: "Share a picture" }}
      >
        Likes, comments and new followers appear here.
      </EmptyState>
    </NotificationList>
  </Page>
));
