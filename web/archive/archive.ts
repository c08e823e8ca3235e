import type { Source } from "../../domain/import/events.ts";
import { isFilmrollArchive, readFilmrollArchive } from "./filmroll.ts";
import { isInstagramArchive, readInstagramArchive } from "./instagram.ts";
import { ArchiveRefused, type ZipFile } from "./zip_file.ts";

/** A picture of a post: a file of the archive, or linked from elsewhere. */
export type ArchivePicture =
  & { readonly alt: string }
  & ({ readonly file: string } | { readonly url: string });

/** A post as an archive has it. */
export interface ArchivePost {
  /** What tells it from every other post there ever is. */
  readonly key: string;
  readonly content: string | null;
  /** ISO 8601 in UTC with milliseconds; null where the archive does not say. */
  readonly postedAt: string | null;
  readonly pictures: readonly ArchivePicture[];
}

export interface Archive {
  readonly source: Source;
  /** The first posted first. */
  readonly posts: readonly ArchivePost[];
  readonly profile: { readonly fullName: string | null; readonly bio: string | null } | null;
}

/** @throws ArchiveRefused if it is nothing that can be taken over */
export function readArchive(zip: ZipFile): Promise<Archive> {
  if (isFilmrollArchive(zip)) return readFilmrollArchive(zip);
  if (isInstagramArchive(zip)) return readInstagramArchive(zip);
  throw new ArchiveRefused(
    "This is neither an archive of a Filmroll nor an export of Instagram in JSON",
  );
}
