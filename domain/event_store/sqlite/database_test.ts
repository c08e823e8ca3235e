import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { Folder } from "../../../tests/support/folder.ts";
import { sql } from "../../core/statement.ts";
import { Database, Reader, textOf } from "./database.ts";

async function withConnections(use: (writer: Database, reader: Reader) => Promise<void> | void) {
  await using folder = await Folder.make();
  const writer = new Database(`${folder.path}/notes.db`, { pragmas: ["journal_mode = WAL"] });
  writer.exec("CREATE TABLE note (text TEXT)");
  const reader = new Reader(`${folder.path}/notes.db`, { readOnly: true, pragmas: [] });
  try {
    await use(writer, reader);
  } finally {
    reader.close();
    writer.close();
  }
}

const note = (text: string) => sql`INSERT INTO note (text) VALUES (${text})`;
const notes = sql`SELECT text FROM note`;

Deno.test("a reader's queries see the same until the turn ends", () =>
  withConnections(async (writer, reader) => {
    assert.equal(reader.all(notes).length, 0);
    writer.run(note("a"));
    assert.equal(reader.all(notes).length, 0);
    await setImmediate();
    assert.equal(reader.all(notes).length, 1);
  }));

Deno.test("a refreshed reader sees what was committed", () =>
  withConnections((writer, reader) => {
    assert.equal(reader.all(notes).length, 0);
    writer.run(note("a"));
    reader.refresh();
    assert.equal(reader.all(notes).length, 1);
  }));

Deno.test("a reader outlives a failing query, and a transaction that ended by itself", () =>
  withConnections(async (_, reader) => {
    assert.throws(() => reader.all(sql`SELECT * FROM nowhere`), /no such table/);
    assert.equal(reader.all(notes).length, 0);
    reader.exec("ROLLBACK");
    await setImmediate();
    assert.equal(reader.all(notes).length, 0);
  }));

Deno.test("a reader cannot write", () =>
  withConnections((_, reader) => {
    assert.throws(() => reader.run(note("a")), /readonly/);
  }));

Deno.test("a statement is prepared once, whatever its parameters", () =>
  withConnections((writer) => {
    for (const text of ["a", "b", "'; DROP TABLE note; --"]) writer.run(note(text));
    assert.deepEqual(writer.all(notes).map(({ text }) => text), [
      "a",
      "b",
      "'; DROP TABLE note; --",
    ]);
    assert.equal(writer.prepare("SELECT 1"), writer.prepare("SELECT 1"));
  }));

Deno.test("a statement is planned once, whatever its limit", () => {
  const connection = new DatabaseSync(":memory:") as DatabaseSync & {
    // Deno has Node's method, its types do not yet: SQLite asks it about all that a plan touches.
    setAuthorizer(authorize: () => number): void;
  };
  connection.exec("CREATE TABLE note (text TEXT)");
  const SQLITE_OK = 0;
  let planned = 0;
  connection.setAuthorizer(() => {
    planned++;
    return SQLITE_OK;
  });
  const { texts } = sql`SELECT text FROM note LIMIT ${1} OFFSET ${2}`;
  const statement = connection.prepare(textOf(texts));
  assert.ok(planned > 0);
  planned = 0;
  for (const limit of [1, 1, 20]) statement.all(limit, 0);
  assert.equal(planned, 0);
  connection.close();
});
