import FollowButton from "../islands/FollowButton.tsx";
import type { Notification } from "../web/schemas.ts";
import Avatar from "./Avatar.tsx";
import { hueClass } from "./hue.ts";
import { namedActors, type NotificationGroup } from "./notification_groups.ts";
import { excerpt } from "./rich_text.ts";
import SubmitForm from "./SubmitForm.tsx";
import Time from "./Time.tsx";

export interface NotificationItemProps {
  readonly group: NotificationGroup;
  /** Path of the page, to come back to. */
  readonly returnTo: string;
}

const COMMENT_EXCERPT = 120;

/** " and " before the last name, ", " before the others in between. */
const separator = (index: number, count: number): string =>
  index === 0 ? "" : index === count - 1 ? " and " : ", ";

function Actors({ group }: { group: NotificationGroup }) {
  const { named, others } = namedActors(group);
  const count = named.length + (others > 0 ? 1 : 0);
  return (
    <>
      {named.map(({ actor_id, actor_username }, index) => (
        <span key={actor_id}>
          {separator(index, count)}
          <a class="notification-actor" href={`/@${actor_username}`}>{actor_username}</a>
        </span>
      ))}
      {others > 0 && `${separator(count - 1, count)}${others} others`}
    </>
  );
}

function Message({ notification }: { notification: Notification }) {
  const { message, reference_id, comment_id, comment_content } = notification;
  if (reference_id === null) return <>{message}</>;
  const fragment = comment_content === null ? "" : `#comment-${comment_id}`;
  return (
    <>
      <a class="notification-post" href={`/posts/${reference_id}${fragment}`}>{message}</a>
      {comment_content !== null && (
        <>
          : <q>{excerpt(comment_content, COMMENT_EXCERPT) ?? comment_content}</q>
        </>
      )}
    </>
  );
}

/** The post as a picture; the message beside it leads there too, so it is left out for assistive technology. */
function Thumbnail({ notification: { reference_id, reference_image_url } }: {
  notification: Notification;
}) {
  if (reference_id === null || reference_image_url === null) return null;
  return (
    <a
      class={`notification-thumbnail ${hueClass(reference_id)}`}
      href={`/posts/${reference_id}`}
      tabIndex={-1}
      aria-hidden="true"
    >
      <img src={reference_image_url} alt="" width="44" height="44" loading="lazy" />
    </a>
  );
}

function UnreadMark({ group, returnTo }: NotificationItemProps) {
  if (group.every(({ is_read }) => is_read)) return <span class="notification-mark" />;
  if (group.length > 1) {
    return (
      <span class="notification-mark notification-unread">
        <span class="visually-hidden">Unread</span>
      </span>
    );
  }
  return (
    <SubmitForm
      action={`/notifications/${group[0].id}/read`}
      buttonClass="notification-mark notification-unread"
      returnTo={returnTo}
    >
      <span class="visually-hidden">Mark as read</span>
    </SubmitForm>
  );
}

/** A line of the notifications: an item of a list. */
export default function NotificationItem({ group, returnTo }: NotificationItemProps) {
  const [latest] = group;
  return (
    <li class="notification" id={`notification-${latest.id}`}>
      <span class="notification-avatars">
        {group.slice(0, 2).map((one) => (
          <Avatar
            key={one.actor_id}
            userId={one.actor_id}
            username={one.actor_username}
            fullName={one.actor_full_name}
            imageUrl={one.actor_profile_image_url}
          />
        ))}
      </span>
      <p class="notification-text">
        <Actors group={group} /> <Message notification={latest} /> <Time at={latest.created_at} />
      </p>
      {latest.type === "follow"
        ? (
          <FollowButton
            userId={latest.actor_id}
            username={latest.actor_username}
            following={latest.following}
            viewerId={latest.user_id}
            label="Follow back"
            returnTo={`${returnTo}#notification-${latest.id}`}
          />
        )
        : <Thumbnail notification={latest} />}
      <UnreadMark group={group} returnTo={returnTo} />
    </li>
  );
}
