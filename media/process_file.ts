/**
 * The program that makes a picture of one file, in a process of its own. It reads the file from
 * standard input, and answers as `answer.ts` says; its argument is {@linkcode ProcessOptions} as
 * JSON.
 */
import sharp from "sharp";
import { type Answer, encodeAnswer } from "./answer.ts";
import { PictureRefused } from "./errors.ts";
import { processPicture } from "./process.ts";

// What libvips may read; it tells by the content. Its other readers (SVG, TIFF, PDF) stay shut.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Heif"].map((kind) => `VipsForeignLoad${kind}Buffer`),
});
// One core, since others may have a process each; and nothing is asked for twice.
sharp.concurrency(1);
sharp.cache(false);

async function answer(): Promise<Answer> {
  try {
    const file = await new Response(Deno.stdin.readable).bytes();
    return await processPicture(file, JSON.parse(Deno.args[0]!));
  } catch (error) {
    if (error instanceof PictureRefused) return error;
    throw error;
  }
}

await new Blob(encodeAnswer(await answer())).stream().pipeTo(Deno.stdout.writable);
