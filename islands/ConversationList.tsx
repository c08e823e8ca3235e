import type { ComponentChildren } from "preact";
import { olderThan, useLatest } from "../components/client/latest.ts";
import ConversationRow from "../components/ConversationRow.tsx";
import Pagination from "../components/Pagination.tsx";
import type { ListPage } from "../web/operation.ts";
import type { Conversation } from "../web/schemas.ts";

export interface ConversationListProps extends ListPage<Conversation> {
  /** What is shown while there are none. */
  readonly children: ComponentChildren;
}

const CHANGES = ["message", "messages_read", "resync"];

/** A page of conversations, which stays as the server has it. */
export default function ConversationList({ children, ...page }: ConversationListProps) {
  const conversations = useLatest("/messages", page, ({ type }) => CHANGES.includes(type)).value;
  if (conversations.length === 0) return <>{children}</>;
  return (
    <>
      <ul class="conversations">
        {conversations.map((conversation) => (
          <ConversationRow key={conversation.other_user_id} conversation={conversation} />
        ))}
      </ul>
      <Pagination href={olderThan(conversations, page.limit)} label="Older conversations" />
    </>
  );
}
