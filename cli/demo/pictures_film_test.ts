import assert from "node:assert/strict";
import { addGrain, bitmap, stack } from "./pictures_film.ts";
import { seeded } from "./pictures_paint.ts";

/** A bitmap of one row of pixels, given as red, green, blue, opacity. */
const row = (...pixels: number[][]) =>
  bitmap(Uint8Array.from(pixels.flat()), { width: pixels.length, height: 1 });

Deno.test("stack lays a half-transparent colour over an opaque one as their mean", () => {
  const { data } = stack([row([200, 100, 0, 255]), row([0, 0, 100, 128])], { width: 1, height: 1 });
  assert.deepEqual([...data], [100, 50, 50, 255]);
});

Deno.test("stack lets the lower sheet through where the upper is clear, and hides it where opaque", () => {
  const { data } = stack(
    [row([9, 9, 9, 255], [9, 9, 9, 255]), row([50, 60, 70, 0], [50, 60, 70, 255])],
    { width: 2, height: 1 },
  );
  assert.deepEqual([...data], [9, 9, 9, 255, 50, 60, 70, 255]);
});

Deno.test("stack stretches a smaller sheet without darkening its transparent edge", () => {
  const small = bitmap(Uint8Array.from([200, 200, 200, 255, 0, 0, 0, 0]), { width: 2, height: 1 });
  const padded = {
    ...small,
    data: Uint8ClampedArray.from([...small.data, ...small.data]),
    height: 2,
  };
  const white = bitmap(new Uint8Array(4 * 4 * 2).fill(200).map((v, i) => i % 4 === 3 ? 255 : v), {
    width: 4,
    height: 2,
  });
  const { data } = stack([white, padded], { width: 4, height: 2 });
  for (const [i, value] of data.entries()) {
    assert.ok(Math.abs(value - (i % 4 === 3 ? 255 : 200)) <= 1, `byte ${i} is ${value}`);
  }
});

Deno.test("addGrain moves the three colours of a pixel alike and leaves the opacity", () => {
  const grey = bitmap(new Uint8Array(400).fill(128).map((v, i) => i % 4 === 3 ? 255 : v), {
    width: 100,
    height: 1,
  });
  addGrain(grey, seeded(1));
  const reds = grey.data.filter((_, i) => i % 4 === 0);
  assert.deepEqual(grey.data.filter((_, i) => i % 4 === 1), reds);
  assert.ok(new Set(reds).size > 5);
  assert.ok(grey.data.every((value, i) => i % 4 !== 3 || value === 255));
});
