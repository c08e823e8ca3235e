import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { olderThan, useLatest } from "../components/client/latest.ts";
import NotificationItem from "../components/NotificationItem.tsx";
import { groupKey, groupNotifications } from "../components/notification_groups.ts";
import PageTitle from "../components/PageTitle.tsx";
import Pagination from "../components/Pagination.tsx";
import SubmitForm from "../components/SubmitForm.tsx";
import type { ListPage } from "../web/operation.ts";
import type { Notification } from "../web/schemas.ts";

export interface NotificationListProps extends ListPage<Notification> {
  /** How many are unread, on this page and others. */
  readonly unread: number;
  /** Path of the page, to come back to. */
  readonly returnTo: string;
  /** What is shown while there are none. */
  readonly children: ComponentChildren;
}

/** A page of notifications, which stays as the server has it. */
export default function NotificationList(
  { unread, returnTo, children, ...page }: NotificationListProps,
) {
  const known = useRef(unread);
  const notifications = useLatest("/notifications", page, (event) => {
    if (event.type !== "unread") return event.type === "resync";
    const before = known.current;
    known.current = event.data.notifications;
    return before !== known.current;
  }).value;
  return (
    <>
      <div class="title-row">
        <PageTitle>Notifications</PageTitle>
        {notifications.some(({ is_read }) => !is_read) && (
          <SubmitForm action="/notifications/read-all" buttonClass="button button-secondary">
            Mark all as read
          </SubmitForm>
        )}
      </div>
      {notifications.length === 0 && children}
      {groupNotifications(notifications, Date.now()).map(({ title, groups }) => (
        <section class="notifications" key={title}>
          <h2 class="section-title">{title}</h2>
          <ul>
            {groups.map((group) => (
              <NotificationItem key={groupKey(group[0])} group={group} returnTo={returnTo} />
            ))}
          </ul>
        </section>
      ))}
      <Pagination href={olderThan(notifications, page.limit)} label="Older notifications" />
    </>
  );
}
