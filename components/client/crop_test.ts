import assert from "node:assert/strict";
import fc from "fast-check";
import { centred, type Crop, MAX_ZOOM, moved, sideOf, type Size, within, zoomed } from "./crop.ts";

const size = fc.record({
  width: fc.integer({ min: 1, max: 10_000 }),
  height: fc.integer({ min: 1, max: 10_000 }),
});
const step = fc.double({ min: -3, max: 3, noNaN: true });

function assertInside(crop: Crop, size: Size) {
  const half = sideOf(crop, size) / 2;
  const slack = 1e-6;
  assert.ok(crop.zoom >= 1 && crop.zoom <= MAX_ZOOM);
  assert.ok(crop.x - half >= -slack && crop.x + half <= size.width + slack);
  assert.ok(crop.y - half >= -slack && crop.y + half <= size.height + slack);
}

Deno.test("a crop is inside of its picture, however it is moved and zoomed", () => {
  const change = fc.oneof(
    fc.tuple(step, step).map(([right, down]) => (size: Size, crop: Crop) =>
      moved(size, crop, right, down)
    ),
    fc.double({ min: 0.1, max: 10, noNaN: true }).map((factor) => (size: Size, crop: Crop) =>
      zoomed(size, crop, factor)
    ),
  );
  fc.assert(fc.property(size, fc.array(change), (size, changes) => {
    let crop = centred(size);
    assertInside(crop, size);
    for (const change of changes) assertInside(crop = change(size, crop), size);
  }));
});

Deno.test("moving a picture to the right shows more of its left side", () => {
  const wide = { width: 400, height: 200 };
  const crop = moved(wide, centred(wide), 0.25, 0);
  assert.deepEqual(crop, { x: 150, y: 100, zoom: 1 });
  assert.deepEqual(moved(wide, crop, 5, 5), { x: 100, y: 100, zoom: 1 });
});

Deno.test("zooming keeps the middle where there is room for it", () => {
  const wide = { width: 400, height: 200 };
  const near = zoomed(wide, centred(wide), 2);
  assert.deepEqual(near, { x: 200, y: 100, zoom: 2 });
  const corner = within(wide, { x: 0, y: 0, zoom: 2 });
  assert.deepEqual(corner, { x: 50, y: 50, zoom: 2 });
  assert.deepEqual(zoomed(wide, corner, 0.1), { x: 100, y: 100, zoom: 1 });
});
