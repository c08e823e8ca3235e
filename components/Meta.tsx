import { Head } from "fresh/runtime";
import type { Image } from "../web/schemas.ts";

export interface MetaProps {
  /** Without the name of the site, which is added. */
  readonly title?: string;
  readonly description?: string;
  /** Of the request; the canonical address is this one's origin and path unless told. */
  readonly url: URL;
  /** Path of the page's one true address, where it is reached by several. */
  readonly canonicalPath?: string;
  /** A picture that stands for the page. */
  readonly image?: (Pick<Image, "url"> & Partial<Image>) | null;
  readonly type?: "website" | "article" | "profile";
  /** Keeps the page out of search engines: forms, settings, errors. */
  readonly noIndex?: boolean;
  /** The address of the next page of a list. */
  readonly next?: string | null;
}

const SITE = "Filmroll";
const DESCRIPTION =
  "Photo sharing on a server of your own: the newest picture first, and an end to every feed.";

/** What search engines, link previews and tabs show of a page. */
export default function Meta(
  {
    title,
    description = DESCRIPTION,
    url,
    canonicalPath = url.pathname,
    image = null,
    type = "website",
    noIndex = false,
    next = null,
  }: MetaProps,
) {
  const canonical = new URL(canonicalPath, url.origin).href;
  return (
    <Head>
      <title>{title === undefined ? SITE : `${title} · ${SITE}`}</title>
      <meta name="description" content={description} />
      <link rel="canonical" href={canonical} />
      {noIndex && <meta name="robots" content="noindex" />}
      {next && <link rel="next" href={next} />}
      <meta property="og:site_name" content={SITE} />
      <meta property="og:type" content={type} />
      <meta property="og:title" content={title ?? SITE} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={canonical} />
      <meta
        property="og:image"
        content={new URL(image?.url ?? "/icon-512.png", url.origin).href}
      />
      {image?.width && <meta property="og:image:width" content={String(image.width)} />}
      {image?.height && <meta property="og:image:height" content={String(image.height)} />}
      {image?.alt && <meta property="og:image:alt" content={image.alt} />}
      <meta name="twitter:card" content={image ? "summary_large_image" : "summary"} />
    </Head>
  );
}
