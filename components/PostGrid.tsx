import type { Post } from "../web/schemas.ts";
import { compactCount, counted } from "./count.ts";
import { hueClass } from "./hue.ts";
import Icon from "./Icon.tsx";
import { comment, heart } from "./icons.ts";
import { pictureAlt } from "./post_text.ts";
import { excerpt } from "./rich_text.ts";

export interface PostGridProps {
  readonly posts: readonly Post[];
  /** Whether it begins below what is in view when the page opens. */
  readonly isBelow?: boolean;
}

/** How many of the first pictures are in view on most screens. */
const EAGER = 6;
const TILE_EXCERPT = 90;

interface TileProps {
  readonly post: Post;
  readonly eager: boolean;
  readonly first: boolean;
}

function Tile({ post, eager, first }: TileProps) {
  const text = post.content ?? "";
  return (
    <a class={`tile ${hueClass(post.id)}`} href={`/posts/${post.id}`}>
      {post.image_url === null
        ? <span class="tile-text">{excerpt(text, TILE_EXCERPT) ?? text}</span>
        : (
          <img
            src={post.image_url}
            alt={pictureAlt(post)}
            width="480"
            height="480"
            loading={eager ? "eager" : "lazy"}
            fetchpriority={first ? "high" : undefined}
            decoding="async"
          />
        )}
      <span class="tile-counts">
        <span>
          <Icon path={heart} />
          <span aria-hidden="true">{compactCount(post.like_count)}</span>
          <span class="visually-hidden">{counted(post.like_count, "like")},</span>
        </span>
        <span>
          <Icon path={comment} />
          <span aria-hidden="true">{compactCount(post.comment_count)}</span>
          <span class="visually-hidden">{counted(post.comment_count, "comment")}</span>
        </span>
      </span>
    </a>
  );
}

/** Posts as a contact sheet. */
export default function PostGrid({ posts, isBelow = false }: PostGridProps) {
  return (
    <ul class="grid">
      {posts.map((post, index) => (
        <li key={post.id}>
          <Tile post={post} eager={!isBelow && index < EAGER} first={!isBelow && index === 0} />
        </li>
      ))}
    </ul>
  );
}
