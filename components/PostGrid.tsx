import type { Post } from "../web/schemas.ts";
import { compactCount, counted } from "./count.ts";
import { hueClass } from "./hue.ts";
import Icon from "./Icon.tsx";
import { album, comment, heart } from "./icons.ts";
import Picture from "./Picture.tsx";
import { sizesIn, TILE } from "./picture_sizes.ts";
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
  const [image] = post.images;
  return (
    <a class={`tile ${hueClass(post.id)}`} href={`/posts/${post.id}`}>
      {image === undefined
        ? <span class="tile-text">{excerpt(text, TILE_EXCERPT) ?? text}</span>
        : (
          <Picture
            image={image}
            fallbackAlt={pictureAlt(post)}
            sizes={sizesIn(TILE, image)}
            load={first ? "first" : eager ? "eager" : "lazy"}
          />
        )}
      {post.images.length > 1 && (
        <span class="tile-album">
          <Icon path={album} />
          <span class="visually-hidden">Album</span>
        </span>
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
