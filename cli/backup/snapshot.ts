import { StoreUnavailable } from "../../domain/event_store/event_store.ts";
import type { FilmHead } from "../../domain/event_store/sqlite/inspect_film.ts";
import { sizeOf } from "../support/files.ts";

/** What the worker answers. */
export type Copied = { readonly head: FilmHead } | { readonly failure: string };

const LOOK_MS = 100;

/**
 * Copies a database as it is at one moment, beside a running server.
 *
 * @param onBytes told how much more of the copy there is
 * @throws StoreUnavailable
 */
export async function snapshot(
  path: string,
  copy: string,
  onBytes: (bytes: number) => void,
): Promise<FilmHead> {
  const worker = new Worker(import.meta.resolve("./snapshot_worker.ts"), { type: "module" });
  let seen = 0;
  const look = async () => {
    const size = await sizeOf(copy) ?? 0;
    onBytes(size - seen);
    seen = size;
  };
  const looking = setInterval(look, LOOK_MS);
  try {
    const copied = await new Promise<Copied>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ path, copy });
    });
    if ("failure" in copied) throw new StoreUnavailable(copied.failure);
    return copied.head;
  } finally {
    clearInterval(looking);
    worker.terminate();
    await look();
  }
}
