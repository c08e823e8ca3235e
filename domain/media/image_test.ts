import assert from "node:assert/strict";
import { schemaOf } from "../core/bus.ts";
import { contexts } from "../mod.ts";
import { picture } from "../testing.ts";
import {
  imageColumn,
  imageOf,
  readImage,
  readImages,
  readThumbnail,
  thumbnailOf,
} from "./image.ts";

const { hash } = picture(7);

Deno.test("imageOf names the largest JPEG and every WebP file", () => {
  assert.deepEqual(imageOf(picture(7, "A cat")), {
    url: `/media/${hash}/1080.jpg`,
    width: 1080,
    height: 720,
    alt: "A cat",
    placeholder: picture(7).placeholder,
    srcset: [320, 640, 1080].map((width) => `/media/${hash}/${width}.webp ${width}w`).join(", "),
    animated: false,
  });
});

Deno.test("a column keeps one picture, several, or none", () => {
  assert.equal(imageColumn(null), null);
  assert.equal(imageColumn([]), null);
  assert.deepEqual(readImages(null, null), []);
  assert.equal(readImage(null), null);
  assert.equal(readThumbnail(null, null), null);
  const [one, other] = [picture(1), picture(2)];
  assert.deepEqual(readImages(imageColumn([one, other]), null), [imageOf(one), imageOf(other)]);
  assert.deepEqual(readImage(imageColumn(one)), imageOf(one));
  assert.equal(readThumbnail(imageColumn([one, other]), "/linked.jpg"), thumbnailOf(one));
});

Deno.test("a picture that is linked is known by its address alone", () => {
  const { url, ...rest } = readImage(null, "https://example.org/a.jpg")!;
  assert.equal(url, "https://example.org/a.jpg");
  assert.deepEqual(new Set(Object.values(rest)), new Set([null, "", false]));
  assert.equal(readThumbnail(null, url), url);
});

Deno.test("what was recorded before there were pictures is read as without", () => {
  const { upcasters } = schemaOf(contexts);
  const data = { content: "Old" };
  assert.deepEqual(upcasters.PostCreated?.[0]?.(data), { ...data, images: [] });
  for (const type of ["StoryCreated", "MessageSent"]) {
    assert.deepEqual(upcasters[type]?.[0]?.(data), { ...data, image: null });
  }
});
