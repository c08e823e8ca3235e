/**
 * Live updates: how much memory open streams take, and how long after a like the others know of it,
 * whether few look at the post or everybody does.
 */
import { fileURLToPath } from "node:url";
import { Tokens } from "../web/tokens.ts";
import type { Listened, ListenersJob } from "./support/listeners_process.ts";
import { registerPeople, seed, startFilmroll } from "./support/program.ts";
import { printTable } from "./support/table.ts";

const STREAMS = 2000;
const STREAMS_EACH = 10;
const PEOPLE = STREAMS / STREAMS_EACH;
const LIKES = 40;
const MEMORY_LIMIT = 400;
const SECRET = "a secret that only this benchmark knows";

const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
const dataDir = `${folder}/data`;

await seed(dataDir, async (filmroll) => {
  const { commands } = filmroll;
  await registerPeople(filmroll, PEOPLE);
  await commands.execute("CreatePost", { by: PEOPLE, content: "Low tide", imageUrl: null }, {
    actor: PEOPLE,
  });
});

const filmroll = await startFilmroll(dataDir, { JWT_SECRET: SECRET });
const before = filmroll.residentMebibytes();
const issuer = new Tokens(SECRET);
const tokens = await Promise.all(
  Array.from({ length: STREAMS }, (_, index) => issuer.issue(1 + index % PEOPLE, new Date())),
);

/** Opens all streams in a process of its own, and watches the server's memory meanwhile. */
async function listen(audience: number): Promise<Listened & { readonly resident: number }> {
  const job: ListenersJob = {
    origin: filmroll.origin,
    tokens,
    postId: 1,
    audience,
    likes: LIKES,
  };
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--no-lock",
      "--quiet",
      "--allow-net=127.0.0.1",
      fileURLToPath(new URL("./support/listeners_process.ts", import.meta.url)),
    ],
    stdin: "piped",
    stdout: "piped",
    signal: AbortSignal.timeout(120_000),
  }).spawn();
  let resident = 0;
  const watching = setInterval(() => {
    resident = Math.max(resident, filmroll.residentMebibytes());
  }, 100);
  await new Response(JSON.stringify(job)).body!.pipeTo(child.stdin);
  const { stdout } = await child.output();
  clearInterval(watching);
  return { ...JSON.parse(new TextDecoder().decode(stdout)), resident };
}

const few = await listen(1);
const all = await listen(STREAMS);
await filmroll.stop();
await Deno.remove(folder, { recursive: true });

printTable([
  { name: "one looks at the post", runs: few.last },
  { name: `the first of ${STREAMS} who look`, runs: all.first },
  { name: `all of ${STREAMS} who look`, runs: all.last },
], {
  title: `From sending a like until others know, ${STREAMS} streams open`,
  unit: "ms",
  digits: 1,
});
const resident = Math.max(few.resident, all.resident);
console.log(`Opening ${STREAMS} streams: ${few.opening.toFixed(0)} ms`);
console.log(
  `Resident memory: ${before.toFixed(0)} MiB before, at most ${resident.toFixed(0)} MiB with ` +
    `${STREAMS} streams open (limit ${MEMORY_LIMIT} MiB)`,
);
Deno.exit(resident < MEMORY_LIMIT ? 0 : 1);
