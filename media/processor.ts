import type { Picture, PictureFile } from "./picture.ts";

export interface ProcessOptions {
  /** Whether to cut the largest square out of its middle. */
  readonly square?: boolean;
}

/** A picture that is ready to be kept. */
export interface ProcessedPicture {
  readonly picture: Picture;
  readonly files: readonly PictureFile[];
}

/** Makes pictures of files that people send. */
export interface PictureProcessor {
  /**
   * Decodes a file to be sure that it is a picture, turns it upright, forgets all its metadata, and
   * encodes it in each of its sizes.
   *
   * @param path the file as it was sent; neither its name nor what it was said to be is asked
   * @throws PictureRefused, PicturesOverloaded
   */
  process(path: string, options?: ProcessOptions): Promise<ProcessedPicture>;
  /** Ends what is under way. */
  close(): Promise<void>;
}
