import { Tokens } from "../../../web/tokens.ts";
import { load } from "../load.ts";
import { registerPeople, seed, startFilmroll } from "../program.ts";

const PEOPLE = 40;
const POSTS = 200;
const CONNECTIONS = 16;
const SECONDS = 3;
const SECRET = "a secret that only this benchmark knows";

/** Seconds of a core that a node takes to answer the feed as a page, SQLite's share included. */
export async function measurePage(): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
  const dataDir = `${folder}/data`;
  await seed(dataDir, async (filmroll) => {
    await registerPeople(filmroll, PEOPLE);
    for (let userId = 2; userId <= PEOPLE; userId++) {
      await filmroll.commands.execute("FollowUser", { by: 1, userId }, { actor: 1 });
    }
    for (let index = 0; index < POSTS; index++) {
      const by = 1 + index % PEOPLE;
      const post = { by, content: `Low tide, number ${index}. #sea`, imageUrl: null };
      await filmroll.commands.execute("CreatePost", post, { actor: by });
    }
  });
  const program = await startFilmroll(dataDir, { JWT_SECRET: SECRET });
  try {
    const authorization = `Bearer ${await new Tokens(SECRET).issue(1, new Date())}`;
    const pages = (seconds: number) =>
      load({
        url: program.origin,
        connections: CONNECTIONS,
        until: { seconds },
        cycle: () => [{ path: "/feed", headers: { accept: "text/html", authorization } }],
      });
    await pages(1);
    const before = program.cpuSeconds();
    const { requests, failed, statuses } = await pages(SECONDS);
    if (failed > 0) throw new Error(`${failed} requests failed: ${JSON.stringify(statuses)}`);
    return (program.cpuSeconds() - before) / requests;
  } finally {
    await program.stop();
    await Deno.remove(folder, { recursive: true });
  }
}
