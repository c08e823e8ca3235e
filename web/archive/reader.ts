import type { Archive, ArchivePost } from "./archive.ts";
import { ArchiveRefused } from "./zip_file.ts";

/** What the worker answers: posts as often as it takes, and one of the others at the end. */
export type Part =
  | { readonly posts: readonly ArchivePost[] }
  | { readonly rest: Omit<Archive, "posts"> }
  | { readonly refused: string }
  | { readonly failed: { readonly message: string; readonly code: string | undefined } };

/**
 * Reads an archive in a thread of its own: 32 MB of JSON would hold the event loop for a second.
 *
 * @param path of a zip
 * @throws ArchiveRefused if it is nothing that can be taken over
 */
export async function archiveAt(path: string): Promise<Archive> {
  const worker = new Worker(import.meta.resolve("./reader_worker.ts"), { type: "module" });
  const posts: ArchivePost[] = [];
  try {
    return await new Promise<Archive>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Part>) => {
        if ("posts" in data) posts.push(...data.posts);
        else if ("rest" in data) resolve({ ...data.rest, posts });
        else reject(errorOf(data));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.postMessage(path);
    });
  } finally {
    worker.terminate();
  }
}

/** An error as it was in the worker, as far as others ask what it is. */
const errorOf = (data: Exclude<Part, { posts: unknown } | { rest: unknown }>): Error =>
  "refused" in data
    ? new ArchiveRefused(data.refused)
    : Object.assign(new Error(data.failed.message), { code: data.failed.code });
