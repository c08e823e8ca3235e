/**
 * Several nodes over PostgreSQL: durable commands a second against raw grouped inserts through the same
 * driver, reads of a feed's page, and how long it takes until who listens on one node hears of a
 * command on another. One server, on this machine, whose commits are synced.
 */
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { schemaOf } from "../domain/core/bus.ts";
import type { RecordedEvent } from "../domain/core/event.ts";
import { MasterKey } from "../domain/event_store/master_key.ts";
import { connect, send } from "../domain/event_store/postgres/connection.ts";
import { PostgresEventStore } from "../domain/event_store/postgres/postgres_event_store.ts";
import { startPostgres } from "../domain/event_store/postgres/testing.ts";
import { contexts, openFilmroll } from "../domain/mod.ts";
import { type EngineDone, type EngineJob, MASTER_KEY } from "./support/engine_process.ts";
import { listen } from "../tests/support/live.ts";
import { Tokens } from "../web/tokens.ts";
import { registerPeople, startFilmroll } from "./support/program.ts";
import { printTable } from "./support/table.ts";

const ROUNDS = 5;
const IN_FLIGHT = 64;
const NODES = 3;
const COMMANDS = 6000;
const READS = 3000;
const PEOPLE = NODES * IN_FLIGHT;
const FOLLOWS_EACH = 10;
const POSTS_EACH = 5;
const LIKES_HEARD = 100;
const SECRET = "a secret that only this benchmark knows";

await using server = await startPostgres({ durable: true });
const url = await server.createDatabase();
const store = await PostgresEventStore.open(url, {
  schema: schemaOf(contexts),
  masterKey: new MasterKey(MASTER_KEY),
});
const { commands } = await settle();
const nodes = await Promise.all(Array.from({ length: NODES }, startEngine));

/** People, what they posted, and whom they follow. */
async function settle() {
  const filmroll = openFilmroll(store);
  const { commands } = filmroll;
  await registerPeople(filmroll, PEOPLE);
  const everybody = Array.from({ length: PEOPLE }, (_, index) => index + 1);
  for (let post = 0; post < POSTS_EACH; post++) {
    await Promise.all(
      everybody.map((by) =>
        commands.execute("CreatePost", { by, content: `Frame ${post} #sea`, imageUrl: null }, {
          actor: by,
        })
      ),
    );
  }
  for (let next = 1; next <= FOLLOWS_EACH; next++) {
    await Promise.all(everybody.map((by) => {
      const userId = (by + next - 1) % PEOPLE + 1;
      return commands.execute("FollowUser", { by, userId }, { actor: by });
    }));
  }
  return filmroll;
}

interface EngineNode {
  run(job: EngineJob): Promise<EngineDone>;
  stop(): Promise<void>;
}

async function startEngine(): Promise<EngineNode> {
  const file = fileURLToPath(new URL("./support/engine_process.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", file, url],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const lines = linesOf(child.stdout);
  await lines.next();
  return {
    async run(job) {
      await input.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`));
      return JSON.parse((await lines.next()).value!);
    },
    async stop() {
      await input.close();
      await child.status;
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (text + chunk).split("\n");
    text = lines.pop()!;
    yield* lines;
  }
}

/** So much a second, by so many nodes together. */
async function rate(count: number, work: EngineJob["work"], times: number): Promise<number> {
  const done = await Promise.all(
    nodes.slice(0, count).map((node, index) =>
      node.run({
        work,
        times: Math.ceil(times / count),
        inFlight: Math.ceil(IN_FLIGHT / count),
        firstPerson: 1 + index * IN_FLIGHT,
      })
    ),
  );
  const began = Math.min(...done.map(({ began }) => began));
  const ended = Math.max(...done.map(({ ended }) => ended));
  return times * 1000 / (ended - began);
}

/** What a command of a kind leaves: rows of its events, and changes of rows in the read models. */
interface Left {
  readonly events: readonly RecordedEvent[];
  readonly changes: number;
}

async function leftBy(work: () => Promise<unknown>): Promise<Left> {
  const before = await store.head();
  await work();
  const events = await store.film(before, 100);
  const models = Object.values(schemaOf(contexts).readModels);
  const changes = events.flatMap((event) => models.flatMap(({ project }) => project(event))).length;
  return { events, changes };
}

/** The same rows and as many changes, with nothing read, decided, hashed or sealed. */
async function raw({ events, changes }: Left, isSetBased: boolean): Promise<number> {
  const sql = connect(url, { max: 1, searchPath: ["raw"], readOnly: false, purpose: "measuring" });
  await send(sql, "DROP SCHEMA IF EXISTS raw CASCADE");
  await send(sql, "CREATE SCHEMA raw");
  await send(sql, "CREATE TABLE event_store (LIKE public.event_store INCLUDING ALL)");
  await send(sql, "CREATE TABLE command (LIKE public.command INCLUDING ALL)");
  await send(sql, "CREATE TABLE change (id BIGINT PRIMARY KEY, by BIGINT NOT NULL)");
  let position = 0;
  let change = 0;
  const began = performance.now();
  for (let sent = 0; sent < COMMANDS; sent += IN_FLIGHT) {
    const group = Array.from({ length: IN_FLIGHT }, () => crypto.randomUUID());
    const rows = group.flatMap((id) =>
      events.map((event) => ({ ...event, position: ++position, stream: `${event.stream}-${id}` }))
    );
    const changed = Array.from({ length: group.length * changes }, () => ++change);
    await Promise.all([
      send(sql, "BEGIN"),
      send(sql, INSERT_EVENTS, [
        rows.map(({ position }) => position),
        rows.map(({ stream }) => stream),
        rows.map(() => 1),
        rows.map(({ type }) => type),
        rows.map(({ data }) => JSON.stringify(data)),
        rows.map(() => null),
        rows.map(({ metadata }) => JSON.stringify(metadata)),
        rows.map(({ created_at }) => created_at),
        rows.map(() => randomBytes(32)),
      ]),
      send(sql, INSERT_COMMANDS, [
        group,
        group.map(() => "ToggleLike"),
        group.map((_, index) => index),
        group.map(() => '{"liked":true}'),
        group.map(() => position),
      ]),
      ...(isSetBased
        ? [send(sql, "INSERT INTO change SELECT id, 1 FROM unnest($1::bigint[]) AS id", [changed])]
        : changed.map((id) => send(sql, "INSERT INTO change VALUES ($1, 1)", [id]))),
      send(sql, "COMMIT"),
    ]);
  }
  const perSecond = COMMANDS * 1000 / (performance.now() - began);
  await send(sql, "DROP SCHEMA raw CASCADE");
  await sql.end();
  return perSecond;
}

const INSERT_EVENTS = `INSERT INTO event_store
    (position, stream, version, type, data, sealed, metadata, created_at, hash)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bytea[],
    $7::text[], $8::text[], $9::bytea[])`;

const INSERT_COMMANDS = `INSERT INTO command (command_id, command, actor, result, position)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[])`;

/** Measures each way in turn, round after round. */
async function compare(
  title: string,
  unit: string,
  ways: Readonly<Record<string, () => Promise<number>>>,
): Promise<void> {
  const rows = Object.keys(ways).map((name) => ({ name, runs: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of rows) row.runs.push(await ways[row.name]!());
  }
  printTable(rows, { title, unit });
}

const like = () => commands.execute("ToggleLike", { by: PEOPLE, postId: 2 }, { actor: PEOPLE });
const post = () =>
  commands.execute("CreatePost", {
    by: PEOPLE,
    content: "Low tide, before anybody was up. #sea #film",
    imageUrl: null,
  }, { actor: PEOPLE });

for (const [work, once] of [["like", like], ["post", post]] as const) {
  const left = await leftBy(once);
  await compare(
    `${work === "like" ? "Likes" : "Posts"}, each on disk: ${left.events.length} event, ` +
      `${left.changes} changes of read models`,
    "commands/s",
    {
      "raw inserts, changes one by one": () => raw(left, false),
      "raw inserts, changes as one set": () => raw(left, true),
      "one node": () => rate(1, work, COMMANDS),
      [`${NODES} nodes`]: () => rate(NODES, work, COMMANDS),
    },
  );
}
await compare("A feed's page: 20 posts of 11 people", "reads/s", {
  "one node": () => rate(1, "feed", READS),
  [`${NODES} nodes`]: () => rate(NODES, "feed", READS),
});
for (const node of nodes) await node.stop();

/** For each like on one node, milliseconds from its answer until who listens on another knows. */
async function lags(): Promise<number[]> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-bench-" });
  const environment = {
    DATABASE_URL: url,
    MASTER_KEY,
    JWT_SECRET: SECRET,
    LOG_LEVEL: "error",
  };
  const start = (name: string) => startFilmroll(`${folder}/${name}`, environment);
  const [acting, listening] = await Promise.all([start("acting"), start("listening")]);
  const authorization = `Bearer ${await new Tokens(SECRET).issue(1, new Date())}`;
  const measured: number[] = [];
  {
    await using reader = await listen(`${listening.origin}/live?topics=post-1`, { authorization });
    await reader.first("beat");
    for (let like = 1; like <= LIKES_HEARD; like++) {
      const heard = reader.count("likes", like).then(() => performance.now());
      const path = `${acting.origin}/api/posts/1/likes`;
      await (await fetch(path, { method: "POST", headers: { authorization } })).json();
      const acknowledged = performance.now();
      measured.push(Math.max(0, await heard - acknowledged));
    }
  }
  await Promise.all([acting.stop(), listening.stop()]);
  await Deno.remove(folder, { recursive: true });
  return measured;
}

printTable([{ name: "likes", runs: await lags() }], {
  title: "From a like's answer by one node until who listens on another knows",
  unit: "ms",
  digits: 1,
});
await store.close();
