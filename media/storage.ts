/**
 * The port of the pictures' storage. An engine keeps each picture as a folder named by its hash, with
 * a file for each size and format.
 */
import { isFileName, isHash, type PictureFile } from "./picture.ts";

/** A part of a file: from byte to byte, both counted in (open-ended where `last` is missing), or its last bytes. */
export type ByteRange =
  | { readonly first: number; readonly last?: number }
  | { readonly suffix: number };

/** A file that was found. */
export interface StoredFile {
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** The first byte of the part, and the first after it. */
  readonly start: number;
  readonly end: number;
  /** The part's content. It must be read to its end or cancelled. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface MediaStorage {
  /**
   * Keeps a picture's files; they are durable when it answers. A picture that is there already stays
   * as it is.
   */
  put(hash: string, files: readonly PictureFile[]): Promise<void>;
  /**
   * Opens a file, or the part of it that is asked for; null where there is none, whatever the names.
   *
   * @throws RangeNotSatisfiable if the file has nothing of the part
   */
  open(hash: string, name: string, range?: ByteRange): Promise<StoredFile | null>;
  /** Removes all files of a picture. One that is not there is no error. */
  remove(hash: string): Promise<void>;
  /** When the last of a picture's files was put; null where there is none. */
  modifiedAt(hash: string): Promise<Date | null>;
  /** The hashes of all pictures of which there is any file, in no order. */
  list(): AsyncIterable<string>;
}

/** @throws TypeError if they are no names of a picture and its files */
export function assertNames(hash: string, files: readonly PictureFile[]): void {
  for (const name of [hash, ...files.map(({ name }) => name)]) {
    if (name === hash ? isHash(name) : isFileName(name)) continue;
    throw new TypeError(`"${name}" is no name of a picture's`);
  }
}

/** A range that begins beyond the file's end, or asks for nothing. */
export class RangeNotSatisfiable extends Error {
  override readonly name = "RangeNotSatisfiable";

  constructor(/** Of the whole file, in bytes. */ readonly size: number) {
    super(`The file has ${size} bytes, and the range is outside of them`);
  }
}

/**
 * Where a range begins and ends in a file of the given size, as RFC 9110 (14.1.2) says.
 *
 * @throws RangeNotSatisfiable
 */
export function resolveRange(
  range: ByteRange | undefined,
  size: number,
): { readonly start: number; readonly end: number } {
  if (range === undefined) return { start: 0, end: size };
  const start = "suffix" in range ? Math.max(0, size - range.suffix) : range.first;
  const end = "suffix" in range ? size : Math.min(size, (range.last ?? size - 1) + 1);
  if (start >= end) throw new RangeNotSatisfiable(size);
  return { start, end };
}

/** The storage cannot be reached, or refuses what it should do. What was asked may be asked again. */
export class StorageUnavailable extends Error {
  override readonly name = "StorageUnavailable";
}
