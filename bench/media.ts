/**
 * Photos: how many of a camera's are made into pictures a second, how much memory it takes, and
 * whether people who look at their feed notice.
 */
import { cameraJpeg } from "../media/testing.ts";
import { Tokens } from "../web/tokens.ts";
import { load } from "./support/load.ts";
import { registerPeople, seed, startFilmroll } from "./support/program.ts";
import { median, printTable } from "./support/table.ts";

const PHOTOS = 20;
const ROUNDS = 2;
const IDLE_RUNS = 4;
const SECONDS = 2;
const CONNECTIONS = 2;
const PEOPLE = 20;
const POSTS = 200;
/** How much longer than usual the slowest hundredth may wait while photos are processed. */
const RATIO_LIMIT = 3;
const SECRET = "a secret that only this benchmark knows";

const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
const dataDir = `${folder}/data`;

await seed(dataDir, async (filmroll) => {
  const { commands } = filmroll;
  await registerPeople(filmroll, PEOPLE);
  for (let userId = 2; userId <= PEOPLE; userId++) {
    await commands.execute("FollowUser", { by: 1, userId }, { actor: 1 });
  }
  for (let index = 0; index < POSTS; index++) {
    const by = 1 + index % PEOPLE;
    await commands.execute("CreatePost", {
      by,
      content: `Evening light over the harbour, number ${index}. #light #harbour`,
      imageUrl: null,
    }, { actor: by });
  }
});

const filmroll = await startFilmroll(dataDir, { JWT_SECRET: SECRET });
const authorization = `Bearer ${await new Tokens(SECRET).issue(1, new Date())}`;
const photo = await cameraJpeg();

async function upload(): Promise<void> {
  const body = new FormData();
  body.set("file", new File([new Uint8Array(photo)], "photo.jpg"));
  body.set("alt", "Low tide");
  const answer = await fetch(`${filmroll.origin}/api/media`, {
    method: "POST",
    headers: { authorization },
    body,
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.body?.cancel();
}

/** Sends all photos at once, and answers when the last is kept. */
async function uploadAll(): Promise<void> {
  await Promise.all(Array.from({ length: PHOTOS }, upload));
}

async function feedP99(): Promise<number> {
  const { p99, failed, statuses } = await load({
    url: filmroll.origin,
    connections: CONNECTIONS,
    until: { seconds: SECONDS },
    cycle: () => [{ path: "/api/feed", headers: { authorization } }],
  });
  if (failed > 0) throw new Error(`${failed} requests failed: ${JSON.stringify(statuses)}`);
  return p99;
}

/** The feed's p99 for as long as photos are processed; a run that outlasted them does not count. */
async function feedP99Meanwhile(): Promise<number[]> {
  let finished = false;
  const uploading = uploadAll().finally(() => finished = true);
  const runs: number[] = [];
  while (!finished) {
    const p99 = await feedP99();
    if (!finished) runs.push(p99);
  }
  await uploading;
  return runs;
}

await feedP99();
const residentBefore = filmroll.residentMebibytes();
let resident = 0;
const watching = setInterval(() => {
  resident = Math.max(resident, filmroll.residentMebibytes() + filmroll.childrenMebibytes());
}, 50);

const perSecond: number[] = [];
const idle: number[] = [];
const meanwhile: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const began = performance.now();
  await uploadAll();
  perSecond.push(PHOTOS * 1000 / (performance.now() - began));
  for (let run = 0; run < IDLE_RUNS; run++) idle.push(await feedP99());
  meanwhile.push(...await feedP99Meanwhile());
}
clearInterval(watching);
await filmroll.stop();
await Deno.remove(folder, { recursive: true });

printTable([
  { name: "nothing else happens", runs: idle },
  { name: `${PHOTOS} photos are processed`, runs: meanwhile },
], {
  title: `p99 of GET /api/feed with ${CONNECTIONS} connections while`,
  unit: "ms",
  digits: 1,
});
printTable([{ name: `${PHOTOS} photos of 12 megapixels at once`, runs: perSecond }], {
  title: "Photos kept when nothing else happens",
  unit: "photos/s",
  digits: 2,
});
console.log(
  `Resident memory: ${residentBefore.toFixed(0)} MiB before; at most ${resident.toFixed(0)} MiB ` +
    "with the processes that make pictures",
);
Deno.exit(median(meanwhile) <= RATIO_LIMIT * median(idle) ? 0 : 1);
