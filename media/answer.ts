/**
 * How the process that makes a picture answers: a line of JSON, and the files one after the other.
 * That process has read what a stranger sent, so what it says is checked.
 */
import { z } from "zod";
import { PictureRefused, REFUSALS } from "./errors.ts";
import { fileNamesOf, isHash } from "./picture.ts";
import type { ProcessedPicture } from "./processor.ts";

export type Answer = ProcessedPicture | PictureRefused;

const whole = z.int().min(1);

const headSchema = z.union([
  z.object({ refusal: z.enum(REFUSALS), message: z.string() }),
  z.object({
    picture: z.object({
      hash: z.string().refine(isHash),
      width: whole,
      height: whole,
      placeholder: z.base64(),
      animated: z.boolean(),
      bytes: whole,
    }),
    /** In bytes, in the order of {@linkcode fileNamesOf}. */
    sizes: z.array(whole),
  }),
]);

const NEWLINE = "\n".charCodeAt(0);

export function encodeAnswer(answer: Answer): BlobPart[] {
  const head: z.infer<typeof headSchema> = answer instanceof PictureRefused
    ? { refusal: answer.refusal, message: answer.message }
    : { picture: answer.picture, sizes: answer.files.map(({ bytes }) => bytes.length) };
  const files = answer instanceof PictureRefused ? [] : answer.files.map(({ bytes }) => bytes);
  return [`${JSON.stringify(head)}\n`, ...files];
}

/** @throws Error if it is no answer */
export function decodeAnswer(answer: Uint8Array<ArrayBuffer>): Answer {
  const end = answer.indexOf(NEWLINE);
  const head = headSchema.parse(JSON.parse(new TextDecoder().decode(answer.subarray(0, end))));
  if ("refusal" in head) return new PictureRefused(head.refusal, head.message);

  const { picture, sizes } = head;
  let at = end + 1;
  const files = fileNamesOf(picture.width).map((name, index) => {
    const bytes = answer.subarray(at, at += sizes[index] ?? NaN);
    return { name, bytes };
  });
  if (at !== answer.length) throw new Error(`The answer is ${answer.length} bytes long, not ${at}`);
  return { picture, files };
}
