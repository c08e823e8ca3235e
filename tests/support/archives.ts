/** Archives as people bring them. */
import { BlobWriter, ZipWriter, type ZipWriterAddDataOptions } from "@zip.js/zip.js";

/** A zip with these files, by name. */
export async function zipOf(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
  options: ZipWriterAddDataOptions = {},
): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter("application/zip"), { useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) {
    await zip.add(name, new Blob([content]).stream(), options);
  }
  return await zip.close();
}

/** Text as Instagram writes it: each byte of UTF-8 a character of its own. */
export const scrambled = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");

/** One post in an export of Instagram. */
export interface InstagramPost {
  readonly caption: string;
  /** ISO 8601. */
  readonly at: string;
  /** Names of files. */
  readonly media: readonly string[];
}

const FOLDER = "instagram-ana.lima-2026-03-01/";

/** An export of Instagram; its pictures and videos are given by name. */
export function instagramZip(
  posts: readonly InstagramPost[],
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Promise<Blob> {
  const list = posts.map(({ caption, at, media }) => {
    const creation_timestamp = Date.parse(at) / 1000;
    const title = scrambled(caption);
    const alone = media.length === 1;
    return {
      media: media.map((name) => ({
        uri: `media/posts/${name}`,
        creation_timestamp,
        title: alone ? title : "",
        cross_post_source: { source_app: "FB" },
      })),
      ...(!alone && { title, creation_timestamp }),
    };
  });
  return zipOf({
    [`${FOLDER}your_instagram_activity/media/posts_1.json`]: JSON.stringify(list),
    [`${FOLDER}personal_information/personal_information.json`]: "{}",
    ...Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [`${FOLDER}media/posts/${name}`, bytes]),
    ),
  });
}

/** An export of Instagram that takes a while: so many posts, a minute apart. */
export const longArchive = (posts: number): Promise<Blob> =>
  instagramZip(
    Array.from({ length: posts }, (_, index) => ({
      caption: `Frame ${index}`,
      at: new Date(Date.UTC(2020, 0, 1, 0, index)).toISOString(),
      media: [],
    })),
    {},
  );
