import { z } from "zod";
import type { Archive, ArchivePost } from "./archive.ts";
import { listOf } from "./list.ts";
import { ArchiveRefused, type ZipFile } from "./zip_file.ts";

/** Where posts are, in exports of the last years; all of them may stand in a folder. */
const POSTS_FILE = /^(.*?\/)??(?:your_instagram_activity\/)?(?:content|media)\/posts_\d+\.json$/;

/** Videos are left out: Filmroll shows none. */
const PICTURE_FILE = /\.(jpe?g|png|webp|heic|gif)$/i;

const Medium = z.object({
  uri: z.string(),
  title: z.string().optional(),
  /** Seconds since 1970. */
  creation_timestamp: z.number().optional(),
});

const InstagramPost = Medium.omit({ uri: true }).extend({ media: listOf(Medium) });
type InstagramPost = z.infer<typeof InstagramPost>;

/** A file with one post has no list. */
const PostsFile = z.union([listOf(InstagramPost), InstagramPost.transform((post) => [post])]);

export const isInstagramArchive = (zip: ZipFile): boolean =>
  zip.names.some((name) => POSTS_FILE.test(name));

export async function readInstagramArchive(zip: ZipFile): Promise<Archive> {
  const posts: ArchivePost[] = [];
  for (const name of zip.names) {
    const found = POSTS_FILE.exec(name);
    if (found === null) continue;
    const parsed = PostsFile.safeParse(await zip.json(name));
    if (!parsed.success) throw new ArchiveRefused(`"${name}" is not as Instagram writes it`);
    posts.push(...parsed.data.map((post) => postOf(post, found[1] ?? "")));
  }
  const isEarlier = (a: ArchivePost, b: ArchivePost) =>
    (a.postedAt ?? "") < (b.postedAt ?? "") ? -1 : 1;
  return { source: "instagram", posts: posts.sort(isEarlier), profile: null };
}

/** With one picture or video, what is said of the post is said of that. */
function postOf({ media, title, creation_timestamp }: InstagramPost, root: string): ArchivePost {
  const [first] = media;
  const seconds = creation_timestamp ?? first?.creation_timestamp;
  const caption = unscrambled(title || first?.title || "").trim();
  return {
    key: `instagram ${seconds} ${first?.uri}`,
    content: caption === "" ? null : caption,
    postedAt: timeOf(seconds),
    pictures: media.filter(({ uri }) => PICTURE_FILE.test(uri))
      .map(({ uri }) => ({ file: root + uri, alt: "" })),
  };
}

function timeOf(seconds: number | undefined): string | null {
  const time = new Date((seconds ?? NaN) * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/**
 * Text as it was meant: Instagram writes each byte of UTF-8 as a character of its own (`\u00c3\u00a9`
 * for é). Text that is not scrambled so is left as it is.
 */
export function unscrambled(text: string): string {
  if (!/^[\0-\xff]*$/.test(text)) return text;
  try {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}
