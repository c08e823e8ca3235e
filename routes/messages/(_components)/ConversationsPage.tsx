import EmptyState from "../../../components/EmptyState.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import ConversationList from "../../../islands/ConversationList.tsx";
import type { ListPage } from "../../../web/operation.ts";
import type { Conversation } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ConversationsPageProps {
  readonly page: ListPage<Conversation>;
  readonly state: State;
  readonly url: URL;
}

export default function ConversationsPage({ page, state, url }: ConversationsPageProps) {
  return (
    <Page state={state} url={url} title="Messages" canonicalPath="/messages" noIndex>
      <PageTitle>Messages</PageTitle>
      <ConversationList {...page}>
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
    </Page>
  );
}
