import type { Post } from "../web/schemas.ts";
import { hueClass } from "./hue.ts";
import { pictureAlt } from "./post_text.ts";
import { excerpt } from "./rich_text.ts";
import TextCard from "./TextCard.tsx";

export interface PostMediaProps {
  readonly post: Post;
  readonly priority: boolean;
  readonly detail: boolean;
}

const CARD_EXCERPT = 420;

/** The picture in its box, or the words of a post that has none. */
export default function PostMedia({ post, priority, detail }: PostMediaProps) {
  if (post.image_url === null) {
    const text = post.content ?? "";
    const shown = detail ? text : excerpt(text, CARD_EXCERPT) ?? text;
    return <TextCard id={post.id} text={shown} />;
  }
  return (
    <div class={`picture ${detail ? "picture-whole" : ""} ${hueClass(post.id)}`}>
      {detail && (
        <img
          class="picture-backdrop"
          src={post.image_url}
          alt=""
          width="1080"
          height="1350"
          aria-hidden="true"
        />
      )}
      <img
        src={post.image_url}
        alt={pictureAlt(post)}
        width="1080"
        height="1350"
        loading={priority ? "eager" : "lazy"}
        fetchpriority={priority ? "high" : "auto"}
        decoding="async"
      />
    </div>
  );
}
