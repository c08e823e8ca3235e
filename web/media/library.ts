import type { Sender } from "../../domain/core/bus.ts";
import type { Filmroll } from "../../domain/mod.ts";
import type { FileName } from "../../media/picture.ts";
import type { PictureProcessor } from "../../media/processor.ts";
import type { ByteRange, MediaStorage, StoredFile } from "../../media/storage.ts";
import { Locks } from "../locks.ts";

export interface MediaLibraryOptions {
  readonly filmroll: Filmroll;
  readonly processor: Pick<PictureProcessor, "process">;
  readonly storage: MediaStorage;
}

export interface NewPicture {
  readonly by: number;
  readonly alt: string;
  /** Whether to cut the largest square out of its middle. */
  readonly square: boolean;
}

/**
 * Joins the pictures' files with what the film says of them. Files come before the event that names
 * them and go after the last such event's end, so no picture that is on show ever lacks its files.
 * Whatever concerns one hash happens one after another: the same picture may be uploaded in the
 * moment in which another person's goes.
 */
export class MediaLibrary {
  readonly #filmroll: Filmroll;
  readonly #processor: MediaLibraryOptions["processor"];
  readonly #storage: MediaStorage;
  readonly #byHash = new Locks();

  constructor({ filmroll, processor, storage }: MediaLibraryOptions) {
    this.#filmroll = filmroll;
    this.#processor = processor;
    this.#storage = storage;
  }

  /**
   * Makes a picture of a file and keeps it; answers its id.
   *
   * @throws PictureRefused, PicturesOverloaded, and what the command `UploadMedia` is refused with
   */
  async keep(path: string, { by, alt, square }: NewPicture, sender: Sender): Promise<number> {
    const { picture, files } = await this.#processor.process(path, { square });
    return await this.#byHash.hold(picture.hash, async () => {
      try {
        await this.#storage.put(picture.hash, files);
        const { commands } = this.#filmroll;
        return (await commands.execute("UploadMedia", { by, picture, alt }, sender)).mediaId;
      } finally {
        // Refused, or acknowledged before and discarded since: then nobody keeps it.
        await this.#removeUnlessKept(picture.hash);
      }
    });
  }

  /** As {@linkcode MediaStorage.open}. */
  open(hash: string, name: FileName, range?: ByteRange): Promise<StoredFile | null> {
    return this.#storage.open(hash, name, range);
  }

  /** Removes a picture's files, unless somebody keeps the same picture. */
  release(hash: string): Promise<void> {
    return this.#byHash.hold(hash, () => this.#removeUnlessKept(hash));
  }

  /** Removes the files that no event names: those of uploads amid which the program was killed. */
  async removeOrphans(): Promise<void> {
    for await (const hash of this.#storage.list()) await this.release(hash);
  }

  async #removeUnlessKept(hash: string): Promise<void> {
    const kept = await this.#filmroll.queries.ask("IsHashKept", { hash });
    if (!kept) await this.#storage.remove(hash);
  }
}
