import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMITS } from "../media/limits.ts";
import { type FileRules, type Multipart, readMultipart, removeFiles } from "./multipart.ts";
import { HttpRefusal, InvalidInput } from "./problem.ts";

interface Reading extends Partial<Multipart> {
  readonly error?: Error;
  readonly contents?: readonly (Uint8Array<ArrayBuffer> | null)[];
  /** How many files are left in the folder at the end. */
  readonly left: number;
}

/** Reads a form with a folder of its own. */
async function reading(
  body: BodyInit,
  rules: Partial<FileRules> = {},
  type?: string,
): Promise<Reading> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
  const namesLeft = async () => (await Array.fromAsync(Deno.readDir(folder))).length;
  try {
    const headers = type === undefined ? {} : { "content-type": type };
    const request = new Request("http://localhost/", { method: "POST", body, headers });
    const all = {
      field: "photo",
      most: 3,
      fileBytes: LIMITS.fileBytes,
      folder,
      lenient: false,
      ...rules,
    };
    const read = await readMultipart(request, all).catch((error: unknown) => error as Error);
    if (read instanceof Error) return { error: read, left: await namesLeft() };
    const contents = await Promise.all(
      read.files.map(({ path, sha256 }) => sha256 === null ? null : Deno.readFile(path)),
    );
    await removeFiles(read.files);
    return { ...read, contents, left: await namesLeft() };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const bytes = (length: number) => new Uint8Array(length).fill(7);

const formOf = (...parts: readonly [name: string, value: string | File][]): FormData => {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  return form;
};

const file = (content: BlobPart, name = "photo.jpg"): File => new File([content], name);

Deno.test("readMultipart reads fields in order, and files with their places", async () => {
  const { fields, files, contents, left } = await reading(formOf(
    ["alt", "One"],
    ["photo", file("one", "one.jpg")],
    ["photo", file("", "")],
    ["other", file("passed over")],
    ["photo", file("", "empty.jpg")],
    ["alt", "Été 😀"],
  ));
  assert.deepEqual(fields, [["alt", "One"], ["alt", "Été 😀"]]);
  assert.deepEqual(files?.map(({ name, place }) => [name, place]), [
    ["one.jpg", 0],
    ["empty.jpg", 2],
  ]);
  assert.deepEqual(contents?.map((one) => new TextDecoder().decode(one!)), ["one", ""]);
  assert.equal(left, 0);
});

Deno.test("readMultipart writes what was sent, whatever it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (content) => {
      const { contents } = await reading(formOf(["photo", file(new Uint8Array(content))]));
      assert.deepEqual(new Uint8Array(contents![0]!), new Uint8Array(content));
    }),
    { numRuns: 30 },
  );
});

Deno.test("readMultipart takes a file of the largest size, and not a byte more", async () => {
  const largest = await reading(formOf(["photo", file(bytes(LIMITS.fileBytes))]));
  assert.equal(largest.contents?.[0]?.length, LIMITS.fileBytes);
  const larger = formOf(["photo", file(bytes(LIMITS.fileBytes + 1))], ["alt", "One"]);
  const { error, left } = await reading(larger);
  assert(error instanceof HttpRefusal && error.status === 413);
  assert.match(error.message, /20 MB/);
  assert.equal(left, 0);
  const lenient = await reading(larger, { lenient: true });
  assert.deepEqual(lenient.files?.map(({ sha256 }) => sha256), [null]);
  assert.deepEqual(lenient.fields, [["alt", "One"]]);
});

Deno.test("readMultipart stops reading what goes on and on", async () => {
  let sent = 0;
  const head = '--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n';
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(sent === 0 ? new TextEncoder().encode(head) : bytes(64 * 1024));
      sent += 64 * 1024;
    },
  });
  const { error, left } = await reading(endless, {}, "multipart/form-data; boundary=x");
  assert(error instanceof HttpRefusal && error.status === 413);
  assert(sent < LIMITS.fileBytes + 1024 ** 2, `${sent} bytes were read`);
  assert.equal(left, 0);
});

Deno.test("readMultipart refuses more files or fields than it may have", async () => {
  const four = formOf(...Array.from({ length: 4 }, () => ["photo", file("a")] as [string, File]));
  const { error, left } = await reading(four);
  assert(error instanceof InvalidInput);
  assert.match(error.message, /^photo: Must be at most 3 files$/);
  assert.equal(left, 0);
  const many = formOf(...Array.from({ length: 101 }, () => ["a", "b"] as [string, string]));
  assert.match((await reading(many)).error!.message, /Too many fields/);
  assert.match((await reading(formOf(["a", "b".repeat(70_000)]))).error!.message, /too long/);
});

Deno.test("readMultipart refuses what is malformed or cut off, and leaves nothing of it", async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\nabc';
  const type = "multipart/form-data; boundary=x";
  const cut = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(new TextEncoder().encode(part));
      await new Promise((resolve) => setTimeout(resolve, 20));
      controller.error(new Error("The connection is gone"));
    },
  });
  const rows: [BodyInit, string][] = [
    ["nothing", "multipart/form-data"],
    ["nothing", type],
    [part, type],
    [cut, type],
  ];
  for (const [body, type] of rows) {
    const { error, left } = await reading(body, {}, type);
    assert(error instanceof InvalidInput, String(error));
    assert.equal(error.message, "body: Malformed form data");
    assert.equal(left, 0);
  }
});

Deno.test("readMultipart tells a fault of the machine from a form that is malformed", async () => {
  const { error } = await reading(formOf(["photo", file("one")]), { folder: "/nowhere/at/all" });
  assert.match(error!.message, /ENOENT/);
});
