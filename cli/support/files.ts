import { dirname } from "node:path";

/** A file below a folder, by its path from there. */
export interface FoundFile {
  readonly name: string;
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/** All files below a folder, but for hidden ones, which are not finished; none where it is missing. */
export async function* filesBelow(folder: string, prefix = ""): AsyncGenerator<FoundFile> {
  for (const { name, isDirectory, isFile } of await entriesOf(folder)) {
    if (name.startsWith(".")) continue;
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesBelow(path, `${prefix}${name}/`);
    const size = isFile ? await sizeOf(path) : null;
    if (size !== null) yield { name: prefix + name, path, size };
  }
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** In bytes; null where there is nothing. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

export const exists = async (path: string): Promise<boolean> => await sizeOf(path) !== null;

/** Has the disk take a file, or the names in a folder. */
export async function sync(path: string): Promise<void> {
  using file = await Deno.open(path);
  await file.sync();
}

/**
 * Writes a stream to an open file. Piping to its `writable` ends before the last piece is written,
 * where that is to stay open (Deno 2.9.6).
 */
export async function pour(stream: ReadableStream<Uint8Array>, file: Deno.FsFile): Promise<void> {
  for await (const piece of stream) {
    for (let written = 0; written < piece.length;) {
      written += await file.write(piece.subarray(written));
    }
  }
}

/**
 * Makes a file whole or not at all: it is written under another name beside its own, which it gets
 * once the disk has it. Only its owner can read it.
 */
export async function writeWhole(
  path: string,
  write: (file: Deno.FsFile, draft: string) => Promise<void>,
): Promise<void> {
  const draft = await Deno.makeTempFile({ dir: dirname(path), prefix: ".filmroll-" });
  try {
    using file = await Deno.open(draft, { write: true, truncate: true });
    await write(file, draft);
    await file.sync();
    await Deno.rename(draft, path);
    await sync(dirname(path));
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
}
