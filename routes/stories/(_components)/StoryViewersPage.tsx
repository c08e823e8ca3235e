import { counted } from "../../../components/count.ts";
import EmptyState from "../../../components/EmptyState.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import Pagination from "../../../components/Pagination.tsx";
import PeopleList from "../../../components/PeopleList.tsx";
import type { Story, StoryViewer } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface StoryViewersPageProps {
  readonly story: Story;
  /** A page of them, the latest first. */
  readonly viewers: readonly StoryViewer[];
  readonly older: string | null;
  readonly state: State;
  readonly url: URL;
}

/** Who has seen a story, for its author. */
export default function StoryViewersPage(
  { story, viewers, older, state, url }: StoryViewersPageProps,
) {
  const back = { href: `/stories/${story.id}`, label: "Your story" };
  return (
    <Page state={state} url={url} title="Seen by" noIndex>
      <PageTitle back={back} lead={counted(story.view_count ?? 0, "view")}>
        Seen by
      </PageTitle>
      {viewers.length > 0
        ? (
          <PeopleList
            users={viewers}
            viewerId={story.author_id}
            returnTo={url.pathname + url.search}
          />
        )
        : (
          <EmptyState
            title="Nobody has seen it yet"
            action={{ href: back.href, label: "Back to the story" }}
          />
        )}
      <Pagination href={older} label="More people" />
    </Page>
  );
}
