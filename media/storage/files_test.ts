import assert from "node:assert/strict";
import { inFolder } from "../../tests/support/folder.ts";
import type { PictureFile } from "../picture.ts";
import { FileStorage } from "./files.ts";

const HASH = "a".repeat(64);

const file: PictureFile = { name: "320.webp", bytes: new Uint8Array([1, 2, 3]) };

const namesIn = (folder: string): string[] =>
  Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

Deno.test("FileStorage keeps a picture as a folder, and nothing besides", () =>
  inFolder(async (folder) => {
    const storage = FileStorage.open(`${folder}/media`);
    await storage.put(HASH, [file]);
    await storage.put(HASH, [file]);
    assert.deepEqual(namesIn(`${folder}/media`), [HASH, "tmp"]);
    assert.deepEqual(namesIn(`${folder}/media/${HASH}`), ["320.webp"]);
    await storage.remove(HASH);
    assert.deepEqual(namesIn(`${folder}/media`), ["tmp"]);
    assert.deepEqual(namesIn(`${folder}/media/tmp`), []);
  }));

Deno.test("FileStorage leaves nothing of a picture that cannot be written", () =>
  inFolder(async (folder) => {
    const storage = FileStorage.open(folder);
    const twice = [file, file];
    await assert.rejects(storage.put(HASH, twice), Deno.errors.AlreadyExists);
    assert.deepEqual(namesIn(folder), ["tmp"]);
    assert.deepEqual(namesIn(`${folder}/tmp`), []);
  }));

Deno.test("FileStorage removes at its opening what a crash left, and lists pictures alone", () =>
  inFolder(async (folder) => {
    await FileStorage.open(folder).put(HASH, [file]);
    await Deno.mkdir(`${folder}/tmp/half`);
    await Deno.writeTextFile(`${folder}/tmp/half/320.webp`, "half");
    await Deno.writeTextFile(`${folder}/notes.txt`, "somebody's");
    const storage = FileStorage.open(folder);
    assert.deepEqual(namesIn(`${folder}/tmp`), []);
    assert.deepEqual(await Array.fromAsync(storage.list()), [HASH]);
  }));

Deno.test("FileStorage closes its file when a reader goes, or asks for too much", () =>
  inFolder(async (folder) => {
    const storage = FileStorage.open(folder);
    await storage.put(HASH, [{ ...file, bytes: new Uint8Array(500_000) }]);
    for (const range of [undefined, { first: 10 }, { first: 0, last: 400_000 }]) {
      const opened = await storage.open(HASH, "320.webp", range);
      const reader = opened!.body.getReader();
      await reader.read();
      await reader.cancel();
    }
    await assert.rejects(storage.open(HASH, "320.webp", { first: 500_000 }));
    // The test runner reports files that stay open.
  }));
