import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { Folder } from "../../../tests/support/folder.ts";
import { schemaOf } from "../../core/bus.ts";
import { contexts, openFilmroll } from "../../mod.ts";
import { commandSequence, executeAll } from "../../random_commands.ts";
import { masterKey } from "../../testing.ts";
import { StoreUnavailable } from "../event_store.ts";
import { MasterKey } from "../master_key.ts";
import { Database } from "./database.ts";
import { type FilmHead, inspectFilm } from "./inspect_film.ts";
import type { Finding } from "./inspection.ts";
import { assertAllFound, type AttackedRow, type FilmUnderAttack, tamper } from "../tampering.ts";
import { SqliteEventStore } from "./sqlite_event_store.ts";
import { verify } from "./verify.ts";

const schema = schemaOf(contexts);
const options = { schema, masterKey };

/** The same people and posts every time. */
const commands = fc.sample(commandSequence, { numRuns: 20, seed: 5 }).flat().slice(0, 300);

async function inCommunity(use: (path: string) => Promise<void> | void): Promise<void> {
  await using folder = await Folder.make();
  const path = `${folder.path}/film.db`;
  const store = SqliteEventStore.open(path, options);
  await executeAll(openFilmroll(store), commands);
  await store.close();
  await use(path);
}

async function findingsAfter(path: string, tamper: string, kept?: FilmHead): Promise<string[]> {
  const database = new DatabaseSync(path);
  database.exec(tamper);
  database.close();
  const { findings, found } = await verify(path, { ...options, kept });
  assert.equal(findings.length, found);
  return findings.map(({ where, problem }) => `${where}: ${problem}`);
}

const headOf = async (path: string) => (await verify(path, options)).head;

Deno.test("verify finds nothing in what a store wrote, and answers its head", () =>
  inCommunity(async (path) => {
    const { head, findings, found } = await verify(path, options);
    assert.deepEqual([findings, found], [[], 0]);
    const database = new DatabaseSync(path);
    const last = database.prepare(
      "SELECT position, lower(hex(hash)) AS hash FROM event_store ORDER BY position DESC LIMIT 1",
    ).get();
    assert.deepEqual({ ...last }, head);
    database.close();
    assert(head.position >= 40, `There are only ${head.position} events`);
  }));

Deno.test("verify reads beside a store that is open and writes", () =>
  inCommunity(async (path) => {
    const store = SqliteEventStore.open(path, options);
    const { commands } = openFilmroll(store);
    const post = { by: 1, content: "Meanwhile", imageUrl: null };
    const writing = Array.from({ length: 20 }, () => commands.execute("CreatePost", post, by1));
    assert.equal((await verify(path, options)).found, 0);
    await Promise.all(writing);
    const steps: number[] = [];
    const { head, found } = await verify(path, {
      ...options,
      onProgress: (done, of) => steps.push(done / of),
    });
    assert.deepEqual([head.position, found], [await store.head(), 0]);
    assert.deepEqual([steps.length, steps.at(-1)], [head.position, 1]);
    await store.close();
  }));

const by1 = { actor: 1 };

Deno.test("verify names the event that was changed", () =>
  inCommunity(async (path) => {
    assert.deepEqual(
      await findingsAfter(path, "UPDATE event_store SET created_at = '2001' WHERE position = 7"),
      ["event 7: Its hash is not that of its content and its predecessor's hash"],
    );
  }));

Deno.test("verify tells a cut-off end and a rewritten film by a head that was kept", () =>
  inCommunity(async (path) => {
    const kept = await headOf(path);
    const rewritten = { ...kept, hash: "0".repeat(64) };
    assert.deepEqual(await findingsAfter(path, "", kept), []);
    assert.deepEqual(await findingsAfter(path, "", rewritten), [
      `event ${kept.position}: Its hash is not the one that was kept`,
    ]);
    const cutOff = `DELETE FROM event_store WHERE position = ${kept.position}`;
    const [missing] = await findingsAfter(path, cutOff, kept);
    assert.equal(
      missing,
      `event ${kept.position}: Is missing: the film ends with event ${kept.position - 1}`,
    );
  }));

Deno.test("verify finds commands and keys that are missing, forged or destroyed", async () => {
  const wrapped = masterKey.newKey(3).wrapped.toHex();
  for (
    const [tamper, finding] of [
      ["DELETE FROM command WHERE position = 3", /^event [123]: Its command is not recorded$/],
      ["INSERT INTO command VALUES ('c', 'LikePost', 1, '', 9999)", /^command c: .* after the end/],
      ["DELETE FROM person_key WHERE person_id = 2", /^key of person 2: Is missing$/],
      [
        "UPDATE person_key SET wrapped = NULL WHERE person_id = 2",
        /^key of person 2: Is destroyed/,
      ],
      [
        `UPDATE person_key SET wrapped = x'${wrapped}' WHERE person_id = 2`,
        /^key of person 2: Does/,
      ],
    ] as const
  ) {
    await inCommunity(async (path) => {
      const findings = await findingsAfter(path, tamper);
      assert(findings.some((one) => finding.test(one)), `${tamper}: ${findings.join("; ")}`);
    });
  }
});

Deno.test("verify refuses another master key, and a file that is no database", () =>
  inCommunity(async (path) => {
    await assert.rejects(
      verify(path, { schema, masterKey: new MasterKey("another") }),
      /^StoreUnavailable: The master key is not the one/,
    );
    await Deno.writeTextFile(path, "Dear diary, ".repeat(500));
    await assert.rejects(verify(path, options), StoreUnavailable);
  }));

Deno.test("verify names every row of a read model that is not as the film says", () =>
  inCommunity(async (path) => {
    assert.deepEqual(
      await findingsAfter(
        path,
        `UPDATE user_projection SET bio = 'Forged', post_count = -1 WHERE id = 2;
         DELETE FROM user_projection WHERE id = 3;
         INSERT INTO like_projection VALUES (999, 1, '2026');
         UPDATE user_search_projection SET full_name = 'Forged' WHERE rowid = 1;`,
      ),
      [
        "row id=2 of user_projection: Differs from the film in bio, post_count",
        "row id=3 of user_projection: Is missing",
        "row post_id=999, user_id=1 of like_projection: Is not of the film",
        "row rowid=1 of user_search_projection: Differs from the film in full_name",
      ],
    );
  }));

Deno.test("verify finds any change, loss or addition in any read model", () =>
  inCommunity((path) => {
    const tables = Object.values(schema.readModels).flatMap(({ tables }) => tables);
    const database = new DatabaseSync(path);
    const filled = tables.filter((table) =>
      database.prepare(`SELECT 1 FROM ${table}`).get() !== undefined
    );
    database.close();
    assert(filled.length >= 8, `Only ${filled} have rows`);
    return fc.assert(
      fc.asyncProperty(fc.constantFrom(...filled), fc.nat(), async (table, seed) => {
        await Deno.copyFile(path, `${path}-copy`);
        const tampered = new DatabaseSync(`${path}-copy`);
        const { count } = tampered.prepare(`SELECT count(*) AS count FROM ${table}`).get() as {
          count: number;
        };
        const columns = tampered.prepare("SELECT name FROM pragma_table_info(?) WHERE pk = 0").all(
          table,
        );
        const names = columns.map(({ name }) => String(name));
        const nth = `SELECT * FROM ${table} LIMIT 1 OFFSET ${seed % count}`;
        const row = tampered.prepare(nth).get() as Record<string, unknown>;
        const which = Object.keys(row).map((column) => `${column} IS ?`).join(" AND ");
        const column = names[seed % names.length];
        tampered.prepare(
          column === undefined || seed % 3 === 0
            ? `DELETE FROM ${table} WHERE ${which}`
            : `UPDATE ${table} SET ${column} = coalesce(${column}, '') || '7' WHERE ${which}`,
        ).run(...Object.values(row) as string[]);
        tampered.close();
        const { found } = await verify(`${path}-copy`, options);
        assert(found > 0, `${table}, ${seed}`);
      }),
      { numRuns: 60 },
    );
  }));

/** The database's film, within a transaction that is rolled back. */
const filmIn = (database: Database): FilmUnderAttack => ({
  row: (position) => ({
    ...database.prepare("SELECT * FROM event_store WHERE position = ?").get(position),
  } as AttackedRow),
  run: (text, ...values) => void database.prepare(text).run(...values),
  asText: "CAST(? AS TEXT)",
  isForbidden: (error) => /constraint failed/.test(String(error)),
});

Deno.test("of 1,000 random tamperings with the film verify finds 1,000", () =>
  inCommunity(async (path) => {
    const kept = await headOf(path);
    const database = new Database(path, { pragmas: [] });
    const film = filmIn(database);
    const findings = (): Finding[] =>
      [...inspectFilm(database, { ...options, kept }, null)].filter((one) => one !== null);
    await assertAllFound({ runs: 1000, head: kept.position }, async (tampering, place) => {
      database.exec("SAVEPOINT tampering");
      try {
        fc.pre(await tamper(film, tampering, place, kept.position));
        return findings().length;
      } finally {
        database.exec("ROLLBACK TO tampering; RELEASE tampering");
      }
    });
    assert.deepEqual(findings(), [], "Each tampering was undone");
    database.close();
  }));
