import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { openFilmroll } from "../../domain/mod.ts";
import { openInMemory, picture } from "../../domain/testing.ts";
import { fileNamesOf, type PictureFile } from "../../media/picture.ts";
import type { MediaStorage } from "../../media/storage.ts";
import { LocalLocks } from "../locks.ts";
import { MediaCollector } from "./collector.ts";
import { MediaLibrary } from "./library.ts";

/** When every picture's files were put. */
const PUT_AT = Date.parse("2026-03-01T11:00:00.000Z");

/** A storage in memory that takes its time. */
function slowStorage(random: () => number) {
  const pictures = new Map<string, readonly PictureFile[]>();
  const pause = () => setTimeout(random() * 3);
  const storage: MediaStorage = {
    async put(hash, files) {
      await pause();
      pictures.set(hash, files);
      await pause();
    },
    open: () => Promise.resolve(null),
    async remove(hash) {
      await pause();
      pictures.delete(hash);
      await pause();
    },
    modifiedAt: () => Promise.resolve(new Date(PUT_AT)),
    async *list() {
      yield* [...pictures.keys()];
    },
  };
  return { pictures, storage };
}

/** What a file's name says is its picture. */
const processor = {
  process(path: string) {
    const { hash, width, height, placeholder, animated } = picture(Number(path));
    const files = fileNamesOf(width).map((name) => ({ name, bytes: new Uint8Array(1) }));
    return Promise.resolve({
      picture: { hash, width, height, placeholder, animated, bytes: files.length },
      files,
    });
  },
};

/** Opens everything over a store in memory, with two people. */
async function openLibrary(random: () => number = () => 0) {
  const clock = () => new Date("2026-03-01T12:00:00.000Z");
  const store = openInMemory(clock);
  const filmroll = openFilmroll(store);
  for (const username of ["alice", "bob"]) {
    const account = { username, email: `${username}@example.com`, fullName: null };
    await filmroll.commands.execute("RegisterUser", { ...account, passwordHash: "hash" }, {
      actor: null,
    });
  }
  const { pictures, storage } = slowStorage(random);
  const library = new MediaLibrary({ filmroll, processor, storage, locks: new LocalLocks() });
  const collector = new MediaCollector({
    store,
    filmroll,
    library,
    clock,
    every: () => () => {},
  });
  return {
    filmroll,
    pictures,
    library,
    collector,
    async [Symbol.asyncDispose]() {
      await collector.close();
      await store.close();
    },
  };
}

type Open = Awaited<ReturnType<typeof openLibrary>>;

/** Somebody uploads a picture, shows it perhaps, and takes it back perhaps. */
interface Deed {
  /** In milliseconds. */
  readonly after: number;
  readonly by: number;
  readonly which: number;
  readonly shown: boolean;
  readonly takenBack: boolean;
}

async function perform(
  { filmroll, library }: Open,
  { after, by, which, shown, takenBack }: Deed,
): Promise<void> {
  await setTimeout(after);
  const sender = { actor: by };
  const { commands } = filmroll;
  const mediaId = await library.keep(String(which), { by, alt: "", square: false }, sender);
  if (!shown) {
    if (takenBack) await commands.execute("DiscardMedia", { by, mediaId }, sender);
    return;
  }
  const post = { by, content: null, imageUrl: null, media: [mediaId] };
  const { postId } = await commands.execute("CreatePost", post, sender);
  if (takenBack) await commands.execute("DeletePost", { by, postId }, sender);
}

const deed: fc.Arbitrary<Deed> = fc.record({
  after: fc.nat({ max: 30 }),
  by: fc.integer({ min: 1, max: 2 }),
  which: fc.integer({ min: 1, max: 2 }),
  shown: fc.boolean(),
  takenBack: fc.boolean(),
});

Deno.test("whoever uploads and takes back what at the same time, files are kept of what is kept", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 30, size: "max" }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (deeds, randoms) => {
        await using open = await openLibrary(() => randoms.next().value);
        await Promise.all(deeds.map((one) => perform(open, one)));
        await open.collector.caughtUp();
        const kept = deeds.filter(({ takenBack }) => !takenBack);
        const wanted = new Set(kept.map(({ which }) => picture(which).hash));
        assert.deepEqual(new Set(open.pictures.keys()), wanted);
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("a picture that is refused leaves no files, and takes none from who has the same", async () => {
  await using open = await openLibrary();
  const { library, pictures } = open;
  const add = (by: number, which: string) =>
    library.keep(which, { by, alt: "", square: false }, { actor: by });
  await assert.rejects(add(9, "1"), /User not found/);
  assert.equal(pictures.size, 0);
  await add(1, "1");
  await assert.rejects(add(9, "1"), /User not found/);
  assert.deepEqual([...pictures.keys()], [picture(1).hash]);
});

Deno.test("an upload that comes again after its picture was discarded leaves no files", async () => {
  await using open = await openLibrary();
  const { filmroll, library, pictures, collector } = open;
  const sender = { actor: 1, commandId: crypto.randomUUID() };
  const upload = () => library.keep("1", { by: 1, alt: "", square: false }, sender);
  const mediaId = await upload();
  await filmroll.commands.execute("DiscardMedia", { by: 1, mediaId }, { actor: 1 });
  await collector.caughtUp();
  assert.equal(await upload(), mediaId);
  assert.equal(pictures.size, 0);
});

Deno.test("files that no event names are removed, unless they are so young that one may come", async () => {
  await using open = await openLibrary();
  const { library, pictures } = open;
  await library.keep("1", { by: 1, alt: "", square: false }, { actor: 1 });
  pictures.set(picture(2).hash, []);
  await library.removeOrphans(new Date(PUT_AT - 1));
  assert.equal(pictures.size, 2);
  await library.removeOrphans(new Date(PUT_AT));
  assert.deepEqual([...pictures.keys()], [picture(1).hash]);
});
