import assert from "node:assert/strict";
import { instagramZip, zipOf } from "../../tests/support/archives.ts";
import { Folder } from "../../tests/support/folder.ts";
import { faultOf } from "../faults.ts";
import { readArchive } from "./archive.ts";
import { archiveAt } from "./reader.ts";
import { ArchiveRefused, ZipFile } from "./zip_file.ts";

const POSTS = 40_000;

/** The longest that the event loop was held while something was done, in milliseconds. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const looking = setInterval(look, 1);
  await work();
  look();
  clearInterval(looking);
  return longest;
}

async function readHere(path: string) {
  await using zip = await ZipFile.open(path);
  return await readArchive(zip);
}

Deno.test("archiveAt reads what a large archive says, and holds nobody up meanwhile", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/large.zip`;
  const posts = Array.from({ length: POSTS }, (_, index) => ({
    caption: `Frame ${index}: low tide, before anybody was up`,
    at: new Date(Date.UTC(2020, 0, 1, 0, index)).toISOString(),
    media: [`${index}.jpg`, `${index}-2.jpg`],
  }));
  await Deno.writeFile(path, (await instagramZip(posts, {})).stream());

  const there = await archiveAt(path);
  const held = await longestHold(() => archiveAt(path));
  const heldHere = await longestHold(() => readHere(path));
  assert.deepEqual(await readHere(path), there);
  assert.equal(there.posts.length, POSTS);
  assert.ok(held < heldHere / 4, `held for ${held} ms, where reading here held for ${heldHere} ms`);
});

Deno.test("archiveAt refuses as reading refuses, and tells faults of the machine", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/other.zip`;
  await Deno.writeFile(path, (await zipOf({ "letter.txt": "Dear all" })).stream());
  await assert.rejects(
    archiveAt(path),
    (error) => error instanceof ArchiveRefused && /neither an archive/.test(error.message),
  );
  await assert.rejects(archiveAt(`${folder.path}/missing.zip`), (error) => {
    assert.ok(!(error instanceof ArchiveRefused) && faultOf(error) === null);
    return (error as { code?: string }).code === "ENOENT";
  });
});
