import assert from "node:assert/strict";
import sharp from "sharp";
import { altText, avatar, motifs, picture } from "./pictures.ts";

for (const [seed, motif] of motifs.entries()) {
  Deno.test(`picture paints ${motif} as a WebP of the size asked for`, async () => {
    const size = { width: 270, height: 338 };
    const bytes = await picture(seed, { ...size, motif });
    const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
    assert.deepEqual({ format, width, height, hasAlpha }, {
      format: "webp",
      ...size,
      hasAlpha: false,
    });
    const { channels } = await sharp(bytes).stats();
    assert.ok(channels.some(({ stdev }) => stdev > 10), "the picture shows next to nothing");
  });
}

Deno.test("picture stays below 120 kB at full size, also with the most detailed motifs", async () => {
  for (const motif of ["rain", "city", "forest"] as const) {
    const bytes = await picture(1, { width: 1080, height: 1350, motif });
    assert.ok(bytes.length < 120_000, `"${motif}" takes ${bytes.length} bytes`);
  }
});

Deno.test("picture gives the same picture for the same seed, and another for another", async () => {
  const small = { width: 270, height: 216 };
  assert.deepEqual(await picture(7, small), await picture(7, small));
  assert.notDeepEqual(await picture(7, small), await picture(7 + motifs.length, small));
});

Deno.test("picture goes through all motifs as seeds count up", async () => {
  const small = { width: 108, height: 135 };
  for (const [seed, motif] of motifs.entries()) {
    assert.deepEqual(await picture(seed, small), await picture(seed, { ...small, motif }));
  }
});

Deno.test("altText describes every motif in words of its own", () => {
  assert.equal(new Set(motifs.map(altText)).size, motifs.length);
});

Deno.test("avatar paints a square portrait, another for each seed", async () => {
  const portraits = await Promise.all([0, 1, 2].map(avatar));
  const { format, width, height } = await sharp(portraits[0]!).metadata();
  assert.deepEqual({ format, width, height }, { format: "webp", width: 400, height: 400 });
  assert.deepEqual(await avatar(1), portraits[1]);
  assert.notDeepEqual(portraits[0], portraits[1]);
  assert.notDeepEqual(portraits[1], portraits[2]);
});
