import { thumbHashToRGBA } from "thumbhash";

/** Of the longer side, in pixels: a browser smooths what it enlarges. */
const SIDE = 8;
const HEADER = 54;
const MOST_KEPT = 2000;

const kept = new Map<string, string>();

/**
 * What a picture looks like from afar, as an image of some 200 bytes.
 *
 * @param placeholder a thumbhash, in base64
 * @returns a data URL; of a bitmap, which unlike other formats is its pixels and hardly anything else
 */
export function placeholderUrl(placeholder: string): string {
  let url = kept.get(placeholder);
  if (url === undefined) {
    url = `data:image/bmp;base64,${btoa(String.fromCharCode(...bitmapOf(placeholder)))}`;
    if (kept.size === MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(placeholder, url);
  }
  return url;
}

/** A bitmap of 24 bits a pixel, from the top down (BITMAPINFOHEADER with a negative height). */
function bitmapOf(placeholder: string): Uint8Array {
  const { w, h, rgba } = thumbHashToRGBA(
    Uint8Array.from(atob(placeholder), (character) => character.charCodeAt(0)),
  );
  const scale = Math.max(w, h) / SIDE;
  const [width, height] = [Math.round(w / scale), Math.round(h / scale)];
  const middle = (at: number, of: number, from: number) => Math.floor((at + 0.5) / of * from);
  const rowBytes = Math.ceil(width * 3 / 4) * 4;
  const bytes = new Uint8Array(HEADER + rowBytes * height);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x424d);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEADER, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (middle(y, height, h) * w + middle(x, width, w));
      const [red, green, blue] = rgba.subarray(from, from + 3);
      bytes.set([blue!, green!, red!], HEADER + y * rowBytes + x * 3);
    }
  }
  return bytes;
}
