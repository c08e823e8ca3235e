import FollowButton from "../islands/FollowButton.tsx";
import FollowerCount from "../islands/FollowerCount.tsx";
import type { UserProfile } from "../web/schemas.ts";
import Avatar from "./Avatar.tsx";
import Button from "./Button.tsx";
import { compactCount } from "./count.ts";
import RichText from "./RichText.tsx";
import SubmitForm from "./SubmitForm.tsx";

export interface ProfileHeaderProps {
  readonly profile: UserProfile;
  readonly viewerId: number | null;
  /** Path of the page, to come back to. */
  readonly returnTo: string;
}

function Count({ count, noun, href }: { count: number; noun: string; href?: string }) {
  const content = (
    <>
      <strong>{compactCount(count)}</strong> {noun}
    </>
  );
  return <li>{href ? <a href={href}>{content}</a> : content}</li>;
}

function Actions({ profile, viewerId, returnTo }: ProfileHeaderProps) {
  if (viewerId !== profile.id) {
    return (
      <>
        <FollowButton
          userId={profile.id}
          username={profile.username}
          following={profile.following}
          viewerId={viewerId}
          returnTo={returnTo}
        />
        {viewerId !== null && (
          <Button kind="secondary" href={`/messages/${profile.id}`}>Message</Button>
        )}
      </>
    );
  }
  return (
    <>
      <Button kind="secondary" href="/users/me">Edit profile</Button>
      <SubmitForm action="/auth/logout" buttonClass="button button-quiet profile-log-out">
        Log out
      </SubmitForm>
    </>
  );
}

/** Who this is, how much there is of them, and what to do about it. */
export default function ProfileHeader({ profile, viewerId, returnTo }: ProfileHeaderProps) {
  const here = `/users/${profile.id}`;
  return (
    <header class="profile">
      <Avatar
        userId={profile.id}
        username={profile.username}
        fullName={profile.full_name}
        imageUrl={profile.profile_image_url}
        size="large"
      />
      <div class="profile-names">
        <h1>{profile.full_name ?? profile.username}</h1>
        <p class="profile-username">@{profile.username}</p>
      </div>
      <div class="profile-actions">
        <Actions profile={profile} viewerId={viewerId} returnTo={returnTo} />
      </div>
      <ul class="profile-counts">
        <Count count={profile.post_count} noun={profile.post_count === 1 ? "post" : "posts"} />
        <li>
          <a href={`${here}/followers`}>
            <FollowerCount userId={profile.id} count={profile.follower_count} />
          </a>
        </li>
        <Count count={profile.following_count} noun="following" href={`${here}/following`} />
      </ul>
      {profile.bio && (
        <p class="profile-bio">
          <RichText text={profile.bio} />
        </p>
      )}
    </header>
  );
}
