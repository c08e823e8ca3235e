/** Uploads into the program as a process of its own: cut off, too large, and killed in their midst. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { isHash } from "../media/picture.ts";
import type { Media, Post } from "../web/schemas.ts";
import { api, join, type Person } from "./support/client.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { filesOf, photo, uploaded } from "./support/photos.ts";
import { startProgram } from "./support/program.ts";

const MEGABYTE = 1024 ** 2;

const dataOf = ({ environment }: Folder) => ({ dataDir: environment.DATA_DIR });

const hashOf = ({ url }: Media): string => url.split("/")[2]!;

/** A form with a file of so many megabytes, made as it is sent. */
function largeForm(megabytes: number): { body: ReadableStream<Uint8Array>; type: string } {
  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === 0) controller.enqueue(new TextEncoder().encode(part));
      if (sent++ < megabytes) return controller.enqueue(new Uint8Array(MEGABYTE));
      controller.enqueue(new TextEncoder().encode("\r\n--x--\r\n"));
      controller.close();
    },
  });
  return { body, type: "multipart/form-data; boundary=x" };
}

/** The status of an upload of so many megabytes, or null if the connection was closed before. */
async function uploadLarge(
  origin: string,
  { token }: Person,
  megabytes: number,
  signal: AbortSignal | null = null,
): Promise<number | null> {
  const { body, type } = largeForm(megabytes);
  try {
    const response = await fetch(`${origin}/api/media`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body,
      signal,
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}

async function residentBytes(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)![1]);
}

Deno.test("files that are too large or cut off take no memory, and leave nothing on disk", async () => {
  await using folder = await Folder.make();
  await using program = await startProgram(folder.environment);
  const { origin } = program;
  const ana = await join(origin, "ana");
  const round = async () => {
    const cutOff = Array.from(
      { length: 4 },
      (_, index) => uploadLarge(origin, ana, 19, AbortSignal.timeout(10 + 40 * index)),
    );
    const tooLarge = Array.from({ length: 6 }, () => uploadLarge(origin, ana, 25));
    for (const status of await Promise.all(tooLarge)) assert.ok([413, null].includes(status));
    await Promise.all(cutOff);
  };
  // The runtime lets some garbage gather before it collects.
  for (let warmUp = 0; warmUp < 2; warmUp++) await round();
  const before = await residentBytes(origin);
  for (let rounds = 0; rounds < 3; rounds++) await round();
  const grown = Math.round((await residentBytes(origin) - before) / MEGABYTE);
  // Some 800 MB were sent.
  assert.ok(grown < 150, `${grown} MB more`);
  await eventually("no file to be left", async () => {
    const { pictures, temporary } = await filesOf(dataOf(folder));
    return pictures.length + temporary.length === 0;
  });
  assert.equal((await program.end("SIGTERM")).stderr, "");
});

Deno.test("killed amid 50 uploads and started again, every post has its pictures and no file is left over", async () => {
  await using folder = await Folder.make();
  const photos = await Promise.all(Array.from({ length: 50 }, (_, index) => photo(index)));
  const acknowledged: Media[] = [];
  let token: string;
  {
    await using program = await startProgram(folder.environment);
    const ana = await join(program.origin, "ana");
    token = ana.token;
    const enough = Promise.withResolvers<void>();
    const uploads = photos.map(async (file) => {
      const media = await uploaded(ana, file);
      acknowledged.push(media);
      await ana.post<Post>("/api/posts", { media: [media.id] });
      if (acknowledged.length === 20) enough.resolve();
    });
    const all = Promise.allSettled(uploads);
    await enough.promise;
    await program.end("SIGKILL");
    await all;
  }
  assert.ok(acknowledged.length < photos.length);

  await using program = await startProgram(folder.environment);
  const ana = api(program.origin, token);
  const { body: posts } = await ana.get<Post[]>("/api/users/1/posts?limit=100");
  assert.ok(posts.length >= 19);
  for (const { url } of [...posts.flatMap(({ images }) => images), ...acknowledged]) {
    const response = await fetch(program.origin + url);
    assert.equal(response.status, 200, url);
    assert.ok((await response.bytes()).length > 100);
  }
  const kept = new Set<string>();
  for (let id = 1; id <= photos.length; id++) {
    const { status, body } = await ana.get<Media>(`/api/media/${id}`);
    if (status === 200) kept.add(hashOf(body));
  }
  const wanted = { pictures: [...kept].sort(), temporary: [] };
  assert.ok(wanted.pictures.every(isHash));
  await eventually(
    "the files of kept pictures, and no others",
    async () => isDeepStrictEqual(await filesOf(dataOf(folder)), wanted),
  );
});
