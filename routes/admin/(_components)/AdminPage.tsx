import type { ComponentChildren } from "preact";
import PageTitle from "../../../components/PageTitle.tsx";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface AdminPageProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly state: State;
  readonly url: URL;
  readonly children: ComponentChildren;
}

/** The pages of the navigation, with the paths of what is below each. */
const PLACES = [
  ["/admin", "Overview", []],
  ["/admin/film", "Film", ["/admin/film/", "/admin/streams/"]],
  ["/admin/read-models", "Read models", []],
] as const;

function currentOf(pathname: string, href: string, below: readonly string[]) {
  if (pathname === href) return "page";
  return below.some((path) => pathname.startsWith(path)) ? "true" : undefined;
}

/** A page of the operator's, with the way to the others. */
export default function AdminPage({ title, lead, state, url, children }: AdminPageProps) {
  return (
    <Page state={state} url={url} layout="wide" title={`${title} · Operator`} noIndex>
      <nav class="admin-nav" aria-label="Operator">
        {PLACES.map(([href, label, below]) => (
          <a
            key={href}
            href={href}
            aria-current={currentOf(url.pathname, href, below)}
          >
            {label}
          </a>
        ))}
      </nav>
      <PageTitle lead={lead}>{title}</PageTitle>
      {children}
    </Page>
  );
}
