/** Multipart forms (RFC 7578) with files, which go to disk as they come. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { LIMITS } from "../media/limits.ts";
import { removeIfThere } from "../media/temporary.ts";
import { faultOf } from "./faults.ts";
import { HttpRefusal, InvalidInput } from "./problem.ts";

/** What files a form may bring. */
export interface FileRules {
  /** The name of their field. Files of any other are passed over. */
  readonly field: string;
  readonly most: number;
  /** The largest that is taken, in bytes. */
  readonly fileBytes: number;
  /** The folder that they are written to. */
  readonly folder: string;
  /**
   * What happens to a file that is too large: true passes over it, so that a browser gets to see the
   * form again; false stops reading.
   */
  readonly lenient: boolean;
}

/** A file that came, and is on disk until somebody removes it. */
export interface ReceivedFile {
  /** What the sender calls it. */
  readonly name: string;
  /** Its place among the parts of its field, from 0; parts where no file was chosen count. */
  readonly place: number;
  /** Of its content, in hexadecimal; null where it was too large, and nothing of it was kept. */
  readonly sha256: string | null;
  readonly path: string;
}

export interface Multipart {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly ReceivedFile[];
}

/** What stands around the files: boundaries, headers and fields. */
const LARGEST_REST = 256 * 1024;

/** So much is read of a lenient form at least, whatever becomes of it. */
const LEAST_LENIENT = LIMITS.picturesPerPost * LIMITS.fileBytes;

const FIELDS = { fieldSize: 64 * 1024, fieldNameSize: 100, fields: 100, headerPairs: 20 };

export const fileTooLarge = (fileBytes: number): string =>
  fileBytes < 1024 ** 3
    ? `A file may have ${fileBytes / 1024 ** 2} MB at most`
    : `A file may have ${fileBytes / 1024 ** 3} GB at most`;

const malformed = (message: string) => new InvalidInput([{ path: "body", message }]);

/**
 * Reads a form. Its fields are few and in memory; its files are on disk, and gone if it throws.
 *
 * @throws HttpRefusal 413 if a file, or all together, are too large
 * @throws InvalidInput if it is malformed or cut off, or has too many files or fields
 */
export async function readMultipart(request: Request, rules: FileRules): Promise<Multipart> {
  const filesBytes = rules.most * rules.fileBytes;
  const largest = LARGEST_REST +
    (rules.lenient ? Math.max(filesBytes, LEAST_LENIENT) : filesBytes);
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > largest) throw tooLarge(rules);
  const form = new FormReader(rules);
  try {
    const body = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, upTo(largest, rules), form.parserOf(request.headers));
    return await form.end();
  } catch (error) {
    await form.discard();
    const expected = error instanceof HttpRefusal || error instanceof InvalidInput;
    throw expected || isOfDisk(error) ? error : malformed("Malformed form data");
  }
}

/** Removes the files of a form. */
export async function removeFiles(files: readonly ReceivedFile[]): Promise<void> {
  await Promise.all(files.map(({ path }) => removeIfThere(path)));
}

function tooLarge({ most, fileBytes }: FileRules): HttpRefusal {
  const message = fileTooLarge(fileBytes);
  return new HttpRefusal(413, most === 1 ? message : `${message}, and ${most} files may come`);
}

/** Whether our side failed: the disk is full, or the folder is not there. */
const isOfDisk = (error: unknown): boolean =>
  faultOf(error) !== null ||
  (error instanceof Error && "syscall" in error && error.syscall !== "read");

/** Passes on so many bytes and refuses the next. */
function upTo(largest: number, rules: FileRules): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      if (size > largest) done(tooLarge(rules));
      else done(null, chunk);
    },
  });
}

class FormReader {
  readonly #rules: FileRules;
  readonly #fields: [string, string][] = [];
  readonly #files: Promise<ReceivedFile | null>[] = [];
  readonly #paths: string[] = [];
  readonly #stopping = new AbortController();
  #places = 0;

  constructor(rules: FileRules) {
    this.#rules = rules;
  }

  parserOf(headers: Headers): BusboyInstance {
    const { field, most, fileBytes, lenient } = this.#rules;
    const parser = new Busboy({
      headers: { "content-type": headers.get("content-type")! },
      limits: { ...FIELDS, fileSize: fileBytes, files: 2 * most },
    });
    const refuse = (error: Error) => parser.destroy(error);
    const tooMany = () => refuse(malformed("Too many fields"));
    parser.on("field", (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) refuse(malformed("A field is too long"));
      else this.#fields.push([name, value]);
    });
    parser.on("file", (name, stream, fileName) => {
      if (name !== field) {
        stream.resume();
        return;
      }
      if (!lenient) stream.once("limit", () => refuse(tooLarge(this.#rules)));
      const file = this.#receive(stream, fileName ?? "", this.#places++);
      this.#files.push(file);
      file.catch(refuse);
    });
    parser.on("filesLimit", () => refuse(this.#tooMany()));
    parser.on("fieldsLimit", tooMany);
    parser.on("partsLimit", tooMany);
    return parser;
  }

  async end(): Promise<Multipart> {
    const files = (await Promise.all(this.#files)).filter((file) => file !== null);
    if (files.length > this.#rules.most) throw this.#tooMany();
    return { fields: this.#fields, files };
  }

  /** Removes all that was written. */
  async discard(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#files);
    await Promise.all(this.#paths.map(removeIfThere));
  }

  #tooMany(): InvalidInput {
    const { field, most } = this.#rules;
    return new InvalidInput([{ path: field, message: `Must be at most ${most} files` }]);
  }

  /** Writes a file to disk; null where none was chosen. */
  async #receive(
    stream: BusboyFileStream,
    name: string,
    place: number,
  ): Promise<ReceivedFile | null> {
    const path = `${this.#rules.folder}/${crypto.randomUUID()}`;
    this.#paths.push(path);
    const hash = createHash("sha256");
    let size = 0;
    await pipeline(
      stream,
      new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          size += chunk.length;
          hash.update(chunk);
          done(null, chunk);
        },
      }),
      createWriteStream(path, { flags: "wx", mode: 0o600 }),
      { signal: this.#stopping.signal },
    );
    const isChosen = size > 0 || name !== "";
    if (isChosen && !stream.truncated) return { name, place, sha256: hash.digest("hex"), path };
    await removeIfThere(path);
    return isChosen ? { name, place, sha256: null, path } : null;
  }
}
