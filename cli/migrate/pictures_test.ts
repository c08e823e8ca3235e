import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Filmroll, openFilmroll } from "../../domain/mod.ts";
import { openInMemory } from "../../domain/testing.ts";
import { fileNamesOf, type PictureFile } from "../../media/picture.ts";
import { FileStorage } from "../../media/storage/files.ts";
import { Folder } from "../../tests/support/folder.ts";
import { copyPictures } from "./pictures.ts";

const WIDTH = 640;

/** A picture's files, with its hash. */
function picture(number: number) {
  const files = fileNamesOf(WIDTH).map((name, index): PictureFile => ({
    name,
    bytes: new Uint8Array(1000 + index).fill(number),
  }));
  const { bytes } = files.find(({ name }) => name === `${WIDTH}.webp`)!;
  return { hash: createHash("sha256").update(bytes).digest("hex"), files };
}

async function filmrollWith(hashes: readonly string[]): Promise<Filmroll> {
  const filmroll = openFilmroll(openInMemory());
  const { commands } = filmroll;
  await commands.execute("RegisterUser", {
    username: "ana",
    email: "ana@example.org",
    fullName: null,
    passwordHash: "hash",
  }, { actor: null });
  for (const hash of hashes) {
    const picture = { hash, width: WIDTH, height: 480, placeholder: "", animated: false, bytes: 9 };
    await commands.execute("UploadMedia", { by: 1, picture, alt: "" }, { actor: 1 });
  }
  return filmroll;
}

Deno.test("pictures are copied once, made whole where they are not, and named if damaged", async () => {
  await using folder = await Folder.make();
  await Promise.all(["from", "to"].map((name) => Deno.mkdir(`${folder.path}/${name}`)));
  const [from, to] = [
    FileStorage.open(`${folder.path}/from`),
    FileStorage.open(`${folder.path}/to`),
  ];
  const [whole, cut, damaged] = [picture(1), picture(2), picture(3)];
  const pictures = [whole, cut, damaged];
  for (const { hash, files } of pictures) await from.put(hash, files);
  await Deno.writeTextFile(`${folder.path}/from/${damaged.hash}/${WIDTH}.webp`, "What is this?");
  await to.put(cut.hash, [{ name: "640.webp", bytes: new Uint8Array(7) }]);
  const filmroll = await filmrollWith([...pictures.map(({ hash }) => hash), "f".repeat(64)]);

  const steps: string[] = [];
  const copy = () =>
    copyPictures(filmroll, from, to, (done, of) => void steps.push(`${done}/${of}`));
  const copied = await copy();
  assert.equal(copied.whole, 2);
  assert.deepEqual(new Set(copied.damaged), new Set([damaged.hash, "f".repeat(64)]));
  assert.deepEqual(steps, ["1/4", "2/4", "3/4", "4/4"]);
  for (const { hash, files } of [whole, cut]) {
    for (const { name, bytes } of files) {
      assert.deepEqual(await Deno.readFile(`${folder.path}/to/${hash}/${name}`), bytes);
    }
  }
  assert.equal(await to.open(damaged.hash, "640.webp"), null);

  const before = (await Deno.stat(`${folder.path}/to/${whole.hash}`)).ino;
  assert.deepEqual((await copy()).whole, 2);
  assert.equal((await Deno.stat(`${folder.path}/to/${whole.hash}`)).ino, before);
});
