import { isFileName, isHash, type PictureFile } from "../picture.ts";
import {
  assertNames,
  type ByteRange,
  type MediaStorage,
  resolveRange,
  type StoredFile,
} from "../storage.ts";
import { emptyFolder } from "../temporary.ts";

/**
 * Pictures as folders below a folder of this machine. A picture is there with all its files or not at
 * all, whenever the power goes: it is written aside, synced, and renamed.
 */
export class FileStorage implements MediaStorage {
  readonly #folder: string;
  readonly #temporary: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#temporary = `${folder}/tmp`;
  }

  /** Makes the folder where it is missing, and removes what a crash left half-written in it. */
  static open(folder: string): FileStorage {
    const storage = new FileStorage(folder);
    emptyFolder(storage.#temporary);
    return storage;
  }

  async put(hash: string, files: readonly PictureFile[]): Promise<void> {
    assertNames(hash, files);
    const aside = this.#aside();
    try {
      await Deno.mkdir(aside);
      for (const { name, bytes } of files) await writeSynced(`${aside}/${name}`, bytes);
      await sync(aside);
      await Deno.rename(aside, this.#path(hash)).catch(async (error) => {
        if (!await exists(this.#path(hash))) throw error;
      });
      await sync(this.#folder);
    } finally {
      await removeAll(aside);
    }
  }

  async open(hash: string, name: string, range?: ByteRange): Promise<StoredFile | null> {
    if (!isHash(hash) || !isFileName(name)) return null;
    const file = await Deno.open(`${this.#path(hash)}/${name}`).catch(nullIfMissing);
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      const { start, end } = resolveRange(range, size);
      if (start > 0) await file.seek(start, Deno.SeekMode.Start);
      const body = end < size ? file.readable.pipeThrough(firstBytes(end - start)) : file.readable;
      return { size, start, end, body };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  async remove(hash: string): Promise<void> {
    if (!isHash(hash)) return;
    // Moved first: half of a picture would be taken for one that is there.
    const aside = this.#aside();
    await Deno.rename(this.#path(hash), aside).catch(nullIfMissing);
    await removeAll(aside);
  }

  async modifiedAt(hash: string): Promise<Date | null> {
    if (!isHash(hash)) return null;
    const found = await Deno.stat(this.#path(hash)).catch(nullIfMissing);
    return found?.mtime ?? null;
  }

  async *list(): AsyncGenerator<string> {
    for await (const { name } of Deno.readDir(this.#folder)) if (isHash(name)) yield name;
  }

  #path(hash: string): string {
    return `${this.#folder}/${hash}`;
  }

  #aside(): string {
    return `${this.#temporary}/${crypto.randomUUID()}`;
  }
}

async function writeSynced(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  // Not through `writable`, which answers before the bytes are written.
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  await file.sync();
}

/** Puts a folder's entries on disk: a file's own sync does not. */
async function sync(folder: string): Promise<void> {
  using opened = await Deno.open(folder);
  await opened.sync();
}

const exists = (path: string): Promise<boolean> =>
  Deno.stat(path).then(() => true, (error) => nullIfMissing(error) !== null);

const removeAll = (path: string): Promise<void | null> =>
  Deno.remove(path, { recursive: true }).catch(nullIfMissing);

function nullIfMissing(error: unknown): null {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
}

/** Lets so many bytes through, and then ends. */
function firstBytes(
  count: number,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let left = count;
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) controller.terminate();
    },
  });
}
