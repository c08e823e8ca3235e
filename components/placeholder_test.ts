import assert from "node:assert/strict";
import fc from "fast-check";
import { rgbaToThumbHash } from "thumbhash";
import { placeholderUrl } from "./placeholder.ts";

const PREFIX = "data:image/bmp;base64,";

/** The placeholder of a picture whose colours are given, as bytes of a bitmap. */
function bitmap(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): DataView {
  const rgba = Uint8Array.from(
    { length: width * height * 4 },
    (_, at) => [...colour((at >> 2) % width, Math.floor((at >> 2) / width)), 255][at % 4]!,
  );
  const hash = btoa(String.fromCharCode(...rgbaToThumbHash(width, height, rgba)));
  const url = placeholderUrl(hash);
  assert.ok(url.startsWith(PREFIX));
  return new DataView(Uint8Array.fromBase64(url.slice(PREFIX.length)).buffer);
}

/** Blue, green and red of a pixel. */
const pixel = (view: DataView, x: number, y: number) => {
  const row = Math.ceil(view.getInt32(18, true) * 3 / 4) * 4;
  return [0, 1, 2].map((channel) => view.getUint8(54 + y * row + x * 3 + channel));
};

Deno.test("a placeholder has the colours of its picture where the picture has them", () => {
  const view = bitmap(60, 40, (x) => x < 30 ? [220, 20, 20] : [20, 20, 220]);
  assert.equal(view.getUint16(0), 0x424d);
  assert.equal(view.getInt32(18, true), 8);
  // A thumbhash has the ratio of its sides in thirds or so.
  assert.ok([-5, -6].includes(view.getInt32(22, true)));
  const [blueLeft, , redLeft] = pixel(view, 0, 2);
  const [blueRight, , redRight] = pixel(view, 7, 2);
  assert.ok(redLeft! > 150 && blueLeft! < 90, `${redLeft} ${blueLeft}`);
  assert.ok(blueRight! > 150 && redRight! < 90, `${redRight} ${blueRight}`);
});

Deno.test("a placeholder is a whole bitmap of at most 250 bytes, whatever its picture", () => {
  const side = fc.integer({ min: 16, max: 100 });
  fc.assert(
    fc.property(side, side, fc.nat(255), (width, height, shade) => {
      const view = bitmap(width, height, () => [shade, shade, shade]);
      assert.ok(view.byteLength <= 250);
      assert.equal(view.getUint32(2, true), view.byteLength);
      const rows = -view.getInt32(22, true);
      const row = Math.ceil(view.getInt32(18, true) * 3 / 4) * 4;
      assert.equal(view.byteLength, 54 + rows * row);
      for (let y = 0; y < rows; y++) {
        for (const value of pixel(view, 0, y)) assert.ok(Math.abs(value! - shade) < 24);
      }
    }),
    { numRuns: 50 },
  );
});
