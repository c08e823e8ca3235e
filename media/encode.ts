import sharp, { type Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { firstOf, type Frames } from "./frames.ts";
import type { Format } from "./picture.ts";

/** The longest side that a thumbhash is made of, in pixels. */
const THUMBHASH_SIDE = 100;

/** Encodes a picture at a width, which is its own or less. Nothing but pixels and timing is written. */
export async function encode(
  frames: Frames,
  width: number,
  format: Format,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await encoders[format](frames, width).toBuffer());
}

const encoders: Record<Format, (frames: Frames, width: number) => Sharp> = {
  webp: (frames, width) =>
    resized(frames, width).webp(
      frames.count > 1 ? { quality: 75, effort: 2, ...frames.timing } : { quality: 80 },
    ),
  jpg: (frames, width) =>
    resized(firstOf(frames), width)
      .flatten({ background: "white" })
      .jpeg({ quality: 80, mozjpeg: true }),
};

/** A thumbhash in base64. */
export async function placeholderOf(frames: Frames): Promise<string> {
  const { data, info } = await pixels(firstOf(frames))
    .resize({
      width: THUMBHASH_SIDE,
      height: THUMBHASH_SIDE,
      fit: "inside",
      withoutEnlargement: true,
    })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return rgbaToThumbHash(info.width, info.height, data).toBase64();
}

const resized = (frames: Frames, width: number): Sharp =>
  pixels(frames).resize({
    width,
    height: Math.max(1, Math.round(frames.height * width / frames.width)),
    fit: "fill",
  });

const pixels = ({ data, channels, width, height, count }: Frames): Sharp =>
  sharp(data, {
    raw: { width, height: height * count, channels, pageHeight: height },
    animated: true,
    limitInputPixels: false,
  });
