import type { ComponentChildren } from "preact";
import EmptyState from "../../../components/EmptyState.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import Pagination from "../../../components/Pagination.tsx";
import SearchBox from "../../../islands/SearchBox.tsx";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ListPageProps {
  readonly q: string;
  /** "People" or "Hashtags". */
  readonly title: string;
  readonly older: string | null;
  readonly state: State;
  readonly url: URL;
  /** What was found; null if nothing. */
  readonly children: ComponentChildren;
}

/** One kind of what was found, page by page. */
export default function ListPage({ q, title, older, state, url, children }: ListPageProps) {
  const back = { href: `/search?${new URLSearchParams({ q })}`, label: "All results" };
  return (
    <Page state={state} url={url} title={`${title}: ${q.slice(0, 60)}`} noIndex>
      <PageTitle back={back}>{title}</PageTitle>
      <SearchBox q={q} />
      {children ?? (
        <EmptyState title="Nothing found" action={{ href: "/search", label: "Explore pictures" }} />
      )}
      <Pagination href={older} label="More" />
    </Page>
  );
}
