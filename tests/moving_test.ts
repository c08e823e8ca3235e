/** Moving a Filmroll to PostgreSQL and back, and what the operator's commands do there. */
import assert from "node:assert/strict";
import client from "postgres";
import { schemaOf } from "../domain/core/bus.ts";
import { MasterKey } from "../domain/event_store/master_key.ts";
import { schemaNameOf } from "../domain/event_store/postgres/read_models.ts";
import { type PostgresServer, startPostgres } from "../domain/event_store/postgres/testing.ts";
import { SqliteEventStore } from "../domain/event_store/sqlite/sqlite_event_store.ts";
import { contexts, openFilmroll } from "../domain/mod.ts";
import type { Post } from "../web/schemas.ts";
import { api, join, logIn } from "./support/client.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { photo, uploaded } from "./support/photos.ts";
import {
  type Environment,
  failed,
  printedBy,
  runFilmroll,
  startOperating,
  startProgram,
} from "./support/program.ts";
import { startS3 } from "./support/s3/server.ts";

let postgres: PostgresServer;
Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
});
Deno.test.afterAll(() => postgres.stop());

/** So much that a move takes its time. */
const POSTS = 8000;

async function fill(dataDir: string): Promise<void> {
  const store = SqliteEventStore.open(`${dataDir}/filmroll.db`, {
    schema: schemaOf(contexts),
    masterKey: new MasterKey(await secretIn(dataDir, "master_key")),
  });
  const { commands } = openFilmroll(store);
  const post = { by: 1, content: "Once more #again", imageUrl: null, media: [] };
  await Promise.all(
    Array.from({ length: POSTS }, () => commands.execute("CreatePost", post, { actor: 1 })),
  );
  await store.close();
}

const secretIn = async (dataDir: string, name: string) =>
  (await Deno.readTextFile(`${dataDir}/${name}`)).trim();

/** Moves, and is killed as soon as there are rows in a table; they may not be all. */
async function killedOnceIn(table: string, url: string, environment: Environment): Promise<void> {
  const child = startOperating(environment, "migrate", "sqlite-to-postgres");
  const ended = child.output();
  const sql = client(url, { max: 1 });
  try {
    await eventually(`rows in ${table}`, async () => {
      const [row] = await sql.unsafe(`SELECT max(position) AS last FROM ${table}`).catch(() => []);
      return Number(row?.last ?? 0) > 0;
    });
    child.kill("SIGKILL");
  } finally {
    await sql.end();
  }
  assert.equal((await ended).signal, "SIGKILL", "It was not over yet");
}

Deno.test("a Filmroll moves to PostgreSQL, though it is killed on the way, and back", async (t) => {
  await using s3 = await startS3();
  const { endpoint, bucket, keyId, secret } = await s3.makeBucket();
  await using folder = await Folder.make();
  await using elsewhere = await Folder.make();
  const here = folder.environment;
  const url = await postgres.createDatabase();

  const before = await startProgram(here);
  const ana = await join(before.origin, "ana");
  const picture = await uploaded(ana, await photo(1));
  const { body: post } = await ana.post<Post>("/api/posts", { media: [picture.id] });
  const there: Environment = {
    ...here,
    DATABASE_URL: url,
    MASTER_KEY: await secretIn(here.DATA_DIR, "master_key"),
    JWT_SECRET: await secretIn(here.DATA_DIR, "jwt_secret"),
    MEDIA_S3_ENDPOINT: endpoint,
    MEDIA_S3_BUCKET: bucket,
    MEDIA_S3_KEY_ID: keyId,
    MEDIA_S3_SECRET: secret,
  };
  const filmroll = async (...args: string[]) => printedBy(await runFilmroll(there, ...args));

  await t.step("what cannot be moved is refused in one line", async () => {
    const move = ["migrate", "sqlite-to-postgres"];
    failed(await runFilmroll(there, ...move), { code: 1, says: /^A server is running on ".*"; / });
    await before.end("SIGTERM");
    failed(await runFilmroll(here, ...move), { code: 1, says: /^DATABASE_URL is not set, / });
    failed(
      await runFilmroll({ ...there, MASTER_KEY: "another key, of thirty-two letters" }, ...move),
      {
        code: 1,
        says: /^The master key is not the one /,
      },
    );
    failed(await runFilmroll(there, "stats"), { code: 1, says: /^There is no Filmroll in the / });
  });

  let head = "";
  await t.step("killed twice, it goes on to its end", async () => {
    await fill(here.DATA_DIR);
    await killedOnceIn("filmroll_moving.event_store", url, there);
    const { readModels } = schemaOf(contexts);
    await killedOnceIn(`${schemaNameOf(readModels)}.read_model_head`, url, there);
    const printed = await filmroll("migrate", "sqlite-to-postgres");
    assert.match(printed, /^Moved \d+ events; .*\nHead \S+\n1 pictures are there\n$/);
    head = /^Head (.*)$/m.exec(printed)![1]!;
    assert.equal(await filmroll("verify"), `Nothing found\nHead ${head}\n`);
  });

  await t.step("people find everything there", async () => {
    await using node = await startProgram({ ...there, DATA_DIR: `${elsewhere.path}/node` });
    const { body } = await api(node.origin).get<Post>(`/api/posts/${post.id}`);
    assert.equal(body.author_username, "ana");
    const served = await fetch(node.origin + picture.url);
    assert.equal(served.status, 200);
    await served.body?.cancel();
    const browser = await logIn(node.origin, "ana");
    assert.match((await browser.open("/users/me")).text, /Edit profile/);
    const token = await api(node.origin, ana.token).get("/api/auth/me");
    assert.equal(token.status, 200, "A token from before is good");
  });

  await t.step("the operator's commands work there", async () => {
    const stats = JSON.parse(await filmroll("stats", "--json"));
    assert.deepEqual([stats.people, stats.posts], [1, POSTS + 1]);
    assert.ok(stats.bytes.database > 0);
    await filmroll("rebuild");
    assert.match(await filmroll("user", "list"), /^1 {2}@ana /);
    assert.match(await filmroll("events", "--limit", "2", "--reveal"), /Once more #again/);
    await filmroll("user", "suspend", "ana");
    const backup = `${folder.path}/backup.tar`;
    assert.match(await filmroll("backup", backup), /^\d+ events and \d+ files of pictures/);
    failed(await runFilmroll(there, "restore", backup), { code: 1, says: /without DATABASE_URL/ });
    const restored = { ...elsewhere.environment, MASTER_KEY: there.MASTER_KEY! };
    assert.match(printedBy(await runFilmroll(restored, "restore", backup)), /^Restored /);
    assert.match(printedBy(await runFilmroll(restored, "user", "list")), /suspended/);
    await filmroll("user", "unsuspend", "ana");
  });

  await t.step("and back, with what happened since", async () => {
    const back = { ...there, DATA_DIR: `${elsewhere.path}/back` };
    const printed = printedBy(await runFilmroll(back, "migrate", "postgres-to-sqlite"));
    assert.match(printed, /^Moved \d+ events; .*\nHead \S+\n1 pictures are there\n$/);
    failed(await runFilmroll(back, "migrate", "postgres-to-sqlite"), {
      code: 1,
      says: /^There is a Filmroll in ".*" already; move it away first/,
    });
    const { DATABASE_URL: _, ...file } = back;
    const verified = printedBy(await runFilmroll(file, "verify", "--head", head));
    assert.equal(verified, `Nothing found\n${/^Head .*$/m.exec(printed)![0]}\n`);
    const hash = picture.url.split("/")[2]!;
    const files = await Array.fromAsync(Deno.readDir(`${back.DATA_DIR}/media/${hash}`));
    assert.ok(files.length > 0);
  });
});
