/**
 * What it costs that the film is chained and sealed (docs/adr/0012): an event's hash, its seal, and
 * commands with seals against the same without.
 */
import { MasterKey } from "../domain/event_store/master_key.ts";
import { GENESIS, type Hashed, hashOf } from "../domain/event_store/hash_chain.ts";
import { Seals } from "../domain/event_store/sealing.ts";
import { SqliteEventStore } from "../domain/event_store/sqlite/sqlite_event_store.ts";
import { schemaOf } from "../domain/core/bus.ts";
import { contexts, type Filmroll, openFilmroll } from "../domain/mod.ts";
import { printTable } from "./support/table.ts";

const ROUNDS = 5;
const TIMES = 20_000;
const COMMANDS = 4000;
const IN_FLIGHT = 64;

const masterKey = new MasterKey("a master key for measuring, of 32 characters");
const schema = schemaOf(contexts);

/** Microseconds that a piece of work takes, in each round. */
function microseconds(name: string, work: () => unknown) {
  const runs = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    for (let time = 0; time < TIMES; time++) work();
    return (performance.now() - began) * 1000 / TIMES;
  });
  return { name, runs };
}

const place = { stream: "post-12", version: 1, type: "PostCreated" };
const post = {
  postId: 12,
  authorId: 7,
  content: "Low tide, before anybody was up. #sea #film",
  imageUrl: null,
  images: [],
  hashtags: ["sea", "film"],
};

const keys = new Map<number, Uint8Array | null>();
const seals = new Seals(masterKey, schema, {
  find: (personId) => keys.get(personId),
  add: (personId, wrapped) => void keys.set(personId, wrapped),
  destroy: (personId) => void keys.set(personId, null),
});
const stored = seals.seal(place, post);
const row: Hashed = {
  ...place,
  position: 1,
  data: JSON.stringify(stored.data),
  sealed: stored.sealed,
  metadata: JSON.stringify({ command_id: crypto.randomUUID(), actor: 7, schema: 2 }),
  created_at: "2026-01-01T00:00:00.000Z",
};

printTable([
  microseconds("an event's hash", () => hashOf(GENESIS, row)),
  microseconds("sealing a post", () => seals.seal(place, post)),
  microseconds("opening it", () => seals.open(place, stored)),
], { title: "One event", unit: "µs", digits: 1 });

async function community(personal: typeof schema.personal) {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
  const store = SqliteEventStore.open(`${folder}/film.db`, {
    schema: { ...schema, personal },
    masterKey,
  });
  const filmroll = openFilmroll(store);
  for (let person = 1; person <= IN_FLIGHT; person++) {
    await filmroll.commands.execute("RegisterUser", {
      username: `person${person}`,
      email: `${person}@example.org`,
      fullName: null,
      passwordHash: "hash",
    }, { actor: null });
  }
  await postOnce(filmroll, 1);
  return {
    filmroll,
    async close() {
      await store.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const postOnce = ({ commands }: Filmroll, by: number) =>
  commands.execute("CreatePost", { by, content: post.content, imageUrl: null }, { actor: by });

const likeOnce = ({ commands }: Filmroll, by: number) =>
  commands.execute("ToggleLike", { by, postId: 1 }, { actor: by });

/** Commands a second, so many at once. */
async function rate(filmroll: Filmroll, once: typeof likeOnce | typeof postOnce): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async (_, index) => {
      for (let sent = 0; sent < COMMANDS / IN_FLIGHT; sent++) await once(filmroll, index + 1);
    }),
  );
  return COMMANDS * 1000 / (performance.now() - began);
}

const ways = [
  { name: "nothing sealed", ...await community({}) },
  { name: "sealed", ...await community(schema.personal) },
];
for (
  const [title, once] of [["Likes", likeOnce], ["Posts", postOnce]] as const
) {
  const rows = ways.map(({ name }) => ({ name, runs: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { filmroll }] of ways.entries()) {
      rows[index]!.runs.push(await rate(filmroll, once));
    }
  }
  printTable(rows, { title: `${title}, each on disk`, unit: "commands/s" });
}
for (const { close } of ways) await close();
