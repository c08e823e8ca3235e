import type { Conversation } from "../web/schemas.ts";
import Avatar from "./Avatar.tsx";
import { compactCount } from "./count.ts";
import { excerpt } from "./rich_text.ts";
import Time from "./Time.tsx";

export interface ConversationRowProps {
  readonly conversation: Conversation;
}

const EXCERPT = 120;

/** A conversation in a list of them: who, and the last thing said. */
export default function ConversationRow({ conversation }: ConversationRowProps) {
  const { other_user_id, other_username, other_full_name, unread_count, last_message } =
    conversation;
  const { content, sender_id, created_at } = last_message;
  return (
    <li>
      <a
        class={`conversation${unread_count > 0 ? " conversation-unread" : ""}`}
        href={`/messages/${other_user_id}`}
      >
        <Avatar
          userId={other_user_id}
          username={other_username}
          fullName={other_full_name}
          imageUrl={conversation.other_profile_image_url}
          size="medium"
        />
        <span class="person-name">{other_full_name ?? other_username}</span>
        <Time at={created_at} />
        <span class="conversation-last">
          {sender_id !== other_user_id && content !== "" && "You: "}
          {content === "" ? "Sent a picture" : excerpt(content, EXCERPT) ?? content}
        </span>
        {unread_count > 0 && (
          <span class="badge">
            {compactCount(unread_count)}
            <span class="visually-hidden">{` unread`}</span>
          </span>
        )}
      </a>
    </li>
  );
}
