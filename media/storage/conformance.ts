/**
 * What every storage of pictures promises, as one suite of tests. An engine passes it by being named
 * in conformance_test.ts.
 */
import assert from "node:assert/strict";
import { fileNamesOf, type PictureFile } from "../picture.ts";
import { type ByteRange, type MediaStorage, RangeNotSatisfiable } from "../storage.ts";

export interface Engine {
  readonly name: string;
  /** An empty storage. */
  readonly open: () => Promise<Opened>;
}

export interface Opened extends AsyncDisposable {
  readonly storage: MediaStorage;
  /** The same place, opened anew. */
  readonly reopen: () => Promise<MediaStorage>;
}

const hashOf = (digit: string): string => digit.repeat(64);

const BYTES = new Uint8Array(200_000).map((_, index) => index % 251);

const files: readonly PictureFile[] = fileNamesOf(640).map((name, index) => ({
  name,
  bytes: BYTES.slice(index),
}));

async function read(
  storage: MediaStorage,
  hash: string,
  name: string,
  range?: ByteRange,
): Promise<Uint8Array> {
  const file = await storage.open(hash, name, range);
  assert(file !== null, `no "${name}"`);
  const bytes = await new Response(file.body).bytes();
  assert.equal(bytes.length, file.end - file.start);
  return bytes;
}

export function conformance({ name: engine, open }: Engine): void {
  const test = (sentence: string, run: (opened: Opened) => Promise<void>) =>
    Deno.test(`${engine}: ${sentence}`, async () => {
      await using opened = await open();
      await run(opened);
    });

  test("what is put is there, whole, also when it is opened anew", async ({ storage, reopen }) => {
    await storage.put(hashOf("a"), files);
    for (const one of [storage, await reopen()]) {
      for (const { name, bytes } of files) {
        assert.deepEqual(await read(one, hashOf("a"), name), bytes);
      }
    }
  });

  test("a part of a file is read from where it begins to where it ends", async ({ storage }) => {
    await storage.put(hashOf("a"), files);
    const parts: readonly [ByteRange, Uint8Array][] = [
      [{ first: 0, last: 9 }, BYTES.subarray(0, 10)],
      [{ first: 9, last: 9 }, BYTES.subarray(9, 10)],
      [{ first: 70_000, last: 170_000 }, BYTES.subarray(70_000, 170_001)],
      [{ first: 199_990 }, BYTES.subarray(199_990)],
      [{ first: 199_990, last: 999_999 }, BYTES.subarray(199_990)],
      [{ suffix: 10 }, BYTES.subarray(-10)],
      [{ suffix: 999_999 }, BYTES],
    ];
    for (const [range, bytes] of parts) {
      const file = await storage.open(hashOf("a"), "320.webp", range);
      assert.equal(file?.size, BYTES.length);
      await file.body.cancel();
      assert.deepEqual(await read(storage, hashOf("a"), "320.webp", range), bytes);
    }
  });

  test("a part outside of a file is refused with the file's size", async ({ storage }) => {
    await storage.put(hashOf("a"), files);
    for (const range of [{ first: BYTES.length }, { first: 2, last: 1 }, { suffix: 0 }]) {
      await assert.rejects(
        storage.open(hashOf("a"), "320.webp", range),
        new RangeNotSatisfiable(BYTES.length),
      );
    }
  });

  test("nothing is found by names of nothing, and nothing outside is reachable", async ({ storage }) => {
    await storage.put(hashOf("a"), files);
    const names = [
      [hashOf("b"), "320.webp"],
      [hashOf("a"), "321.webp"],
      [hashOf("a"), "../../tmp"],
      [hashOf("a"), "320.webp/../320.webp"],
      [hashOf("a"), ""],
      [`../${hashOf("a")}`, "320.webp"],
      [`${hashOf("a")}/.`, "320.webp"],
      ["", `${hashOf("a")}/320.webp`],
    ];
    for (const [hash, name] of names) {
      assert.equal(await storage.open(hash!, name!), null);
      assert.equal(await storage.open(hash!, name!, { first: 0 }), null);
    }
  });

  test("what has no name of a picture's is not put", async ({ storage }) => {
    const [file] = files;
    await assert.rejects(storage.put("../a", files), TypeError);
    const escaping = { ...file!, name: "../1.jpg" as PictureFile["name"] };
    await assert.rejects(storage.put(hashOf("a"), [escaping]), TypeError);
    assert.deepEqual(await Array.fromAsync(storage.list()), []);
  });

  test("the same picture can be put again, also at once", async ({ storage }) => {
    await Promise.all([1, 2, 3].map(() => storage.put(hashOf("a"), files)));
    await storage.put(hashOf("a"), files);
    assert.deepEqual(await Array.fromAsync(storage.list()), [hashOf("a")]);
    assert.deepEqual(await read(storage, hashOf("a"), "320.webp"), BYTES);
  });

  test("a removed picture is gone with all its files, and the others stay", async ({ storage }) => {
    await storage.put(hashOf("a"), files);
    await storage.put(hashOf("b"), files);
    await storage.remove(hashOf("a"));
    for (const { name } of files) assert.equal(await storage.open(hashOf("a"), name), null);
    assert.deepEqual(await Array.fromAsync(storage.list()), [hashOf("b")]);
    assert.deepEqual(await read(storage, hashOf("b"), "320.webp"), BYTES);

    await storage.put(hashOf("a"), files);
    assert.deepEqual(await read(storage, hashOf("a"), "320.webp"), BYTES);
  });

  test("removing what is not there is no error", async ({ storage }) => {
    await storage.remove(hashOf("a"));
    await storage.remove("..");
  });

  test("when a picture was put is known, and of none that is not there", async ({ storage }) => {
    const began = Date.now();
    await storage.put(hashOf("a"), files);
    const modifiedAt = await storage.modifiedAt(hashOf("a"));
    // Stores count in whole seconds.
    assert(Math.abs(modifiedAt!.getTime() - began) < 2000, String(modifiedAt));
    assert.equal(await storage.modifiedAt(hashOf("b")), null);
    assert.equal(await storage.modifiedAt(".."), null);
  });

  test("all pictures are listed, each once", async ({ storage }) => {
    const hashes = [..."0123456789abcdef"].map(hashOf);
    await Promise.all(hashes.map((hash) => storage.put(hash, files.slice(0, 2))));
    assert.deepEqual((await Array.fromAsync(storage.list())).sort(), hashes);
  });
}
