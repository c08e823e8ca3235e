import assert from "node:assert/strict";
import type { Image } from "../web/schemas.ts";
import { BUBBLE, COLUMN, sizesIn, smallest, TILE } from "./picture_sizes.ts";

const image = (width: number | null, height: number | null): Image => ({
  url: "https://example.org/a.jpg",
  width,
  height,
  alt: "",
  placeholder: null,
  srcset: null,
  animated: false,
});

Deno.test("sizesIn tells the width of the box where the picture is not wider than it", () => {
  assert.equal(sizesIn(TILE, image(1080, 1350)), "(max-width: 639px) 34vw, 310px");
  assert.equal(sizesIn(COLUMN, image(1440, 1080)), "(max-width: 639px) 100vw, 630px");
  assert.equal(sizesIn(TILE, image(null, null)), "(max-width: 639px) 34vw, 310px");
});

Deno.test("sizesIn tells more where the box crops the sides of a picture", () => {
  assert.equal(sizesIn(TILE, image(1440, 720)), "(max-width: 639px) 68vw, 620px");
  assert.equal(sizesIn(BUBBLE, image(1440, 720)), "(max-width: 639px) 70vw, 288px");
});

Deno.test("smallest names the smallest file of a picture of this server", () => {
  const folder = `/media/${"0a".repeat(32)}`;
  assert.equal(smallest(`${folder}/1440.jpg`), `${folder}/320.webp`);
  assert.equal(smallest(`${folder}/200.jpg`), `${folder}/200.webp`);
});

Deno.test("smallest leaves any other address as it is", () => {
  for (const url of ["https://example.org/640.jpg", "/media/a/640.jpg", "/media/x.webp"]) {
    assert.equal(smallest(url), url);
  }
});
