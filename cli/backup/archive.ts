/** What a backup is: a tar with a manifest first, then the database, the secrets and the pictures. */
import { createTarPacker } from "modern-tar";
import { z } from "zod";
import { pour } from "../support/files.ts";

export const MANIFEST = "manifest.json";
export const DATABASE = "filmroll.db";
export const SECRETS = ["master_key", "jwt_secret"] as const;
export const MEDIA = "media";

/** A file of a backup: nothing else in an archive is one of ours. */
const NAME = /^(?:manifest\.json|filmroll\.db|master_key|jwt_secret|media(?:\/\w[\w.-]*)+)$/;

export const isName = (name: string): boolean => NAME.test(name);

export const Manifest = z.object({
  format: z.literal("filmroll backup 1"),
  created_at: z.iso.datetime(),
  /** Where the film ended: what is restored must end there, too. */
  head: z.object({
    position: z.int().min(0),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

/** Writes a tar to a file, one file after another, as fast as the disk takes them. */
export class ArchiveWriter {
  readonly #packer = createTarPacker();
  readonly #written: Promise<void>;

  constructor(file: Deno.FsFile) {
    this.#written = pour(this.#packer.readable, file);
    // Waited for at the end; a failure shows in what is being added as well.
    this.#written.catch(() => {});
  }

  async addText(name: string, text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    await this.#add(name, bytes.length, new Date(), new Blob([bytes]).stream());
  }

  /** @param onBytes told of each piece that was read */
  async addFile(name: string, path: string, onBytes: (bytes: number) => void): Promise<void> {
    const file = await Deno.open(path);
    const { size, mtime } = await file.stat();
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onBytes(chunk.length);
        controller.enqueue(chunk);
      },
    });
    await this.#add(name, size, mtime ?? new Date(), file.readable.pipeThrough(counted));
  }

  /** Ends the archive; answers once all of it is written. */
  async end(): Promise<void> {
    this.#packer.controller.finalize();
    await this.#written;
  }

  async #add(name: string, size: number, mtime: Date, body: ReadableStream<Uint8Array>) {
    const entry = this.#packer.controller.add({ name, size, mtime, mode: 0o600, type: "file" });
    await body.pipeTo(entry);
  }
}
