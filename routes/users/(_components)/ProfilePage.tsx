import EmptyState from "../../../components/EmptyState.tsx";
import Pagination from "../../../components/Pagination.tsx";
import PostGrid from "../../../components/PostGrid.tsx";
import ProfileHeader from "../../../components/ProfileHeader.tsx";
import type { Post, UserProfile } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ProfilePageProps {
  readonly profile: UserProfile;
  /** A page of them, newest first. */
  readonly posts: readonly Post[];
  readonly older: string | null;
  readonly state: State;
  readonly url: URL;
}

export default function ProfilePage({ profile, posts, older, state, url }: ProfilePageProps) {
  const viewerId = state.caller?.id ?? null;
  const name = profile.full_name ?? profile.username;
  return (
    <Page
      state={state}
      url={url}
      layout="wide"
      title={`${name} (@${profile.username})`}
      description={profile.bio ?? `Pictures by ${name}.`}
      canonicalPath={`/@${profile.username}`}
      image={profile.profile_image_url === null ? null : { url: profile.profile_image_url }}
      type="profile"
    >
      <ProfileHeader profile={profile} viewerId={viewerId} returnTo={url.pathname} />
      {posts.length > 0 ? <PostGrid posts={posts} /> : profile.id === viewerId
        ? (
          <EmptyState
            title="Your roll is still empty"
            action={{ href: "/posts/new", label: "Take the first picture" }}
          />
        )
        : <EmptyState title="No pictures yet">{name} has not posted anything so far.</EmptyState>}
      <Pagination href={older} />
    </Page>
  );
}
