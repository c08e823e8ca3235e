import type { Sender } from "../../domain/core/bus.ts";
import type { Filmroll } from "../../domain/mod.ts";
import type { FileName } from "../../media/picture.ts";
import type { PictureProcessor } from "../../media/processor.ts";
import type { ByteRange, MediaStorage, StoredFile } from "../../media/storage.ts";
import type { Locks } from "../locks.ts";

export interface MediaLibraryOptions {
  readonly filmroll: Filmroll;
  readonly processor: Pick<PictureProcessor, "process">;
  readonly storage: MediaStorage;
  /** Held by a picture's hash, by every program that works on the storage. */
  readonly locks: Locks;
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
  readonly #byHash: Locks;

  constructor({ filmroll, processor, storage, locks }: MediaLibraryOptions) {
    this.#filmroll = filmroll;
    this.#processor = processor;
    this.#storage = storage;
    this.#byHash = locks;
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

  /**
   * Removes the files that no event names: those of uploads amid which a program was killed.
   *
   * @param before younger ones stay: they may be of an upload that goes on in another program
   */
  async removeOrphans(before: Date): Promise<void> {
    for await (const hash of this.#storage.list()) {
      await this.#byHash.hold(hash, async () => {
        if (await this.#isKept(hash)) return;
        const modifiedAt = await this.#storage.modifiedAt(hash);
        if (modifiedAt !== null && modifiedAt <= before) await this.#storage.remove(hash);
      });
    }
  }

  #isKept(hash: string): Promise<boolean | null> {
    return this.#filmroll.queries.ask("IsHashKept", { hash });
  }

  async #removeUnlessKept(hash: string): Promise<void> {
    if (!await this.#isKept(hash)) await this.#storage.remove(hash);
  }
}
