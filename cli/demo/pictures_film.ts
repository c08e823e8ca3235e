/**
 * Pixels by hand: laying transparent bitmaps over each other, and film grain.
 *
 * @module
 */
import type { Random } from "./pictures_paint.ts";

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Pixels of four bytes: red, green and blue, each already multiplied by the opacity, then the opacity. */
export interface Bitmap extends Size {
  data: Uint8ClampedArray;
}

/** A bitmap from pixels whose colours are not multiplied by their opacity; takes `data` over. */
export function bitmap(data: Uint8Array, { width, height }: Size): Bitmap {
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < pixels.length; at += 4) {
    const opacity = pixels[at + 3]!;
    if (opacity === 255) continue;
    pixels[at] = (pixels[at]! * opacity) / 255;
    pixels[at + 1] = (pixels[at + 1]! * opacity) / 255;
    pixels[at + 2] = (pixels[at + 2]! * opacity) / 255;
  }
  return { data: pixels, width, height };
}

/** Lays bitmaps over each other, the first lowest. Those of another size are stretched to fit. */
export function stack(bitmaps: readonly Bitmap[], { width, height }: Size): Bitmap {
  const canvas = { data: new Uint8ClampedArray(width * height * 4), width, height };
  for (const sheet of bitmaps) {
    if (sheet.width === width && sheet.height === height) over(canvas, sheet);
    else overStretched(canvas, sheet);
  }
  return canvas;
}

function over({ data: canvas }: Bitmap, { data: sheet }: Bitmap): void {
  for (let at = 0; at < canvas.length; at += 4) {
    const opacity = sheet[at + 3]!;
    if (opacity === 0) continue;
    if (opacity === 255) {
      canvas[at] = sheet[at]!;
      canvas[at + 1] = sheet[at + 1]!;
      canvas[at + 2] = sheet[at + 2]!;
      canvas[at + 3] = 255;
      continue;
    }
    const rest = 1 - opacity / 255;
    canvas[at] = sheet[at]! + canvas[at]! * rest;
    canvas[at + 1] = sheet[at + 1]! + canvas[at + 1]! * rest;
    canvas[at + 2] = sheet[at + 2]! + canvas[at + 2]! * rest;
    canvas[at + 3] = opacity + canvas[at + 3]! * rest;
  }
}

/** Where each of `count` pixels falls among `among`: the pixel to its left, and how far it is from there to the next. */
function positions(count: number, among: number) {
  const at = Float64Array.from(
    { length: count },
    (_, i) => Math.min(Math.max(((i + 0.5) * among) / count - 0.5, 0), among - 1.0001),
  );
  return { left: Uint32Array.from(at), share: at.map((x) => x - Math.floor(x)) };
}

/** As {@linkcode over}, with the sheet stretched bilinearly: rows first, then along each row. */
function overStretched(canvas: Bitmap, sheet: Bitmap): void {
  const across = positions(canvas.width, sheet.width);
  const down = positions(canvas.height, sheet.height);
  const row = new Float32Array(sheet.width * 4);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    const upper = down.left[y]! * row.length;
    const low = down.share[y]!;
    for (let i = 0; i < row.length; i++) {
      const above = sheet.data[upper + i]!;
      row[i] = above + (sheet.data[upper + row.length + i]! - above) * low;
    }
    for (let x = 0; x < canvas.width; x++, at += 4) {
      const i = across.left[x]! * 4;
      const right = across.share[x]!;
      const left = 1 - right;
      const opacity = row[i + 3]! * left + row[i + 7]! * right;
      const rest = 1 - opacity / 255;
      canvas.data[at] = row[i]! * left + row[i + 4]! * right + canvas.data[at]! * rest;
      canvas.data[at + 1] = row[i + 1]! * left + row[i + 5]! * right + canvas.data[at + 1]! * rest;
      canvas.data[at + 2] = row[i + 2]! * left + row[i + 6]! * right + canvas.data[at + 2]! * rest;
      canvas.data[at + 3] = opacity + canvas.data[at + 3]! * rest;
    }
  }
}

/** How many values the grain repeats after: a prime, so that no pattern shows. */
const GRAIN = 8191;

/** Adds film grain, the same to the three colours of a pixel. */
export function addGrain({ data }: Bitmap, random: Random): void {
  const noise = Int8Array.from({ length: GRAIN }, () => Math.round(random.normal() * 4));
  for (let at = 0, n = 0; at < data.length; at += 4, n = (n + 1) % GRAIN) {
    const amount = noise[n]!;
    data[at] = data[at]! + amount;
    data[at + 1] = data[at + 1]! + amount;
    data[at + 2] = data[at + 2]! + amount;
  }
}
