import type { z } from "zod";
import type { Archive, ArchivePicture } from "./archive.ts";
import {
  type ArchivedImage,
  ArchivedPost,
  ArchivedProfile,
  MANIFEST,
  Manifest,
  POSTS,
  PROFILE,
} from "./format.ts";
import { listOf } from "./list.ts";
import { ArchiveRefused, type ZipFile } from "./zip_file.ts";

export const isFilmrollArchive = (zip: ZipFile): boolean => zip.has(MANIFEST);

/** Reads what can be taken over: posts, and what somebody says of themselves. */
export async function readFilmrollArchive(zip: ZipFile): Promise<Archive> {
  const { origin, user_id } = await read(zip, MANIFEST, Manifest);
  const { full_name, bio } = await read(zip, PROFILE, ArchivedProfile);
  const posts = await read(zip, POSTS, listOf(ArchivedPost));
  return {
    source: "filmroll",
    profile: { fullName: full_name, bio },
    posts: posts.map(({ id, content, images, created_at, originally_posted_at }) => ({
      key: `${origin} ${user_id} ${id}`,
      content,
      postedAt: new Date(originally_posted_at ?? created_at).toISOString(),
      pictures: images.flatMap(pictureOf),
    })),
  };
}

const pictureOf = ({ file, url, alt }: ArchivedImage): ArchivePicture[] =>
  file !== null ? [{ file, alt }] : url !== null ? [{ url, alt }] : [];

async function read<Schema extends z.ZodType>(
  zip: ZipFile,
  name: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await zip.json(name));
  if (parsed.success) return parsed.data;
  throw new ArchiveRefused(`"${name}" is not as this version of Filmroll writes it`);
}
