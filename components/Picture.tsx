import type { Image } from "../web/schemas.ts";
import { placeholderUrl } from "./placeholder.ts";

export interface PictureProps {
  readonly image: Image;
  /** Said of it where its author has said nothing. */
  readonly fallbackAlt: string;
  /** How wide it is shown, as HTML has it. */
  readonly sizes: string;
  /** eager where it is in view when the page opens; first where the page is about it. */
  readonly load?: "lazy" | "eager" | "first";
  /** Told when it has loaded, or cannot be. */
  readonly onSettled?: () => void;
}

/** What is assumed of a picture that is linked from elsewhere, in pixels. */
const UNKNOWN = { width: 1080, height: 1350 };

/**
 * A picture in the size that is needed, with what it looks like from afar behind it until it has come.
 * One that moves stands still where reduced motion is asked for.
 */
export default function Picture(
  { image, fallbackAlt, sizes, load = "lazy", onSettled }: PictureProps,
) {
  const { url, width, height, alt, placeholder, srcset, animated } = image;
  const size = {
    width: width ?? UNKNOWN.width,
    height: height ?? UNKNOWN.height,
  };
  const picture = (
    <img
      class="picture-image"
      src={url}
      {...(srcset === null ? {} : { srcset, sizes })}
      alt={alt || fallbackAlt}
      {...size}
      loading={load === "lazy" ? "lazy" : "eager"}
      fetchpriority={load === "first" ? "high" : "auto"}
      decoding="async"
      draggable={false}
      {...(onSettled === undefined ? {} : { onLoad: onSettled, onError: onSettled })}
    />
  );
  return (
    <>
      {placeholder !== null && (
        <img
          class="picture-placeholder"
          src={placeholderUrl(placeholder)}
          alt=""
          {...size}
          aria-hidden="true"
        />
      )}
      {animated && srcset !== null
        ? (
          <picture>
            <source
              media="(prefers-reduced-motion: reduce)"
              srcset={srcset.replaceAll(".webp", ".jpg")}
              sizes={sizes}
            />
            {picture}
          </picture>
        )
        : picture}
    </>
  );
}
