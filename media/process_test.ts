import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import fc from "fast-check";
import sharp from "sharp";
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from "thumbhash";
import { type PictureRefusal, PictureRefused } from "./errors.ts";
import { type FileName, fileNamesOf } from "./picture.ts";
import { processPicture } from "./process.ts";
import type { ProcessedPicture } from "./processor.ts";
import {
  animatedGif,
  animation,
  cmykJpeg,
  deepPng,
  DELAYS,
  heic,
  jpegAndPage,
  oddHeic,
  pngThatClaims,
  PRINTABLE,
  quartered,
  QUARTERS,
  type Quarters,
  quartersOf,
  turnedWithPlace,
  widePng,
} from "./testing.ts";

function fileOf({ files }: ProcessedPicture, name: FileName): Uint8Array {
  const file = files.find((one) => one.name === name);
  assert(file, `no "${name}" in ${files.map(({ name }) => name)}`);
  return file.bytes;
}

/** @param tolerance what compression may change of a colour, of 255 */
function assertColours(actual: Quarters, expected: Quarters, tolerance: number): void {
  const off = actual.flat().map((value, index) => Math.abs(value - expected.flat()[index]!));
  assert(Math.max(...off) <= tolerance, `${JSON.stringify(actual)} is off by ${Math.max(...off)}`);
}

interface Good {
  readonly file: () => Promise<Uint8Array>;
  readonly widths: readonly number[];
  readonly colours?: Quarters;
  readonly off?: number;
}

const good: Record<string, Good> = {
  "a JPEG with orientation 6 and a place": {
    file: turnedWithPlace,
    widths: [320, 640, 1080, 1200],
  },
  "a HEIC in Display P3 that turns itself": { file: heic, widths: [120] },
  "a HEIC with odd sides": { file: oddHeic, widths: [67] },
  "a JPEG in CMYK": {
    file: cmykJpeg,
    widths: [320, 640, 1080, 1200],
    colours: PRINTABLE,
    off: 25,
  },
  "a PNG in Display P3": { file: widePng, widths: [320, 640, 1080, 1200] },
  "a PNG of 16 bits": { file: deepPng, widths: [320, 640, 1080, 1200] },
  "a WebP": { file: () => quartered(320, 200).webp().toBuffer(), widths: [320] },
  "an AVIF": { file: () => quartered(600, 400).avif().toBuffer(), widths: [320, 600] },
};

for (const [name, { file, widths, colours = QUARTERS, off = 12 }] of Object.entries(good)) {
  Deno.test(`processPicture makes every size of ${name}, upright, in sRGB and without metadata`, async () => {
    const processed = await processPicture(await file());
    const { picture, files } = processed;
    assert.deepEqual(
      files.map(({ name }) => name),
      widths.flatMap((width) => [`${width}.webp`, `${width}.jpg`]),
    );
    for (const { name, bytes } of files) {
      const { format, width, height, space, orientation, exif, icc, xmp, iptc, comments } =
        await sharp(bytes).metadata();
      assert.equal(`${width}.${format}`, name.replace("jpg", "jpeg"));
      assert.equal(height, Math.round(picture.height * width / picture.width));
      assert.equal(space, "srgb");
      assert.deepEqual({ orientation, exif, icc, xmp, iptc, comments }, {
        orientation: undefined,
        exif: undefined,
        icc: undefined,
        xmp: undefined,
        iptc: undefined,
        comments: undefined,
      });
      assertColours(await quartersOf(bytes), colours, off);
    }
    assert.equal(picture.animated, false);
    assert.equal(picture.bytes, files.reduce((sum, { bytes }) => sum + bytes.length, 0));
  });
}

Deno.test("what the tests turn and place is turned and placed", async () => {
  for (const file of [await turnedWithPlace(), await heic()]) {
    const { exif, autoOrient: { width, height } } = await sharp(file).metadata();
    assert(width > height);
    // Tag 0x8825 (GPS), least significant byte first, of type 4 (LONG).
    assert(exif!.includes(new Uint8Array([0x25, 0x88, 4, 0])));
  }
  assert.equal((await sharp(await turnedWithPlace()).metadata()).orientation, 6);
});

Deno.test("processPicture names a picture by its largest WebP, the same each time", async () => {
  const [one, other] = [
    await processPicture(await deepPng()),
    await processPicture(await deepPng()),
  ];
  const hash = createHash("sha256").update(fileOf(one, "1200.webp")).digest("hex");
  assert.equal(one.picture.hash, hash);
  assert.deepEqual(one, other);
});

Deno.test("processPicture makes a placeholder of the picture's shape and colours", async () => {
  const { picture } = await processPicture(
    await quartered(900, 600, [[250, 20, 20], [250, 20, 20], [250, 20, 20], [250, 20, 20]]).png()
      .toBuffer(),
  );
  const hash = Uint8Array.fromBase64(picture.placeholder);
  assert(hash.length < 30);
  assert(Math.abs(thumbHashToApproximateAspectRatio(hash) - 1.5) < 0.2);
  const { r, g, b, a } = thumbHashToAverageRGBA(hash);
  assert(r > 0.8 && g < 0.25 && b < 0.25 && a > 0.95, `${[r, g, b, a]}`);
});

Deno.test("processPicture takes a JPEG of 12 megapixels, and never makes it wider than 1440", async () => {
  const { picture, files } = await processPicture(
    await quartered(4000, 3000).jpeg().toBuffer(),
  );
  assert.deepEqual([picture.width, picture.height], [1440, 1080]);
  assert.deepEqual(files.map(({ name }) => name), fileNamesOf(4000));
});

Deno.test("processPicture keeps a GIF moving as WebP, and its first frame as JPEG", async () => {
  const processed = await processPicture(await animatedGif());
  assert.deepEqual(processed.picture.animated, true);
  assert.deepEqual([processed.picture.width, processed.picture.height], [400, 300]);
  for (const width of [320, 400]) {
    const moving = fileOf(processed, `${width}.webp`);
    const { pages, pageHeight, delay, loop } = await sharp(moving, { animated: true }).metadata();
    assert.deepEqual({ pages, pageHeight, delay, loop }, {
      pages: 4,
      pageHeight: width * 0.75,
      delay: DELAYS,
      loop: 3,
    });
    const still = fileOf(processed, `${width}.jpg`);
    const red = QUARTERS[0];
    assertColours(await quartersOf(still), [red, red, red, red], 8);
  }
});

Deno.test("processPicture shows a frame for a minute where a GIF shows it for longer", async () => {
  const gif = await animatedGif();
  // The first frame's graphic control extension: its delay is in hundredths of a second.
  gif.writeUInt16LE(60_000, gif.indexOf(Buffer.from([0x21, 0xf9, 4])) + 4);
  const { delay } = await sharp(fileOf(await processPicture(gif), "400.webp"), { animated: true })
    .metadata();
  assert.deepEqual(delay, [65_535, ...DELAYS.slice(1)]);
});

Deno.test("processPicture shows through what is transparent, and white in JPEG", async () => {
  const glass = await sharp({
    create: { width: 40, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
  }).png().toBuffer();
  const processed = await processPicture(glass);
  const { isOpaque } = await sharp(fileOf(processed, "40.webp")).stats();
  assert.equal(isOpaque, false);
  const white = QUARTERS[3];
  assertColours(await quartersOf(fileOf(processed, "40.jpg")), [white, white, white, white], 2);
});

Deno.test("processPicture cuts the largest square out of the middle, of frames too", async () => {
  const middle = await sharp(await quartered(400, 400).png().toBuffer())
    .extend({ left: 200, right: 200, background: "black" }).png().toBuffer();
  const square = await processPicture(middle, { square: true });
  assert.deepEqual([square.picture.width, square.picture.height], [400, 400]);
  assertColours(await quartersOf(fileOf(square, "400.jpg")), QUARTERS, 12);

  const moving = await processPicture(await animatedGif(), { square: true });
  assert.deepEqual([moving.picture.width, moving.picture.height], [300, 300]);
  assert.equal(moving.picture.animated, true);
});

Deno.test("processPicture makes what is longer than WebP can be narrower", async () => {
  const { picture, files } = await processPicture(
    await quartered(40, 20_000).png().toBuffer(),
  );
  assert.deepEqual([picture.width, picture.height], [33, 16_383]);
  assert.deepEqual(files.map(({ name }) => name), ["33.webp", "33.jpg"]);
});

async function refusalOf(file: Uint8Array): Promise<PictureRefused> {
  try {
    await processPicture(file);
  } catch (error) {
    assert(error instanceof PictureRefused, `${error}`);
    return error;
  }
  assert.fail("It was not refused");
}

const DAMAGED = /^That picture is damaged or cut off/;

const bad: Record<string, [() => Promise<Uint8Array> | Uint8Array, PictureRefusal, RegExp]> = {
  "an empty file": [() => new Uint8Array(), "unreadable", /^That file is empty$/],
  "a JPEG that is cut off": [
    async () => (await turnedWithPlace()).subarray(0, -2000),
    "unreadable",
    DAMAGED,
  ],
  "a PNG that is cut off": [async () => (await deepPng()).subarray(0, -200), "unreadable", DAMAGED],
  "a WebP that is cut off": [
    async () => (await quartered().webp({ quality: 100 }).toBuffer()).subarray(0, -100),
    "unreadable",
    DAMAGED,
  ],
  "a HEIC that is cut off": [async () => (await heic()).subarray(0, -700), "unreadable", DAMAGED],
  "a page in a JPEG": [jpegAndPage, "deceptive", /picture and a web page in one/],
  "a PNG of 60,000 × 60,000": [
    () => pngThatClaims(60_000, 60_000),
    "too_large",
    /^That picture has more than 50 megapixels$/,
  ],
  "an animation of more than 50 megapixels": [
    () =>
      animation({
        width: 3600,
        height: 3600,
        frames: [[1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]],
      }).webp({ lossless: true, effort: 0 }).toBuffer(),
    "too_large",
    /^That picture has more than 50 megapixels in all its frames$/,
  ],
};

for (const [name, [file, refusal, message]] of Object.entries(bad)) {
  Deno.test(`processPicture refuses ${name}`, async () => {
    const error = await refusalOf(await file());
    assert.equal(error.refusal, refusal, `${error.message}: ${error.cause}`);
    assert.match(error.message, message);
  });
}

Deno.test("processPicture makes a picture of a file that is damaged anywhere, or refuses it", async () => {
  const files = await Promise.all([
    quartered(40, 30).jpeg().toBuffer(),
    quartered(40, 30).png().toBuffer(),
    quartered(40, 30).webp().toBuffer(),
    quartered(40, 30).avif({ effort: 0 }).toBuffer(),
    animation({ width: 20, height: 10 }).gif().toBuffer(),
    oddHeic(),
  ]);
  const damage = fc.array(fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damage, async (file, changes) => {
      const damaged = new Uint8Array(file);
      for (const { at, byte } of changes) damaged[at % damaged.length] = byte;
      try {
        const { picture, files } = await processPicture(damaged);
        assert.deepEqual(files.map(({ name }) => name), fileNamesOf(picture.width));
      } catch (error) {
        assert(error instanceof PictureRefused, `${error}`);
      }
    }),
    { numRuns: 200 },
  );
});
