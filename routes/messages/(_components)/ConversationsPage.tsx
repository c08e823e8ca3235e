import EmptyState from "../../../components/EmptyState.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import Pagination from "../../../components/Pagination.tsx";
import ConversationList from "../../../islands/ConversationList.tsx";
import type { Conversation } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ConversationsPageData {
  /** A page of them, the latest first. */
  readonly conversations: readonly Conversation[];
  /** Where the older ones are; null at the end. */
  readonly older: string | null;
  /** Whether the latest is among them. */
  readonly isLatest: boolean;
}

export interface ConversationsPageProps extends ConversationsPageData {
  readonly state: State;
  readonly url: URL;
}

export default function ConversationsPage(
  { conversations, older, isLatest, state, url }: ConversationsPageProps,
) {
  return (
    <Page state={state} url={url} title="Messages" canonicalPath="/messages" noIndex>
      <PageTitle>Messages</PageTitle>
      <ConversationList conversations={conversations} isLatest={isLatest}>
        <EmptyState
          title="No messages yet"
          action={{
            href: `/users/${state.caller!.id}/following`,
            label: "Find somebody to write to",
          }}
        >
          Open the profile of somebody you like to talk to, and choose Message.
        </EmptyState>
      </ConversationList>
      <Pagination href={older} label="Older conversations" />
    </Page>
  );
}
