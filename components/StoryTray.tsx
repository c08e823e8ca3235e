import Avatar from "./Avatar.tsx";
import Icon from "./Icon.tsx";
import { create } from "./icons.ts";
import type { Viewer } from "./viewer.ts";

export interface Storyteller extends Viewer {
  /** Whether the viewer has seen all of them. */
  readonly seen: boolean;
}

export interface StoryTrayProps {
  readonly storytellers: readonly Storyteller[];
  readonly viewer: Viewer;
}

function Ring({ person, own }: { person: Storyteller; own: boolean }) {
  const { id, username, full_name, profile_image_url, seen } = person;
  return (
    <a
      class={`ring ${seen ? "ring-seen" : "ring-unseen"}`}
      id={`stories-of-${id}`}
      href={`/stories/of/${id}`}
    >
      <Avatar
        userId={id}
        username={username}
        fullName={full_name}
        imageUrl={profile_image_url}
      />
      <span class="ring-name">{own ? "Your story" : username}</span>
      {!own && <span class="visually-hidden">{seen ? "seen" : "not seen yet"}</span>}
    </a>
  );
}

/** Whose stories there are to see, and the way to one's own, above the feed. */
export default function StoryTray({ storytellers, viewer }: StoryTrayProps) {
  return (
    <nav class="tray" aria-label="Stories">
      <ul>
        <li>
          <a class="ring" href="/stories/new">
            <span class="avatar ring-new">
              <Icon path={create} />
            </span>
            <span class="ring-name">New story</span>
          </a>
        </li>
        {storytellers.map((person) => (
          <li key={person.id}>
            <Ring person={person} own={person.id === viewer.id} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
