/**
 * One node's engine on PostgreSQL, in a process of its own: opens it, says so, waits for a line on
 * standard input, does its {@linkcode EngineJob} and says what came of it, over and over.
 *
 * @module
 */
import { schemaOf } from "../../domain/core/bus.ts";
import { MasterKey } from "../../domain/event_store/master_key.ts";
import { PostgresEventStore } from "../../domain/event_store/postgres/postgres_event_store.ts";
import { contexts, type Filmroll, openFilmroll } from "../../domain/mod.ts";

/** What is measured: commands, each on disk, or one page of a feed. */
export const WORKS = ["like", "post", "feed"] as const;

export interface EngineJob {
  readonly work: typeof WORKS[number];
  readonly times: number;
  /** So many at once. */
  readonly inFlight: number;
  /** Ids of the people who act in turn: from this one on, as many as are in flight. */
  readonly firstPerson: number;
}

/** When it began and ended, in milliseconds since 1970. */
export interface EngineDone {
  readonly began: number;
  readonly ended: number;
}

export const MASTER_KEY = "a master key for measuring, of 32 characters";

const once: Record<EngineJob["work"], (filmroll: Filmroll, by: number) => Promise<unknown>> = {
  like: ({ commands }, by) => commands.execute("ToggleLike", { by, postId: 1 }, { actor: by }),
  post: ({ commands }, by) =>
    commands.execute("CreatePost", {
      by,
      content: "Low tide, before anybody was up. #sea #film",
      imageUrl: null,
    }, { actor: by }),
  feed: ({ queries }, by) => queries.ask("GetFeed", { viewer: by, limit: 20, offset: 0 }),
};

async function run(
  filmroll: Filmroll,
  { work, times, inFlight, firstPerson }: EngineJob,
): Promise<EngineDone> {
  const began = Date.now();
  let left = times;
  await Promise.all(Array.from({ length: inFlight }, async (_, index) => {
    while (left-- > 0) await once[work](filmroll, firstPerson + index);
  }));
  return { began, ended: Date.now() };
}

if (import.meta.main) {
  const store = await PostgresEventStore.open(Deno.args[0]!, {
    schema: schemaOf(contexts),
    masterKey: new MasterKey(MASTER_KEY),
  });
  const filmroll = openFilmroll(store);
  console.log("open");
  let text = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n")) {
      const job: EngineJob = JSON.parse(text.slice(0, end));
      text = text.slice(end + 1);
      console.log(JSON.stringify(await run(filmroll, job)));
    }
  }
  await store.close();
}
