import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { Part } from "../../domain/archive/queries.ts";
import type { Filmroll } from "../../domain/mod.ts";
import { exportArchive } from "./export.ts";

const MEGABYTE = 1024 ** 2;
const PICTURES = 100;
const PICTURE_BYTES = 20 * MEGABYTE;

/** Somebody with 2 GB of pictures, and how many bytes of them were read by now. */
function hoarder() {
  let read = 0;
  const errors: unknown[] = [];
  const part = new Uint8Array(MEGABYTE);
  const media = ({ after, limit }: Part) =>
    Array.from({ length: Math.min(limit, PICTURES - after) }, (_, index) => ({
      id: after + index + 1,
      hash: String(after + index + 1).padStart(64, "0"),
      width: 1440,
      height: 1080,
      animated: false,
      alt: "",
      created_at: "2026-03-01T12:00:00.000Z",
    }));
  const queries = {
    ask: (name: string, input: Part) =>
      Promise.resolve(name === "GetOwnMedia" ? media(input) : name === "GetOwnProfile" ? {} : []),
  } as Filmroll["queries"];
  const open = () => {
    let left = PICTURE_BYTES;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (left === 0) return controller.close();
        left -= part.length;
        read += part.length;
        controller.enqueue(part);
      },
    });
    return Promise.resolve({ size: PICTURE_BYTES, start: 0, end: PICTURE_BYTES, body });
  };
  return {
    queries,
    pictures: { open },
    read: () => read,
    errors,
    onError: (error: unknown) => void errors.push(error),
    userId: 1,
    now: new Date("2026-03-01T12:00:00.000Z"),
    origin: "https://film.example",
  };
}

Deno.test("an archive is made no faster than it is read, and no further", async () => {
  const ana = hoarder();
  const reader = exportArchive(ana).getReader();
  let received = 0;
  while (received < 50 * MEGABYTE) received += (await reader.read()).value!.length;
  await setTimeout(100);
  assert.ok(ana.read() < received + 8 * MEGABYTE, `${ana.read()} were read for ${received}`);
  await reader.cancel();
  const atTheEnd = ana.read();
  await setTimeout(100);
  assert.equal(ana.read(), atTheEnd);
  assert.deepEqual(ana.errors, []);
});

Deno.test("an archive that cannot be finished breaks, so that nobody takes it for the whole", async () => {
  const ana = hoarder();
  const broken = new Error("The disk is gone");
  const archive = exportArchive({
    ...ana,
    pictures: { open: () => Promise.reject(broken) },
  });
  await assert.rejects(new Response(archive).bytes(), /The disk is gone/);
  assert.deepEqual(ana.errors, [broken]);
});
