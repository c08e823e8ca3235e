/** Pictures for tests, good ones and bad ones, painted anew. */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** Upper left, upper right, lower left, lower right. */
export type Quarters = readonly [Colour, Colour, Colour, Colour];
export type Colour = readonly [red: number, green: number, blue: number];

/** What the quarters of most pictures here are: red, green, blue and white. */
export const QUARTERS: Quarters = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];

/** A picture that shows by its quarters how it is turned, and whether its colours are right. */
export function quartered(width = 1200, height = 800, quarters = QUARTERS): Sharp {
  return sharp(Buffer.from(quarters.flat()), { raw: { width: 2, height: 2, channels: 3 } })
    .resize({ width, height, fit: "fill", kernel: "nearest" });
}

/** The colours in the middle of a picture's quarters. */
export async function quartersOf(picture: Uint8Array): Promise<Quarters> {
  const { data } = await sharp(picture).flatten({ background: "white" }).toColourspace("srgb")
    .resize({ width: 4, height: 4, fit: "fill", kernel: "nearest" })
    .raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray(3 * (4 * y + x)).subarray(0, 3)];
  return [at(0, 0), at(3, 0), at(0, 3), at(3, 3)] as unknown as Quarters;
}

/** A photo of a telephone held upright, as JPEG: turned by EXIF orientation 6, and it says where it was taken. */
export async function turnedWithPlace(): Promise<Buffer> {
  const lying = await quartered().rotate(270).png().toBuffer();
  return await sharp(lying)
    .withExif({
      IFD0: { Make: "Camera", Copyright: "somebody" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

/** The same in 120 × 80 pixels as HEIC, in colours of Display P3 and turned by a property of its own (`irot`). */
export const heic = (): Promise<Uint8Array> => testdata("turned.heic");

/** A HEIC of 67 × 45 pixels, whose rows do not end where its decoder's do. */
export const oddHeic = (): Promise<Uint8Array> => testdata("odd.heic");

const testdata = (name: string): Promise<Uint8Array> =>
  Deno.readFile(new URL(`testdata/${name}`, import.meta.url));

/** Colours that ink can print. */
export const PRINTABLE: Quarters = [[200, 60, 60], [60, 150, 80], [60, 80, 160], [240, 240, 240]];

/** {@linkcode PRINTABLE} colours for a printer. */
export const cmykJpeg = (): Promise<Buffer> =>
  quartered(1200, 800, PRINTABLE).toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer();

export const widePng = (): Promise<Buffer> => quartered().withIccProfile("p3").png().toBuffer();

export const deepPng = (): Promise<Buffer> => quartered().toColourspace("rgb16").png().toBuffer();

/** An animation of frames of one colour each, shown for a tenth of a second more each. */
export function animation(
  { width = 400, height = 300, frames = QUARTERS as readonly Colour[] } = {},
): Sharp {
  const data = Buffer.concat(
    frames.map((colour) => Buffer.alloc(width * height * 3, Buffer.from(colour))),
  );
  return sharp(data, {
    raw: { width, height: height * frames.length, channels: 3, pageHeight: height },
    limitInputPixels: false,
  });
}

export const DELAYS = [100, 200, 300, 400];

export const animatedGif = (): Promise<Buffer> =>
  animation().gif({ delay: DELAYS, loop: 3 }).toBuffer();

/** What a camera of today makes: 12 megapixels, with grain, as JPEG of some 4 MB. */
export const cameraJpeg = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: "grey",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  }).blur(1).jpeg({ quality: 90 }).toBuffer();

/** A PNG file that says how large it is, and then hardly holds anything. */
export function pngThatClaims(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const eightBitGrey = Buffer.from([8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", Buffer.concat([size, eightBitGrey])),
    pngChunk("IDAT", Buffer.from([0x78, 0x9c, 0x63, 0])),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), chunk.length - 4);
  return chunk;
}

/** A JPEG file with a page in its comment: a browser shows whichever it is asked for. */
export async function jpegAndPage(): Promise<Buffer> {
  const jpeg = await quartered(64, 64).jpeg().toBuffer();
  const page = Buffer.from("<!DOCTYPE html><html><script>alert(document.domain)</script></html>");
  const length = page.length + 2;
  const comment = Buffer.from([0xff, 0xfe, length >> 8, length & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, page, jpeg.subarray(2)]);
}

export const svgWithScript = (): Buffer =>
  Buffer.from(
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' +
      "<script>alert(document.domain)</script></svg>",
  );
