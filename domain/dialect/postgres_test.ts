import assert from "node:assert/strict";
import fc from "fast-check";
import { schemaOf } from "../core/bus.ts";
import type { AnyQuery } from "../core/context.ts";
import type { Row } from "../core/query.ts";
import type { EventStore } from "../event_store/event_store.ts";
import { type PostgresServer, startPostgres } from "../event_store/postgres/testing.ts";
import {
  openReadModels,
  type TestReadModels,
} from "../event_store/postgres/testing_read_models.ts";
import { contexts, openFilmroll, type QueryName } from "../mod.ts";
import { commandSequence, executeAll } from "../random_commands.ts";
import { everyQuestion } from "../random_questions.ts";
import { developBy, NOW, openInMemory, printsOf } from "../testing.ts";

let server: PostgresServer;
let readModels: TestReadModels;
Deno.test.beforeAll(async () => {
  server = await startPostgres();
  readModels = await openReadModels(await server.createDatabase(), schemaOf(contexts));
});
Deno.test.afterAll(async () => {
  await readModels.close();
  await server.stop();
});

// What each context promises of its read models and queries, with the same words.
developBy((film, ask) => readModels.develop(film, ask));

const DOMAIN = new URL("../", import.meta.url);
for (const { name } of contexts) {
  for await (const file of Deno.readDir(new URL(`${name}/`, DOMAIN))) {
    if (!/^(closed|projection|queries)_test\.ts$/.test(file.name)) continue;
    await import(new URL(`${name}/${file.name}`, DOMAIN).href);
  }
}

/** Long enough for pages, and for words that several have. */
const longSequence = fc.array(commandSequence, { minLength: 8, maxLength: 8 })
  .map((sequences) => sequences.flat());

Deno.test("random commands leave the same rows, and the same answers, on both engines", async () => {
  await fc.assert(
    fc.asyncProperty(longSequence, everyQuestion, async (commands, questions) => {
      const store = openInMemory(() => NOW);
      try {
        await executeAll(openFilmroll(store), commands);
        const film = await store.film(0, Number.MAX_SAFE_INTEGER);
        await readModels.develop(film, async (query) => {
          assert.deepEqual(await rowsOf({ query }), await rowsOf(store));
          for (const { name, input } of questions) {
            const [there, here] = await Promise.all([
              ask(query, name, input),
              ask((statement) => store.query(statement), name, input),
            ]);
            assert.deepEqual(there, here, `${name} ${JSON.stringify(input)}`);
          }
        });
      } finally {
        await store.close();
      }
    }),
    { numRuns: 12 },
  );
});

/** All rows but those of the words that are searched, which each engine keeps in its own way. */
async function rowsOf(store: Pick<EventStore, "query">) {
  const rows = Object.entries(await printsOf(store, schemaOf(contexts)));
  return Object.fromEntries(rows.filter(([table]) => !table.endsWith("_search_projection")));
}

const queries: Readonly<Record<string, AnyQuery>> = Object.assign(
  {},
  ...contexts.map(({ queries }) => queries),
);

/** Queries that answer in no order. */
const ANY_ORDER: ReadonlySet<QueryName> = new Set([
  "GetAttachedMedia",
  "GetUnusedMedia",
  "GetRemains",
  "GetReadableMessages",
]);

const byText = (one: Row, other: Row): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;

async function ask(query: EventStore["query"], name: QueryName, input: object): Promise<unknown> {
  const { statement, result } = queries[name]!;
  const rows = await query(statement(input));
  return result(ANY_ORDER.has(name) ? rows.toSorted(byText) : rows, input);
}
