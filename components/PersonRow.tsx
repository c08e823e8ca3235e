import FollowButton from "../islands/FollowButton.tsx";
import type { User } from "../web/schemas.ts";
import Avatar from "./Avatar.tsx";

export interface PersonRowProps {
  readonly user: Pick<User, "id" | "username" | "full_name" | "profile_image_url" | "following">;
  readonly viewerId: number | null;
  /** Path of the page, to come back to. */
  readonly returnTo: string;
}

/** Somebody in a list of people: an item of `<ul class="people">`. */
export default function PersonRow({ user, viewerId, returnTo }: PersonRowProps) {
  return (
    <li class="person-row" id={`user-${user.id}`}>
      <a class="person" href={`/@${user.username}`}>
        <Avatar
          userId={user.id}
          username={user.username}
          fullName={user.full_name}
          imageUrl={user.profile_image_url}
        />
        <span class="person-names">
          <span class="person-name">{user.full_name ?? user.username}</span>
          <span class="person-username">@{user.username}</span>
        </span>
      </a>
      {viewerId !== user.id && (
        <FollowButton
          userId={user.id}
          username={user.username}
          following={user.following}
          viewerId={viewerId}
          returnTo={`${returnTo}#user-${user.id}`}
        />
      )}
    </li>
  );
}
