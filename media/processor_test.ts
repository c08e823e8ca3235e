import assert from "node:assert/strict";
import { PictureRefused, PicturesOverloaded } from "./errors.ts";
import { PictureProcessor, type PictureProcessorOptions } from "./processor.ts";
import { jpegAndPage, pngThatClaims, quartered, svgWithScript } from "./testing.ts";

/** A processor, and files with a content. */
async function setUp(options: PictureProcessorOptions = {}) {
  const processor = new PictureProcessor(options);
  const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
  let files = 0;
  return {
    processor,
    async fileOf(content: Uint8Array): Promise<string> {
      const path = `${folder}/${++files}`;
      await Deno.writeFile(path, content);
      return path;
    },
    async [Symbol.asyncDispose]() {
      processor.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const refused = (refusal: string, message: RegExp) => (error: unknown) => {
  assert(error instanceof PictureRefused, `${error}`);
  assert.equal(error.refusal, refusal);
  assert.match(error.message, message);
  return true;
};

const small = () => quartered(60, 40).png().toBuffer();

Deno.test("a PictureProcessor makes pictures as processPicture does, in a process of its own", async () => {
  await using test = await setUp();
  const { processPicture } = await import("./process.ts");
  const content = await quartered(700, 500).jpeg().toBuffer();
  for (const options of [{}, { square: true }]) {
    assert.deepEqual(
      await test.processor.process(await test.fileOf(content), options),
      await processPicture(content, options),
    );
  }
});

Deno.test("a PictureProcessor refuses what is no picture, a bomb, and a page in disguise", async () => {
  await using test = await setUp();
  const noPicture = refused(
    "unreadable",
    /^That file is no picture we can read: JPEG, PNG, WebP, AVIF, GIF or HEIC$/,
  );
  const bad = [
    [new TextEncoder().encode("hello, I am photo.jpg"), noPicture],
    [svgWithScript(), noPicture],
    [await quartered(40, 40).tiff().toBuffer(), noPicture],
    [new Uint8Array(), refused("unreadable", /^That file is empty$/)],
    [pngThatClaims(60_000, 60_000), refused("too_large", /more than 50 megapixels/)],
    [await jpegAndPage(), refused("deceptive", /a web page in one/)],
  ] as const;
  for (const [content, expected] of bad) {
    await assert.rejects(test.processor.process(await test.fileOf(content)), expected);
  }
});

Deno.test("a PictureProcessor works on so many files at a time, and refuses more than can wait", async () => {
  await using test = await setUp({ parallel: 1, longestQueue: 2 });
  const path = await test.fileOf(await small());
  const settled = await Promise.allSettled(
    Array.from({ length: 6 }, () => test.processor.process(path)),
  );
  const refusals = settled.filter((one) => one.status === "rejected");
  assert.deepEqual(settled.slice(0, 3).map(({ status }) => status), Array(3).fill("fulfilled"));
  assert.equal(refusals.length, 3);
  for (const { reason } of refusals) {
    assert(reason instanceof PicturesOverloaded);
    assert(reason.retryAfter > 0);
  }
  await test.processor.process(path);
});

Deno.test("a PictureProcessor gives up a file that takes too long, and goes on with the next", async () => {
  await using test = await setUp({ parallel: 1, patience: 1 });
  const path = await test.fileOf(await small());
  await assert.rejects(test.processor.process(path), refused("unreadable", /takes too long/));
  await assert.rejects(test.processor.process(path), refused("unreadable", /takes too long/));
});

Deno.test("closing a PictureProcessor ends what is under way and what waits", async () => {
  await using test = await setUp({ parallel: 1 });
  const path = await test.fileOf(await small());
  const unfinished = [test.processor.process(path), test.processor.process(path)];
  await new Promise((resolve) => setTimeout(resolve, 30));
  test.processor.close();
  for (const one of unfinished) {
    await assert.rejects(one, /^Error: No more pictures are processed$/);
  }
  await assert.rejects(test.processor.process(path), /^Error: No more pictures are processed$/);
});
