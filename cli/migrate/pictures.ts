import { createHash } from "node:crypto";
import pLimit from "p-limit";
import type { Filmroll } from "../../domain/mod.ts";
import {
  type FileName,
  fileName,
  fileNamesOf,
  type PictureFile,
  widthsOf,
} from "../../media/picture.ts";
import type { MediaStorage } from "../../media/storage.ts";

const PAGE = 500;

/** Pictures on their way at once, each with all its files in memory. */
const AT_ONCE = 4;

export interface CopiedPictures {
  /** How many are whole where they were to go. */
  readonly whole: number;
  /** The hashes of those that are not whole where they come from, and were not copied. */
  readonly damaged: readonly string[];
}

/**
 * Copies the pictures that the film names from one storage to another. Those that are there already, each
 * file of the same size, are passed over: so it can be broken off and begun again.
 *
 * @param onProgress told of the pictures that are seen to, and of how many there are
 */
export async function copyPictures(
  { queries }: Filmroll,
  from: MediaStorage,
  to: MediaStorage,
  onProgress: (done: number, of: number) => void,
): Promise<CopiedPictures> {
  const limit = pLimit(AT_ONCE);
  const damaged: string[] = [];
  let done = 0;
  for (let after = "";;) {
    const pictures = await queries.ask("GetKeptPictures", { after, limit: PAGE });
    const [first] = pictures;
    if (first === undefined) return { whole: done - damaged.length, damaged };
    const total = done + first.left;
    await Promise.all(pictures.map(({ hash, width }) =>
      limit(async () => {
        if (!await copyPicture(hash, width, from, to)) damaged.push(hash);
        onProgress(++done, total);
      })
    ));
    after = pictures.at(-1)!.hash;
  }
}

/** Answers false where the picture is not whole. */
async function copyPicture(
  hash: string,
  width: number,
  from: MediaStorage,
  to: MediaStorage,
): Promise<boolean> {
  const names = fileNamesOf(width);
  const [sizes, sizesThere] = [await sizesIn(from, hash, names), await sizesIn(to, hash, names)];
  if (sizes.includes(null)) return false;
  const isSame = () => sizes.every((size, index) => size === sizesThere[index]);
  if (isSame()) return true;
  const files = await Promise.all(names.map((name) => read(from, hash, name)));
  if (!isNamedBy(files, hash, width)) return false;
  if (sizesThere.some((size) => size !== null)) await to.remove(hash);
  await to.put(hash, files);
  return true;
}

const sizesIn = (storage: MediaStorage, hash: string, names: readonly FileName[]) =>
  Promise.all(names.map(async (name) => {
    const file = await storage.open(hash, name);
    await file?.body.cancel();
    return file?.size ?? null;
  }));

async function read(storage: MediaStorage, hash: string, name: FileName): Promise<PictureFile> {
  const file = await storage.open(hash, name);
  return { name, bytes: await new Response(file?.body).bytes() };
}

/** Whether the largest file is the one that the picture has its name of. */
function isNamedBy(files: readonly PictureFile[], hash: string, width: number): boolean {
  const largest = fileName(Math.max(...widthsOf(width)), "webp");
  const { bytes } = files.find(({ name }) => name === largest)!;
  return createHash("sha256").update(bytes).digest("hex") === hash;
}
