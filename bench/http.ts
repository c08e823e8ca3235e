/**
 * What an answer costs over HTTP, against what it would cost at least: a post as JSON against bare
 * Deno.serve sending the same bytes; the feed's page against plain preact-render-to-string of the
 * same tree; and how many commands a second are on disk when they are acknowledged.
 */
import { load, type LoadRequest } from "./support/load.ts";
import {
  registerPeople,
  type RunningProgram,
  seed,
  startFilmroll,
  startServer,
} from "./support/program.ts";
import { printTable } from "./support/table.ts";
import { Tokens } from "../web/tokens.ts";

const CONNECTIONS = 64;
const ROUNDS = 3;
const SECONDS = 2;
const PEOPLE = 64;
const POSTS = 200;
const SECRET = "a secret that only this benchmark knows";

const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
const dataDir = `${folder}/data`;

await seed(dataDir, async (filmroll) => {
  const { commands } = filmroll;
  const people = Array.from({ length: PEOPLE }, (_, index) => index + 1);
  await registerPeople(filmroll, PEOPLE);
  await Promise.all(
    people.slice(1, 40).map((userId) =>
      commands.execute("FollowUser", { by: 1, userId }, { actor: 1 })
    ),
  );
  for (let index = 0; index < POSTS; index++) {
    const by = 1 + index % PEOPLE;
    await commands.execute("CreatePost", {
      by,
      content: `Evening light over the harbour, number ${index}. #light #harbour`,
      imageUrl: index % 4 === 0 ? null : `https://example.org/picture-${index}.webp`,
    }, { actor: by });
  }
  for (let index = 0; index < 1000; index++) {
    const by = 1 + index % PEOPLE;
    await commands.execute("SetLike", { by, postId: 1 + (index * 7) % POSTS, liked: true }, {
      actor: by,
    });
  }
});

const filmroll = await startFilmroll(dataDir, { JWT_SECRET: SECRET });
const tokens = new Tokens(SECRET);
const bearer = async (userId: number) => ({
  authorization: `Bearer ${await tokens.issue(userId, new Date())}`,
});
const asPerson = await Promise.all(
  Array.from({ length: PEOPLE }, (_, index) => bearer(index + 1)),
);

const postPath = `/api/posts/${POSTS}`;
await Deno.writeFile(
  `${folder}/post.json`,
  await (await fetch(filmroll.origin + postPath)).bytes(),
);

const bareJson = await startServer("bare_bytes.ts", {
  BODY: `${folder}/post.json`,
  TYPE: "application/json",
});
const plainPage = await startServer("plain_page.tsx", { DATA_DIR: dataDir, JWT_SECRET: SECRET });

const json = { path: postPath, headers: { accept: "application/json" } };
const page = { path: "/feed", headers: { accept: "text/html", ...asPerson[0] } };

const likes = (connection: number): LoadRequest[] =>
  Array.from({ length: 50 }, (_, index) => ({
    method: "POST",
    path: `/api/posts/${1 + (connection + index * 3) % POSTS}/likes`,
    headers: asPerson[connection]!,
  }));

const posts = (connection: number): LoadRequest[] => [{
  method: "POST",
  path: "/api/posts",
  headers: { ...asPerson[connection]!, "content-type": "application/json" },
  body: JSON.stringify({ content: "A moment #now" }),
}];

interface Entrant {
  readonly name: string;
  readonly program: RunningProgram;
  readonly cycle: (connection: number) => LoadRequest[];
}

/** Lets the entrants run in turn, so that a slow minute of the machine is everybody's. */
async function compare(title: string, entrants: readonly Entrant[]): Promise<void> {
  const rows = entrants.map(({ name }) => ({ name, runs: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { program, cycle }] of entrants.entries()) {
      const { failed, perSecond, statuses } = await load({
        url: program.origin,
        connections: CONNECTIONS,
        until: { seconds: SECONDS },
        cycle,
      });
      if (failed > 0) throw new Error(`${failed} requests failed: ${JSON.stringify(statuses)}`);
      rows[index]!.runs.push(perSecond);
    }
  }
  printTable(rows, { title, unit: "requests/s" });
}

await compare("A post as JSON", [
  { name: "bare Deno.serve, same bytes", program: bareJson, cycle: () => [json] },
  { name: "GET /api/posts/{id}", program: filmroll, cycle: () => [json] },
]);
await compare("The feed as a page, 20 posts", [
  { name: "plain render-to-string, same tree", program: plainPage, cycle: () => [{ path: "/" }] },
  { name: "GET /feed", program: filmroll, cycle: () => [page] },
]);
await compare(`Commands on disk when acknowledged, ${CONNECTIONS} connections`, [
  { name: "POST /api/posts/{id}/likes", program: filmroll, cycle: likes },
  { name: "POST /api/posts", program: filmroll, cycle: posts },
]);

const resident = filmroll.residentMebibytes();
await Promise.all([filmroll, bareJson, plainPage].map((program) => program.stop()));

const again = await startFilmroll(dataDir, { JWT_SECRET: SECRET });
const coldStart = again.startMilliseconds;
await again.stop();
await Deno.remove(folder, { recursive: true });

console.log(`Resident memory after the benchmark: ${resident.toFixed(0)} MiB`);
console.log(`Cold start to first answer: ${coldStart.toFixed(0)} ms`);
