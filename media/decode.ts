import type { Buffer } from "node:buffer";
import sharp, { type Metadata, type ResizeOptions, type Sharp } from "sharp";
import { PictureRefused } from "./errors.ts";
import type { Frames } from "./frames.ts";
import { LIMITS } from "./limits.ts";
import { MAX_WIDTH } from "./picture.ts";
import { withProfile } from "./png.ts";

/** The longest side that WebP can have, in pixels. */
const MAX_SIDE = 16_383;

/** The longest that sharp can have a frame shown, in milliseconds. */
const MAX_DELAY = 65_535;

/** What makes a browser take a file for a page. Compressed pixels do not spell it by chance. */
const MARKUP = /<(!doctype\s+html|html|script)[\s/>]/i;

/**
 * Decodes a picture, at most 1440 pixels wide: upright, and in sRGB whatever its colours were in.
 *
 * @param square whether to cut the largest square out of its middle
 * @throws PictureRefused
 */
export async function decode(file: Uint8Array, square: boolean): Promise<Frames> {
  const header = await readHeader(file);
  if (MARKUP.test(new TextDecoder("latin1").decode(file))) {
    throw new PictureRefused(
      "deceptive",
      "That file is a picture and a web page in one; save the picture anew and choose that",
    );
  }
  try {
    const { data, info } = await (await open(file, header, square))
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const height = info.pageHeight ?? info.height;
    return {
      data,
      channels: info.channels,
      width: info.width,
      height,
      count: info.height / height,
      timing: timingOf(header),
    };
  } catch (cause) {
    throw damaged(cause);
  }
}

/** GIF files can show a frame for eleven minutes. */
const timingOf = ({ delay = [], loop = 0 }: Metadata): Frames["timing"] => ({
  delay: delay.map((milliseconds) => Math.min(milliseconds, MAX_DELAY)),
  loop,
});

const unknownKind = (cause: unknown) =>
  new PictureRefused(
    "unreadable",
    "That file is no picture we can read: JPEG, PNG, WebP, AVIF, GIF or HEIC",
    { cause },
  );

const damaged = (cause: unknown) =>
  new PictureRefused(
    "unreadable",
    "That picture is damaged or cut off; save it anew, or choose another",
    { cause },
  );

/** Reads what a file says of itself, and refuses too many pixels before any is decoded. */
async function readHeader(file: Uint8Array): Promise<Metadata> {
  if (file.length === 0) throw new PictureRefused("unreadable", "That file is empty");
  const header = await sharp(file, { limitInputPixels: false }).metadata().catch((cause) => {
    throw /unsupported image format/.test(cause.message) ? unknownKind(cause) : damaged(cause);
  });
  if (header.width * header.height * framesOf(header) > LIMITS.pixels) {
    throw new PictureRefused(
      "too_large",
      `That picture has more than ${LIMITS.pixels / 1e6} megapixels` +
        (framesOf(header) > 1 ? " in all its frames" : ""),
    );
  }
  return header;
}

/** The pages of a GIF or WebP are frames; those of the other formats are pictures of their own. */
const framesOf = ({ format, pages }: Metadata): number =>
  format === "gif" || format === "webp" ? pages ?? 1 : 1;

/** A pipeline that reads the file, upright, and makes it as small as it will be. */
async function open(file: Uint8Array, header: Metadata, square: boolean): Promise<Sharp> {
  if (header.compression === "hevc") return await openHeic(file, header.icc, square);
  const animated = framesOf(header) > 1;
  const pipeline = sharp(file, { animated, failOn: "error", limitInputPixels: LIMITS.pixels });
  // libvips turns no frames, and no format that moves needs it.
  return animated
    ? pipeline.resize(target(header, square))
    : pipeline.autoOrient().resize(target(header.autoOrient, square));
}

/** sharp's build leaves HEVC out, since it is patented. Its decoder is loaded when it is needed. */
async function openHeic(
  file: Uint8Array,
  icc: Buffer | undefined,
  square: boolean,
): Promise<Sharp> {
  const { decodeHeic } = await import("./heic.ts");
  const { data, width, height } = decodeHeic(file);
  const bitmap = sharp(data, { raw: { width, height, channels: 4 } })
    .resize(target({ width, height }, square));
  if (icc === undefined) return bitmap;
  // A bitmap has no place for its profile, a PNG file has.
  return sharp(withProfile(await bitmap.png({ compressionLevel: 0 }).toBuffer(), icc));
}

/** What to make of a picture: never larger than it is, and no larger than can be encoded. */
function target(
  { width, height }: { readonly width: number; readonly height: number },
  square: boolean,
): ResizeOptions {
  if (square) {
    const side = Math.min(width, height, MAX_WIDTH);
    return { width: side, height: side };
  }
  const scale = Math.min(1, MAX_WIDTH / width, MAX_SIDE / height);
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}
