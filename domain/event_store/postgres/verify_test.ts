import assert from "node:assert/strict";
import fc from "fast-check";
import { Folder } from "../../../tests/support/folder.ts";
import { schemaOf } from "../../core/bus.ts";
import { contexts, openFilmroll } from "../../mod.ts";
import { commandSequence, executeAll } from "../../random_commands.ts";
import { masterKey } from "../../testing.ts";
import { MasterKey } from "../master_key.ts";
import type { Sql } from "../moving/postgres_rows.ts";
import { copyWhole } from "../moving/whole_copy.ts";
import { inspectFilm } from "../sqlite/inspect_film.ts";
import { assertAllFound, type AttackedRow, type FilmUnderAttack, tamper } from "../tampering.ts";
import { connect, type Connection } from "./connection.ts";
import { PostgresEventStore } from "./postgres_event_store.ts";
import { schemaNameOf } from "./read_models.ts";
import { type PostgresServer, startPostgres } from "./testing.ts";
import { verify } from "./verify.ts";

const schema = schemaOf(contexts);
const options = { schema, masterKey };

/** The same people and posts every time. */
const commands = fc.sample(commandSequence, { numRuns: 20, seed: 5 }).flat().slice(0, 300);

let postgres: PostgresServer;
Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
});
Deno.test.afterAll(() => postgres.stop());

interface Community {
  readonly url: string;
  readonly folder: string;
  /** Of somebody who has the database's password. */
  readonly sql: Connection;
}

async function inCommunity(use: (community: Community) => Promise<void>): Promise<void> {
  await using folder = await Folder.make();
  const url = await postgres.createDatabase();
  const store = await PostgresEventStore.open(url, options);
  await executeAll(openFilmroll(store), commands);
  await store.close();
  const searchPath = [schemaNameOf(schema.readModels), "public"];
  const sql = connect(url, { max: 1, searchPath, readOnly: false, purpose: "tampering" });
  try {
    await use({ url, folder: folder.path, sql });
  } finally {
    await sql.end();
  }
}

async function findingsAfter({ url, folder, sql }: Community, tampering: string) {
  await sql.unsafe(tampering).simple();
  const { findings } = await verify(url, { ...options, folder });
  return findings.map(({ where, problem }) => `${where}: ${problem}`);
}

Deno.test("verify finds nothing in what a store on PostgreSQL wrote, and answers its head", () =>
  inCommunity(async ({ url, folder, sql }) => {
    const { head, findings } = await verify(url, { ...options, folder });
    assert.deepEqual(findings, []);
    const [last] = await sql.unsafe(
      `SELECT position, encode(hash, 'hex') AS hash FROM event_store
       ORDER BY position DESC LIMIT 1`,
    );
    assert.deepEqual({ ...last }, head);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), [], "Nothing is left of it");
    const another = new MasterKey("another master key, of 32 characters or more");
    await assert.rejects(
      verify(url, { schema, masterKey: another, folder }),
      /^StoreUnavailable: The master key is not the one/,
    );
  }));

Deno.test("verify on PostgreSQL names rows of read models that differ from the film", () =>
  inCommunity(async (community) => {
    const [hashtag] = await community.sql.unsafe("SELECT rowid FROM hashtag_search_projection");
    assert.deepEqual(
      await findingsAfter(
        community,
        `UPDATE user_projection SET bio = 'Forged', post_count = 9223372036854775807 WHERE id = 2;
         DELETE FROM user_projection WHERE id = 3;
         INSERT INTO like_projection VALUES (999, 1, '2026');
         UPDATE user_search_projection SET full_name = '''forged'':2' WHERE rowid = 1;
         UPDATE hashtag_search_projection SET name = 'forged' WHERE rowid = ${hashtag!.rowid};`,
      ),
      [
        "row id=2 of user_projection: Differs from the film in bio, post_count",
        "row id=3 of user_projection: Is missing",
        `row rowid=${hashtag!.rowid} of hashtag_search_projection: Differs from the film in name`,
        "row post_id=999, user_id=1 of like_projection: Is not of the film",
        "row rowid=1 of user_search_projection: Differs from the film in full_name",
      ],
    );
  }));

Deno.test("verify on PostgreSQL finds keys and commands that are missing or forged", () =>
  inCommunity(async (community) => {
    const findings = await findingsAfter(
      community,
      `DELETE FROM person_key WHERE person_id = 2;
       INSERT INTO command VALUES ('c', 'LikePost', 1, '', 9999);
       DELETE FROM command WHERE position = 3;`,
    );
    for (
      const finding of [
        /^event [123]: Its command is not recorded$/,
        /^key of person 2: Is missing$/,
        /^command c: Was recorded after the end of the film$/,
      ]
    ) assert(findings.some((one) => finding.test(one)), `${finding} is not among ${findings}`);
  }));

/** The database's film, within a transaction that is rolled back. */
function filmIn(sql: Sql): FilmUnderAttack {
  const run = async (text: string, ...values: AttackedRow[string][]) => {
    let number = 0;
    return await sql.unsafe(text.replaceAll("?", () => `$${++number}`), values as never[]);
  };
  return {
    row: async (position) => ({
      ...(await run("SELECT * FROM event_store WHERE position = ?", position))[0],
    }),
    run: async (text, ...values) => void await run(text, ...values),
    asText: "convert_from(?, 'UTF8')",
    // What must be unique or is no UTF-8, and the null character.
    isForbidden: (error) => ["23505", "22021"].includes((error as { code: string }).code),
  };
}

const undone = Symbol("undone");

Deno.test("of 200 random tamperings with the film on PostgreSQL verify finds 200", () =>
  inCommunity(async ({ url, folder, sql }) => {
    const { head: kept } = await verify(url, { ...options, folder });
    await assertAllFound({ runs: 200, head: kept.position }, async (tampering, place) => {
      let found = 0;
      let isDone = false;
      await sql.begin(async (sql) => {
        isDone = await tamper(filmIn(sql), tampering, place, kept.position);
        if (!isDone) throw undone;
        using copy = await copyWhole(sql, schema, folder);
        const inspection = inspectFilm(copy.database, { ...options, kept }, null);
        found = inspection.filter((one) => one !== null).toArray().length;
        throw undone;
      }).catch((error) => {
        if (error !== undone) throw error;
      });
      fc.pre(isDone);
      return found;
    });
    const { findings } = await verify(url, { ...options, folder, kept });
    assert.deepEqual(findings, [], "Each tampering was undone");
  }));
