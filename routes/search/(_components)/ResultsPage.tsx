import EmptyState from "../../../components/EmptyState.tsx";
import HashtagList from "../../../components/HashtagList.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import PeopleList from "../../../components/PeopleList.tsx";
import SearchBox from "../../../islands/SearchBox.tsx";
import type { Hashtag, User } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

/** The best matches, and whether there may be more. */
export interface Results {
  readonly people: readonly User[];
  readonly hashtags: readonly Hashtag[];
  readonly morePeople: boolean;
  readonly moreHashtags: boolean;
}

export interface ResultsPageProps extends Results {
  readonly q: string;
  readonly state: State;
  readonly url: URL;
}

export default function ResultsPage(
  { q, people, hashtags, morePeople, moreHashtags, state, url }: ResultsPageProps,
) {
  const query = `?${new URLSearchParams({ q })}`;
  return (
    <Page state={state} url={url} title={`Search: ${q.slice(0, 60)}`} noIndex>
      <PageTitle hidden>Search</PageTitle>
      <SearchBox q={q} />
      {people.length > 0 && (
        <section class="explore-section">
          <h2 class="section-title">People</h2>
          <PeopleList
            users={people}
            viewerId={state.caller?.id ?? null}
            returnTo={url.pathname + url.search}
          />
          {morePeople && <a class="more-link" href={`/search/users${query}`}>All people</a>}
        </section>
      )}
      {hashtags.length > 0 && (
        <section class="explore-section">
          <h2 class="section-title">Hashtags</h2>
          <HashtagList hashtags={hashtags} />
          {moreHashtags && <a class="more-link" href={`/search/hashtags${query}`}>All hashtags</a>}
        </section>
      )}
      {people.length === 0 && hashtags.length === 0 && (
        <EmptyState title="Nothing found" action={{ href: "/search", label: "Explore pictures" }}>
          No person and no hashtag begins with “{q.slice(0, 60)}”.
        </EmptyState>
      )}
    </Page>
  );
}
