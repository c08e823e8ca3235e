import type { Story } from "../web/schemas.ts";
import Avatar from "./Avatar.tsx";
import { compactCount, counted } from "./count.ts";
import { hueClass } from "./hue.ts";
import Icon from "./Icon.tsx";
import { eye } from "./icons.ts";
import Picture from "./Picture.tsx";
import { sizesIn, STORY_TILE } from "./picture_sizes.ts";
import { excerpt } from "./rich_text.ts";
import { storyAlt } from "./story_text.ts";
import { byStoryteller } from "./storytelling.ts";
import Time from "./Time.tsx";

export interface StoryGridProps {
  /** Newest first. */
  readonly stories: readonly Story[];
}

/** How many of the first pictures are in view on most screens. */
const EAGER = 4;
const TILE_EXCERPT = 90;

function Views({ count }: { count: number }) {
  return (
    <span class="story-tile-views">
      <Icon path={eye} />
      <span aria-hidden="true">{compactCount(count)}</span>
      <span class="visually-hidden">{counted(count, "view")}</span>
    </span>
  );
}

function Tile({ story, eager }: { story: Story; eager: boolean }) {
  const words = story.content ?? "";
  return (
    <a
      class={`story-tile ${story.seen ? "" : "story-tile-unseen"} ${hueClass(story.id)}`}
      href={`/stories/${story.id}`}
    >
      {story.image === null
        ? <span class="tile-text">{excerpt(words, TILE_EXCERPT) ?? words}</span>
        : (
          <Picture
            image={story.image}
            fallbackAlt={storyAlt(story)}
            sizes={sizesIn(STORY_TILE, story.image)}
            load={eager ? "eager" : "lazy"}
          />
        )}
      <span class="story-tile-foot">
        <Avatar
          userId={story.author_id}
          username={story.author_username}
          fullName={story.author_full_name}
          imageUrl={story.author_profile_image_url}
          size="small"
        />
        <span class="story-tile-name">{story.author_username}</span>
        {!story.seen && <span class="visually-hidden">not seen yet</span>}
        {story.view_count === null
          ? <Time at={story.created_at} />
          : <Views count={story.view_count} />}
      </span>
    </a>
  );
}

/** Stories as upright frames, person by person. */
export default function StoryGrid({ stories }: StoryGridProps) {
  return (
    <ul class="story-grid">
      {byStoryteller(stories).map((story, index) => (
        <li key={story.id}>
          <Tile story={story} eager={index < EAGER} />
        </li>
      ))}
    </ul>
  );
}
