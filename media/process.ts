import { createHash } from "node:crypto";
import { decode } from "./decode.ts";
import { encode, placeholderOf } from "./encode.ts";
import { fileName, FORMATS, type PictureFile, widthsOf } from "./picture.ts";
import type { ProcessedPicture, ProcessOptions } from "./processor.ts";

/**
 * Makes a picture of a file, in this thread and with all cores: the work of a
 * {@linkcode PictureProcessor}.
 *
 * @throws PictureRefused
 */
export async function processPicture(
  file: Uint8Array,
  { square = false }: ProcessOptions = {},
): Promise<ProcessedPicture> {
  const frames = await decode(file, square);
  const files: PictureFile[] = [];
  for (const width of widthsOf(frames.width)) {
    for (const format of FORMATS) {
      files.push({ name: fileName(width, format), bytes: await encode(frames, width, format) });
    }
  }
  const largest = files.find(({ name }) => name === fileName(frames.width, "webp"))!;
  return {
    picture: {
      hash: createHash("sha256").update(largest.bytes).digest("hex"),
      width: frames.width,
      height: frames.height,
      placeholder: await placeholderOf(frames),
      animated: frames.count > 1,
      bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    },
    files,
  };
}
