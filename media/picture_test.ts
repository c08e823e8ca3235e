import assert from "node:assert/strict";
import fc from "fast-check";
import { fileNamesOf, isFileName, isHash, MAX_WIDTH, widthsOf } from "./picture.ts";

Deno.test("widthsOf answers the set widths below a picture's own, and its own at most 1440", () => {
  assert.deepEqual(widthsOf(4000), [320, 640, 1080, 1440]);
  assert.deepEqual(widthsOf(1440), [320, 640, 1080, 1440]);
  assert.deepEqual(widthsOf(1000), [320, 640, 1000]);
  assert.deepEqual(widthsOf(320), [320]);
  assert.deepEqual(widthsOf(1), [1]);
});

Deno.test("widthsOf never enlarges, rises, and ends with the widest there is", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20_000 }), (width) => {
    const widths = widthsOf(width);
    assert.equal(widths.at(-1), Math.min(width, MAX_WIDTH));
    assert(widths.every((one, index) => one <= width && one > (widths[index - 1] ?? 0)));
  }));
});

Deno.test("fileNamesOf answers a WebP and a JPEG file for each width, and isFileName knows them", () => {
  assert.deepEqual(fileNamesOf(400), ["320.webp", "320.jpg", "400.webp", "400.jpg"]);
  assert(fileNamesOf(5000).every(isFileName));
});

Deno.test("isHash and isFileName refuse what could lead out of a folder", () => {
  const hash = "0123456789abcdef".repeat(4);
  assert(isHash(hash));
  for (const text of ["", "..", hash.toUpperCase(), `${hash}\n`, `${hash}/..`, hash.slice(1)]) {
    assert(!isHash(text), text);
  }
  for (const text of ["", "..", "320.svg", "320.webp\n", "../320.webp", "0320.webp", "0.jpg"]) {
    assert(!isFileName(text), text);
  }
});
