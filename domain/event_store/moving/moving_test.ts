import assert from "node:assert/strict";
import fc from "fast-check";
import { Folder } from "../../../tests/support/folder.ts";
import { schemaOf } from "../../core/bus.ts";
import { contexts, openFilmroll } from "../../mod.ts";
import { commandSequence, executeAll } from "../../random_commands.ts";
import { masterKey } from "../../testing.ts";
import { connect } from "../postgres/connection.ts";
import { PostgresEventStore } from "../postgres/postgres_event_store.ts";
import { type PostgresServer, startPostgres } from "../postgres/testing.ts";
import { Database } from "../sqlite/database.ts";
import { SqliteEventStore } from "../sqlite/sqlite_event_store.ts";
import { verify } from "../sqlite/verify.ts";
import { compare } from "./compare.ts";
import { copyFromPostgres } from "./from_postgres.ts";
import { copyToPostgres } from "./to_postgres.ts";

const schema = schemaOf(contexts);
const options = { schema, masterKey };

let postgres: PostgresServer;
Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
});
Deno.test.afterAll(() => postgres.stop());

async function fileOf(folder: Folder, seed: number, runs = 30): Promise<string> {
  const path = `${folder.path}/film-${seed}.db`;
  const store = SqliteEventStore.open(path, options);
  const commands = fc.sample(commandSequence, { numRuns: runs, seed }).flat();
  await executeAll(openFilmroll(store), commands);
  await store.close();
  return path;
}

async function withDatabase<Result>(
  path: string,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = new Database(path, { pragmas: [] });
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

const move = (path: string, url: string) =>
  withDatabase(path, (database) => copyToPostgres(database, url, schema));

const openAndClose = async (url: string) =>
  await (await PostgresEventStore.open(url, options)).close();

Deno.test("a store moves to PostgreSQL and back, and every row is the same", async () => {
  await using folder = await Folder.make();
  const path = await fileOf(folder, 5);
  const url = await postgres.createDatabase();
  const head = await move(path, url);
  assert(head.position > 100, `There are only ${head.position} events`);
  await openAndClose(url);

  const comparing = { ...options, folder: folder.path };
  const { findings, head: there } = await withDatabase(
    path,
    (database) => compare(database, url, comparing),
  );
  assert.deepEqual([findings, there], [[], head]);
  assert.deepEqual(await move(path, url), head, "What is there already stays");

  const back = `${folder.path}/back.db`;
  const broken = new Error("Broken off");
  await assert.rejects(
    copyFromPostgres(url, back, {
      ...options,
      onCopied: () => {
        throw broken;
      },
    }),
    ({ cause }: Error) => cause === broken,
  );
  assert.deepEqual(await copyFromPostgres(url, back, options), head);
  const again = await withDatabase(back, (database) => compare(database, url, comparing));
  assert.deepEqual(again, { head, findings: [], found: 0 });
  assert.deepEqual(await verify(back, { ...options, kept: head }), {
    head,
    findings: [],
    found: 0,
  });
});

Deno.test("comparing names what is not the same on PostgreSQL", async () => {
  await using folder = await Folder.make();
  const path = await fileOf(folder, 6);
  const url = await postgres.createDatabase();
  await move(path, url);
  await openAndClose(url);
  const sql = connect(url, { max: 1, searchPath: ["public"], readOnly: false, purpose: "test" });
  await sql.unsafe("UPDATE sequence SET value = value + 1 WHERE name = 'post'");
  await sql.unsafe("UPDATE credential SET password_hash = 'mine' WHERE user_id = 1");
  await sql.end();
  const { findings } = await withDatabase(
    path,
    (database) => compare(database, url, { ...options, folder: folder.path }),
  );
  assert.deepEqual(findings.map(({ where }) => where), [
    "row user_id=1 of credential",
    "row name=post of sequence",
  ]);
});

Deno.test("another film is not written over, nor one that somebody works on", async () => {
  await using folder = await Folder.make();
  const [path, another] = [await fileOf(folder, 5), await fileOf(folder, 6)];
  const url = await postgres.createDatabase();
  await openAndClose(url);
  await move(path, url);
  await assert.rejects(
    move(another, url),
    /^StoreUnavailable: The database holds another film already, of \d+ events$/,
  );
  await assert.rejects(
    copyFromPostgres(url, another, options),
    /^StoreUnavailable: What was copied before is of another film$/,
  );

  const node = await PostgresEventStore.open(url, options);
  await assert.rejects(
    move(path, url),
    /^StoreUnavailable: Somebody works on the database: stop every node first$/,
  );
  await node.close();

  const strange = await postgres.createDatabase();
  const sql = connect(strange, {
    max: 1,
    searchPath: ["public"],
    readOnly: false,
    purpose: "test",
  });
  await sql.unsafe("CREATE TABLE ledger (entry TEXT)");
  await sql.end();
  await assert.rejects(move(path, strange), /holds tables, but none of Filmroll's/);
});
