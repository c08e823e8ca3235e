import assert from "node:assert/strict";
import { sql, type Statement } from "./statement.ts";

const template = (id: number): Statement => sql`SELECT * FROM post WHERE id = ${id}`;

Deno.test("sql makes every value a parameter", () => {
  const name = "'; DROP TABLE post; --";
  const { texts, params } = sql`SELECT ${name}, ${null}, ${1}`;
  assert.deepEqual([...texts], ["SELECT ", ", ", ", ", ""]);
  assert.deepEqual(params, [name, null, 1]);
});

Deno.test("sql answers the same texts for the same template, by which engines remember it", () => {
  assert.equal(template(1).texts, template(2).texts);
});

Deno.test("sql takes bytes as a value", () => {
  const bytes = new Uint8Array([1, 2]);
  assert.deepEqual(sql`SELECT ${bytes}`.params, [bytes]);
});

Deno.test("sql composes statements with their parameters in order", () => {
  const column = sql`CASE WHEN id = ${1} THEN ${"yes"} END`;
  const { texts, params } = sql`SELECT ${column}, ${2} FROM (${sql`SELECT 3`}) WHERE ${column}`;
  assert.equal(
    texts.join("?"),
    "SELECT CASE WHEN id = ? THEN ? END, ? FROM (SELECT 3) WHERE CASE WHEN id = ? THEN ? END",
  );
  assert.deepEqual(params, [1, "yes", 2, 1, "yes"]);
});

Deno.test("sql composes nested statements", () => {
  const { texts, params } = sql`a ${sql`b ${sql`c ${1}`} ${2}`} ${3}`;
  assert.equal(texts.join("?"), "a b c ? ? ?");
  assert.deepEqual(params, [1, 2, 3]);
});

Deno.test("sql answers the same texts for the same composition, and others for another", () => {
  const compose = (part: Statement) => sql`SELECT ${part} FROM post WHERE id = ${1}`;
  const column = (id: number) => sql`id + ${id}`;
  const first = compose(column(1));
  assert.equal(compose(column(2)).texts, first.texts);
  assert.equal(compose(sql`count(*)`).texts.join("?"), "SELECT count(*) FROM post WHERE id = ?");
  assert.deepEqual(compose(column(3)), { texts: first.texts, params: [3, 1] });
});
