import Button from "../../../components/Button.tsx";
import EmptyState from "../../../components/EmptyState.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import Pagination from "../../../components/Pagination.tsx";
import StoryGrid from "../../../components/StoryGrid.tsx";
import type { Story } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface StoriesPageProps {
  readonly title: string;
  /** What an empty list says. */
  readonly empty: string;
  /** Newest first. */
  readonly stories: readonly Story[];
  readonly older: string | null;
  readonly state: State;
  readonly url: URL;
}

const NEW_STORY = { href: "/stories/new", label: "New story" };

/** Active stories, person by person. */
export default function StoriesPage(
  { title, empty, stories, older, state, url }: StoriesPageProps,
) {
  return (
    <Page state={state} url={url} title={title} layout="wide" noIndex>
      {stories.length === 0
        ? (
          <EmptyState title={empty} level={1} action={NEW_STORY}>
            Stories are pictures and words that are gone after 24 hours.
          </EmptyState>
        )
        : (
          <>
            <div class="title-with-action">
              <PageTitle>{title}</PageTitle>
              <Button kind="secondary" href={NEW_STORY.href}>{NEW_STORY.label}</Button>
            </div>
            <StoryGrid stories={stories} />
            <Pagination href={older} label="Older stories" />
          </>
        )}
    </Page>
  );
}
