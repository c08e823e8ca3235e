import Album from "../islands/Album.tsx";
import type { Image, Post } from "../web/schemas.ts";
import AltBadge from "./AltBadge.tsx";
import { hueClass } from "./hue.ts";
import Picture from "./Picture.tsx";
import { COLUMN, sizesIn } from "./picture_sizes.ts";
import { pictureAlt } from "./post_text.ts";
import { excerpt } from "./rich_text.ts";
import TextCard from "./TextCard.tsx";

export interface PostMediaProps {
  readonly post: Post;
  readonly priority: boolean;
  readonly detail: boolean;
}

const CARD_EXCERPT = 420;

/** A picture that is linked from elsewhere has nothing smaller to show behind it than itself. */
function Backdrop({ url }: { url: string }) {
  return (
    <img
      class="picture-placeholder"
      src={url}
      alt=""
      width="1080"
      height="1350"
      aria-hidden="true"
    />
  );
}

interface FrameProps extends PostMediaProps {
  readonly image: Image;
  /** Index of the picture in its album. */
  readonly index: number;
}

function Frame({ post, image, index, priority, detail }: FrameProps) {
  const isFirst = priority && index === 0;
  const count = post.images.length;
  return (
    <>
      {detail && image.placeholder === null && <Backdrop url={image.url} />}
      <Picture
        image={image}
        fallbackAlt={pictureAlt(post, index)}
        sizes={sizesIn(COLUMN, image)}
        load={isFirst ? "first" : "lazy"}
      />
      <AltBadge alt={image.alt} />
      {count > 1 && (
        <span class="album-place">
          <span aria-hidden="true">{`${index + 1}/${count}`}</span>
          <span class="visually-hidden">{`Picture ${index + 1} of ${count}`}</span>
        </span>
      )}
    </>
  );
}

/** The pictures in their box, or the words of a post that has none. */
export default function PostMedia({ post, priority, detail }: PostMediaProps) {
  const { id, images, content } = post;
  if (images.length === 0) {
    const text = content ?? "";
    const shown = detail ? text : excerpt(text, CARD_EXCERPT) ?? text;
    return <TextCard id={id} text={shown} />;
  }
  const frame = `picture ${detail ? "picture-whole" : ""} ${hueClass(id)}`;
  const frames = images.map((image, index) => (
    <Frame
      key={index}
      post={post}
      image={image}
      index={index}
      priority={priority}
      detail={detail}
    />
  ));
  if (images.length === 1) return <div class={frame}>{frames}</div>;
  return (
    <Album count={images.length}>
      {frames.map((one, index) => <li class={frame} key={index}>{one}</li>)}
    </Album>
  );
}
