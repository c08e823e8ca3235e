import EmptyState from "../../../components/EmptyState.tsx";
import { hashtagHref } from "../../../components/hashtag_href.ts";
import PageTitle from "../../../components/PageTitle.tsx";
import Pagination from "../../../components/Pagination.tsx";
import PostGrid from "../../../components/PostGrid.tsx";
import SearchBox from "../../../islands/SearchBox.tsx";
import type { Hashtag, Post } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

/** What there is to see for who looks for nothing in particular. */
export interface Explored {
  /** Those of the latest posts; on the first page only. */
  readonly hashtags: readonly Hashtag[];
  /** On the first page only. */
  readonly popular: readonly Post[];
  /** A page of everybody's posts, newest first. */
  readonly recent: readonly Post[];
  readonly older: string | null;
}

export interface ExplorePageProps extends Explored {
  readonly state: State;
  readonly url: URL;
}

export default function ExplorePage(
  { hashtags, popular, recent, older, state, url }: ExplorePageProps,
) {
  return (
    <Page
      state={state}
      url={url}
      layout="wide"
      title="Explore"
      description="Recent and popular pictures on Filmroll."
      canonicalPath="/search"
    >
      <PageTitle hidden>Explore</PageTitle>
      <SearchBox q="" />
      {hashtags.length > 0 && (
        <ul class="hashtag-chips" aria-label="Popular hashtags">
          {hashtags.map(({ id, name }) => (
            <li key={id}>
              <a class="hashtag-chip" href={hashtagHref(name)}>#{name}</a>
            </li>
          ))}
        </ul>
      )}
      {popular.length > 0 && (
        <section class="explore-section">
          <h2 class="section-title">Popular now</h2>
          <PostGrid posts={popular} />
        </section>
      )}
      {recent.length > 0 && (
        <section class="explore-section">
          <h2 class="section-title">Just developed</h2>
          <PostGrid posts={recent} isBelow={popular.length > 0} />
        </section>
      )}
      {recent.length === 0 && (
        <EmptyState
          title="Nothing to explore yet"
          action={{ href: "/posts/new", label: "Share the first picture" }}
        />
      )}
      <Pagination href={older} />
    </Page>
  );
}
