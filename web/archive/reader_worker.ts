/** Reads an archive beside the thread that asks. */
import { readArchive } from "./archive.ts";
import type { Part } from "./reader.ts";
import { ArchiveRefused, ZipFile } from "./zip_file.ts";

/** Posts that are handed over at once: about a millisecond for who takes them. */
const BATCH = 500;

const answer = (part: Part) => self.postMessage(part);

self.onmessage = async ({ data: path }: MessageEvent<string>) => {
  try {
    await using zip = await ZipFile.open(path);
    const { posts, ...rest } = await readArchive(zip);
    for (let at = 0; at < posts.length; at += BATCH) {
      answer({ posts: posts.slice(at, at + BATCH) });
    }
    answer({ rest });
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    answer(error instanceof ArchiveRefused ? { refused: message } : { failed: { message, code } });
  }
};
