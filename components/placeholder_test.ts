import assert from "node:assert/strict";
import fc from "fast-check";
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";
import { placeholderUrl } from "./placeholder.ts";

const PREFIX = "data:image/bmp;base64,";

type Colours = (x: number, y: number) => readonly [number, number, number, number?];

function thumbHash(width: number, height: number, colour: Colours): Uint8Array {
  const rgba = Array.from({ length: width * height }, (_, at) => {
    const [red, green, blue, alpha = 255] = colour(at % width, Math.floor(at / width));
    return [red, green, blue, alpha];
  });
  return rgbaToThumbHash(width, height, Uint8Array.from(rgba.flat()));
}

/** The placeholder of a thumbhash, as the bytes of a bitmap. */
function bitmapOf(hash: Uint8Array): DataView {
  const url = placeholderUrl(hash.toBase64());
  assert.ok(url.startsWith(PREFIX));
  return new DataView(Uint8Array.fromBase64(url.slice(PREFIX.length)).buffer);
}

const sizeOf = (view: DataView) => [view.getInt32(18, true), -view.getInt32(22, true)] as const;

/** Blue, green and red of a pixel. */
const pixel = (view: DataView, x: number, y: number) => {
  const row = Math.ceil(view.getInt32(18, true) * 3 / 4) * 4;
  return [0, 1, 2].map((channel) => view.getUint8(54 + y * row + x * 3 + channel));
};

Deno.test("a placeholder has the colours of its picture where the picture has them", () => {
  const view = bitmapOf(thumbHash(60, 40, (x) => x < 30 ? [220, 20, 20] : [20, 20, 220]));
  assert.equal(view.getUint16(0), 0x424d);
  const [width, height] = sizeOf(view);
  assert.equal(width, 8);
  // A thumbhash has the ratio of its sides in sevenths.
  assert.ok(height === 5 || height === 6);
  const [blueLeft, , redLeft] = pixel(view, 0, 2);
  const [blueRight, , redRight] = pixel(view, 7, 2);
  assert.ok(redLeft! > 150 && blueLeft! < 90, `${redLeft} ${blueLeft}`);
  assert.ok(blueRight! > 150 && redRight! < 90, `${redRight} ${blueRight}`);
});

Deno.test("a placeholder is a whole bitmap, with the colours that the library reads", () => {
  const side = fc.integer({ min: 1, max: 100 });
  const shade = fc.nat(255);
  fc.assert(
    fc.property(
      side,
      side,
      shade,
      shade,
      fc.constantFrom(255, 100),
      (width, height, a, b, alpha) => {
        const hash = thumbHash(width, height, (x, y) => [a, (b + 9 * x) % 256, 5 * y % 256, alpha]);
        const view = bitmapOf(hash);
        const [columns, rows] = sizeOf(view);
        const row = Math.ceil(columns * 3 / 4) * 4;
        assert.equal(view.byteLength, 54 + rows * row);
        assert.equal(view.getUint32(2, true), view.byteLength);
        assert.ok(view.byteLength <= 250);

        const { w, h, rgba } = thumbHashToRGBA(hash);
        // Of its pixels those are compared whose middles are at the same place.
        for (let y = 0; y < rows; y++) {
          for (let x = 0; x < columns; x++) {
            const [left, top] = [(x + 0.5) / columns * w - 0.5, (y + 0.5) / rows * h - 0.5];
            const near = [Math.floor(top), Math.ceil(top)].flatMap((down) =>
              [Math.floor(left), Math.ceil(left)].map((across) => 4 * (down * w + across))
            );
            pixel(view, x, y).forEach((value, channel) => {
              const there = near.map((at) => rgba[at + 2 - channel]!);
              assert.ok(value >= Math.min(...there) - 6 && value <= Math.max(...there) + 6);
            });
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});
