import { ERR_UNSAFE_FILENAME, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { faultOf } from "../faults.ts";

/** An archive that cannot be taken over. Its message is for people. */
export class ArchiveRefused extends Error {
  override readonly name = "ArchiveRefused";
}

const MOST_ENTRIES = 200_000;

/** All JSON that is read of an archive, in bytes, since it is in memory: a hundred thousand posts. */
const LARGEST_TEXT = 32 * 1024 ** 2;

/** The largest directory, in bytes: it is in memory, too. */
const LARGEST_DIRECTORY = 64 * 1024 ** 2;

/** What an honest zip of pictures and JSON never unpacks to, as times its own size. */
const LARGEST_RATIO = 100;

/** What may unpack to more than that: little files compress well. */
const HARMLESS_BYTES = 64 * 1024 ** 2;

/** A zip on disk, whose entries are read one at a time and never written where their names say. */
export class ZipFile implements AsyncDisposable {
  readonly #file: Deno.FsFile;
  readonly #entries: ReadonlyMap<string, FileEntry>;
  #textLeft = LARGEST_TEXT;

  private constructor(file: Deno.FsFile, entries: ReadonlyMap<string, FileEntry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @throws ArchiveRefused if it is broken, locked, or made to do harm */
  static async open(path: string): Promise<ZipFile> {
    const file = await Deno.open(path);
    try {
      return new ZipFile(file, await readDirectory(file));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /**
   * The JSON of an entry.
   *
   * @throws ArchiveRefused if there is none, or it is no JSON
   */
  async json(name: string): Promise<unknown> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const whole = await this.#read(name, this.#textLeft, (chunk) => {
      this.#textLeft -= chunk.length;
      chunks.push(chunk);
    });
    if (!whole) throw new ArchiveRefused(`"${name}" is missing or too large`);
    try {
      return JSON.parse(await new Blob(chunks).text());
    } catch {
      throw new ArchiveRefused(`"${name}" is broken`);
    }
  }

  /** Writes an entry to a file; answers false where there is none, or it has more bytes than that. */
  async extract(name: string, path: string, most: number): Promise<boolean> {
    using target = await Deno.open(path, { write: true, create: true, truncate: true });
    return await this.#read(name, most, async (chunk) => {
      for (let at = 0; at < chunk.length;) at += await target.write(chunk.subarray(at));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#file.close();
    return Promise.resolve();
  }

  async #read(
    name: string,
    most: number,
    take: (chunk: Uint8Array<ArrayBuffer>) => Promise<void> | void,
  ): Promise<boolean> {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.uncompressedSize > most) return false;
    let size = 0;
    // What an entry says of its size need not be so.
    const bounded = new WritableStream<Uint8Array<ArrayBuffer>>({
      write(chunk) {
        size += chunk.length;
        if (size > most) throw new Error("The entry is larger than it may be");
        return take(chunk);
      },
    });
    try {
      await entry.getData(bounded, { useWebWorkers: false });
      return true;
    } catch (error) {
      if (size > most) return false;
      if (faultOf(error) !== null) throw error;
      throw new ArchiveRefused(`"${name}" is broken`);
    }
  }
}

async function readDirectory(file: Deno.FsFile): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  const { size } = await file.stat();
  let unpacked = 0;
  try {
    for await (const entry of new ZipReader(new FileReader(file)).getEntriesGenerator()) {
      if (entry.directory) continue;
      if (entry.encrypted) throw new ArchiveRefused("The zip is locked with a password");
      entries.set(entry.filename, entry);
      unpacked += entry.uncompressedSize;
      const isBomb = unpacked > Math.max(HARMLESS_BYTES, size * LARGEST_RATIO);
      if (isBomb || entries.size > MOST_ENTRIES) {
        throw new ArchiveRefused("The zip unpacks to far more than it can hold in earnest");
      }
    }
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    if (error instanceof Error && error.message.startsWith(ERR_UNSAFE_FILENAME)) {
      throw new ArchiveRefused("The zip has names that lead out of it");
    }
    throw new ArchiveRefused("This is no zip, or it was cut off on its way; send it again");
  }
  return entries;
}

/** Reads a zip piece by piece, wherever its directory says. */
class FileReader extends Reader<Deno.FsFile> {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super(file);
    this.#file = file;
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.size = (await this.#file.stat()).size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    // Entries are read in small pieces, the directory at once.
    if (length > LARGEST_DIRECTORY) throw new ArchiveRefused("The zip has too many files");
    const bytes = new Uint8Array(length);
    await this.#file.seek(offset, Deno.SeekMode.Start);
    let at = 0;
    for (let read: number | null = 0; at < length && read !== null; at += read ?? 0) {
      read = await this.#file.read(bytes.subarray(at));
    }
    return bytes.subarray(0, at);
  }
}
