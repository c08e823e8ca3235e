import type { FilmHead } from "../../domain/event_store/sqlite/inspect_film.ts";
import { exists, filesBelow, type FoundFile, writeWhole } from "../support/files.ts";
import type { DatabaseCopy } from "./database_copy.ts";
import { ArchiveWriter, DATABASE, MANIFEST, type Manifest, MEDIA, SECRETS } from "./archive.ts";

export interface BackupOptions {
  readonly dataDir: string;
  readonly database: DatabaseCopy;
  /** The backup's own path. What is there is replaced once the new one is whole. */
  readonly file: string;
  /** Whether the files of the secrets go into it, without which it must be given them to be restored. */
  readonly secrets: boolean;
  /** Told of the bytes done, and of how many there will be, more or less. */
  readonly onProgress: (done: number, of: number) => void;
}

export interface Backup {
  readonly head: FilmHead;
  readonly pictureFiles: number;
}

/**
 * Backs a Filmroll up into one file, also while it is served: the database as it is at one moment, then
 * every file of a picture in DATA_DIR. Memory is bounded, whatever there is.
 *
 * @throws StoreUnavailable if the database cannot be read, and what the file system says
 */
export async function backup(
  { dataDir, database, file, secrets, onProgress }: BackupOptions,
): Promise<Backup> {
  // The copy is written, and read again into the archive.
  let total = 2 * database.estimate + await bytesOf(picturesOf(dataDir));
  let done = 0;
  const onBytes = (bytes: number) => onProgress(done += bytes, total);

  let result: Backup | undefined;
  await writeWhole(file, async (target, draft) => {
    const copy = `${draft}.db`;
    try {
      const head = await database.make(copy, onBytes);
      total += (await Deno.stat(copy)).size - database.estimate;
      const archive = new ArchiveWriter(target);
      const manifest: Manifest = {
        format: "filmroll backup 1",
        created_at: new Date().toISOString(),
        head,
      };
      await archive.addText(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
      await archive.addFile(DATABASE, copy, onBytes);
      for (const name of secrets ? SECRETS : []) {
        const secret = `${dataDir}/${name}`;
        if (await exists(secret)) await archive.addFile(name, secret, onBytes);
      }
      let pictureFiles = 0;
      for await (const { name, path } of picturesOf(dataDir)) {
        if (await addPicture(archive, `${MEDIA}/${name}`, path, onBytes)) pictureFiles++;
      }
      await archive.end();
      result = { head, pictureFiles };
    } finally {
      for (const name of ["", "-wal", "-shm", "-rebuild"]) {
        await Deno.remove(copy + name).catch(() => {});
      }
    }
  });
  return result!;
}

/** Without those that are being written. */
async function* picturesOf(dataDir: string): AsyncGenerator<FoundFile> {
  for await (const file of filesBelow(`${dataDir}/${MEDIA}`)) {
    if (!file.name.startsWith("tmp/")) yield file;
  }
}

/** Answers false where it was deleted since it was found. */
async function addPicture(
  archive: ArchiveWriter,
  name: string,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<boolean> {
  try {
    await archive.addFile(name, path, onBytes);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function bytesOf(files: AsyncIterable<FoundFile>): Promise<number> {
  let bytes = 0;
  for await (const { size } of files) bytes += size;
  return bytes;
}
