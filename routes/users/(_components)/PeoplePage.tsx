import EmptyState from "../../../components/EmptyState.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import Pagination from "../../../components/Pagination.tsx";
import PeopleList from "../../../components/PeopleList.tsx";
import type { User, UserProfile } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface PeoplePageProps {
  readonly data: {
    /** Whose list it is. */
    readonly profile: UserProfile;
    readonly people: readonly User[];
    readonly older: string | null;
  };
  /** "Followers" or "Following". */
  readonly title: string;
  /** What an empty list says. */
  readonly empty: string;
  readonly state: State;
  readonly url: URL;
}

export default function PeoplePage(
  { data: { profile, people, older }, title, empty, state, url }: PeoplePageProps,
) {
  const back = `/@${profile.username}`;
  return (
    <Page
      state={state}
      url={url}
      title={`${title} · @${profile.username}`}
      description={`${title} of @${profile.username}`}
    >
      <PageTitle back={{ href: back, label: `@${profile.username}` }}>{title}</PageTitle>
      {people.length > 0
        ? (
          <PeopleList
            users={people}
            viewerId={state.caller?.id ?? null}
            returnTo={url.pathname + url.search}
          />
        )
        : <EmptyState title={empty} action={{ href: back, label: "Back to the profile" }} />}
      <Pagination href={older} label="More people" />
    </Page>
  );
}
