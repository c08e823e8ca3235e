/**
 * What a backup costs: of a million events, while 32 clients write. How long it takes and what it
 * weighs, the clients' latency with and without it, and how long restoring and verifying takes.
 */
import { fileURLToPath } from "node:url";
import { Tokens } from "../web/tokens.ts";
import { load, type LoadRequest, type LoadResult } from "./support/load.ts";
import { seed, startFilmroll } from "./support/program.ts";
import { printTable } from "./support/table.ts";

const EVENTS = Number(Deno.args[0] ?? 1_000_000);
const CLIENTS = 32;
const PEOPLE = 1000;
const POSTS = 1000;
const WINDOW_SECONDS = 4;
const SECRET = "a secret that only this benchmark knows";
const ROOT = fileURLToPath(new URL("../", import.meta.url));

const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
const dataDir = `${folder}/data`;
const backup = `${folder}/backup.tar`;

await seed(dataDir, async ({ commands }) => {
  const people = Array.from({ length: PEOPLE }, (_, index) => index + 1);
  await inGroups(people, async (id) => {
    const name = `person${id}`;
    const account = { username: name, email: `${name}@example.org`, fullName: name };
    await commands.execute("RegisterUser", { ...account, passwordHash: "none" }, { actor: null });
  });
  await inGroups(Array.from({ length: POSTS }, (_, index) => index), async (index) => {
    const by = 1 + index % PEOPLE;
    const content = `Evening light over the harbour, number ${index}. #light #harbour`;
    await commands.execute("CreatePost", { by, content, imageUrl: null, media: [] }, { actor: by });
  });
  const likes = Array.from({ length: EVENTS - 3 * PEOPLE - POSTS }, (_, index) => index);
  await inGroups(likes, async (index) => {
    const by = 1 + index % PEOPLE;
    const postId = 1 + Math.floor(index / PEOPLE) % POSTS;
    await commands.execute("SetLike", { by, postId, liked: true }, { actor: by });
  });
});

/** Works through items, a few at a time. */
async function inGroups<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  const left = items.values();
  await Promise.all(Array.from({ length: 64 }, async () => {
    for (const item of left) await work(item);
  }));
}

const filmroll = await startFilmroll(dataDir, { JWT_SECRET: SECRET });
const tokens = new Tokens(SECRET);
const asPerson = await Promise.all(
  Array.from({ length: CLIENTS }, async (_, index) => ({
    authorization: `Bearer ${await tokens.issue(index + 1, new Date())}`,
  })),
);

const likes = (connection: number): LoadRequest[] =>
  Array.from({ length: 50 }, (_, index) => ({
    method: "POST",
    path: `/api/posts/${1 + (connection + index * 3) % POSTS}/likes`,
    headers: asPerson[connection]!,
  }));

async function writing(): Promise<LoadResult> {
  const result = await load({
    url: filmroll.origin,
    connections: CLIENTS,
    until: { seconds: WINDOW_SECONDS },
    cycle: likes,
  });
  if (result.failed > 0) throw new Error(`${result.failed} requests failed`);
  return result;
}

/** Runs `deno task filmroll` and answers how many seconds it took. */
async function operate(environment: Record<string, string>, ...args: string[]): Promise<number> {
  const began = performance.now();
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=filmroll", "cli/filmroll.ts", ...args],
    cwd: ROOT,
    env: environment,
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (!success) throw new Error(`"filmroll ${args[0]}" failed`);
  return (performance.now() - began) / 1000;
}

await writing();
const without: LoadResult[] = [];
for (let round = 0; round < 4; round++) without.push(await writing());

const during: LoadResult[] = [];
let isDone = false;
const backingUp = operate({ DATA_DIR: dataDir }, "backup", backup).finally(() => isDone = true);
while (!isDone) during.push(await writing());
const seconds = await backingUp;
await filmroll.stop();

const restoring = await operate({ DATA_DIR: `${folder}/restored` }, "restore", backup);
const mebibytes = async (path: string) => ((await Deno.stat(path)).size / 2 ** 20).toFixed(0);

for (const [unit, of] of [["p50", "p50"], ["p99", "p99"]] as const) {
  printTable([
    { name: "without a backup", runs: without.map((run) => run[of]) },
    { name: "during a backup", runs: during.map((run) => run[of]) },
  ], { title: `A like by one of ${CLIENTS} clients, ${unit}`, unit: "ms", digits: 1 });
}
printTable([
  { name: "without a backup", runs: without.map(({ perSecond }) => perSecond) },
  { name: "during a backup", runs: during.map(({ perSecond }) => perSecond) },
], { title: `Likes on disk, ${CLIENTS} clients`, unit: "likes/s" });
console.log(`Backup: ${seconds.toFixed(1)} s, ${await mebibytes(backup)} MiB`);
console.log(`Database: ${await mebibytes(`${dataDir}/filmroll.db`)} MiB`);
console.log(`Restored and verified: ${restoring.toFixed(1)} s`);
await Deno.remove(folder, { recursive: true });
