import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { request } from "../components/client/api.ts";
import { subscribe } from "../components/client/live.ts";
import ConversationRow from "../components/ConversationRow.tsx";
import type { Conversation } from "../web/schemas.ts";

export interface ConversationListProps {
  readonly conversations: readonly Conversation[];
  /** Whether the latest is among them: then what changes is shown as it changes. */
  readonly isLatest: boolean;
  /** What is shown while there are none. */
  readonly children: ComponentChildren;
}

const LEAST = 20;
const CHANGES = ["message", "messages_read", "resync"];

/** A page of conversations, which stays as the server has it. */
export default function ConversationList(
  { conversations, isLatest, children }: ConversationListProps,
) {
  const rows = useSignal(conversations);

  useEffect(() => {
    if (!isLatest) return;
    let refreshed = Promise.resolve();
    let waiting = false;
    async function refresh() {
      waiting = false;
      const limit = Math.max(LEAST, rows.value.length);
      // A list that could not be had is asked for again with the next change.
      rows.value = await request<Conversation[]>("GET", `/messages?limit=${limit}`)
        .catch(() => rows.value);
    }
    return subscribe([], ({ type }) => {
      if (!CHANGES.includes(type) || waiting) return;
      waiting = true;
      refreshed = refreshed.then(refresh);
    });
  }, []);

  if (rows.value.length === 0) return <>{children}</>;
  return (
    <ul class="conversations">
      {rows.value.map((conversation) => (
        <ConversationRow key={conversation.other_user_id} conversation={conversation} />
      ))}
    </ul>
  );
}
