import { page } from "fresh";
import { z } from "zod";
import EmptyState from "../../components/EmptyState.tsx";
import NotificationItem from "../../components/NotificationItem.tsx";
import { groupNotifications } from "../../components/notification_groups.ts";
import PageTitle from "../../components/PageTitle.tsx";
import Pagination from "../../components/Pagination.tsx";
import SubmitForm from "../../components/SubmitForm.tsx";
import { endpoint, nextPage, operation } from "../../web/operation.ts";
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
    page: ({ url }, { query }, notifications) =>
      page({ notifications, older: nextPage(url, query, notifications) }),
  }),
});

export default define.page<typeof handler>(({ data: { notifications, older }, state, url }) => (
  <Page state={state} url={url} title="Notifications" noIndex>
    <div class="title-row">
      <PageTitle>Notifications</PageTitle>
      {notifications.some(({ is_read }) =>
        !is_read
      ) && (
        <SubmitForm action="/notifications/read-all" buttonClass="button button-secondary">
          Mark all as read
        </SubmitForm>
      )}
    </div>
    {notifications.length === 0 && (
      <EmptyState
        title="All quiet so far"
        action={{ href: "/posts/new", label: "Share a picture" }}
      >
        Likes, comments and new followers appear here.
      </EmptyState>
    )}
    {groupNotifications(notifications, Date.now()).map(({ title, groups }) => (
      <section class="notifications" key={title}>
        <h2 class="section-title">{title}</h2>
        <ul>
          {groups.map((group) => (
            <NotificationItem key={group[0].id} group={group} returnTo={url.pathname} />
          ))}
        </ul>
      </section>
    ))}
    <Pagination href={older} label="Older notifications" />
  </Page>
));
