import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { type PostgresServer, startPostgres } from "../../domain/event_store/postgres/testing.ts";
import { ConfigError } from "../../fresh.config.ts";
import { eventually } from "../../tests/support/eventually.ts";
import type { Nodes } from "./nodes.ts";
import { nodesOver } from "./postgres.ts";
import type { Note } from "./relay.ts";

const SECRET = "a secret that only tests know, of 32 characters and more";

let server: PostgresServer;

Deno.test.beforeAll(async () => {
  server = await startPostgres();
});

Deno.test.afterAll(() => server.stop());

const store = { lead: () => ({ isLeading: false, stop: () => Promise.resolve() }) };

const open = (url: string, jwtSecret = SECRET) =>
  nodesOver({ store, url, rateLimit: true, jwtSecret });

async function withTwo(use: (one: Nodes, other: Nodes, url: string) => Promise<void>) {
  const url = await server.createDatabase();
  const [one, other] = [await open(url), await open(url)];
  try {
    await use(one, other, url);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

Deno.test("what is held by one name happens one after another, on whichever node", () =>
  withTwo(async (one, other) => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await setTimeout(3);
      working--;
    };
    await Promise.all(
      Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? one : other).locks.hold("a", work)),
    );
    assert.equal(most, 1);
    await Promise.all([
      one.locks.hold("a", work),
      other.locks.hold("b", work),
    ]);
    assert.equal(most, 2);
  }));

Deno.test("a failure under a lock is its own, and another node goes on", () =>
  withTwo(async (one, other) => {
    const failing = one.locks.hold("a", () => Promise.reject(new Error("No")));
    await assert.rejects(failing, /No/);
    assert.equal(await other.locks.hold("a", () => Promise.resolve("Yes")), "Yes");
  }));

Deno.test("a note reaches every node, also after the database was away", () =>
  withTwo(async (one, other) => {
    const note: Note = { userId: 1, message: { type: "typing", data: { from: 2 } } };
    const heard: [string, Note][] = [];
    one.relay.onNote((note) => heard.push(["one", note]));
    other.relay.onNote((note) => heard.push(["other", note]));
    one.relay.send(note);
    await eventually("a note on both", () => Promise.resolve(heard.length === 2));
    assert.deepEqual(heard.sort(), [["one", note], ["other", note]]);

    await server.shutDown();
    one.relay.send(note);
    await server.start();
    heard.length = 0;
    await eventually("a note again", async () => {
      other.relay.send(note);
      await setTimeout(50);
      return new Set(heard.map(([node]) => node)).size === 2;
    });
  }));

Deno.test("another secret is refused while a node runs, and taken when none does", async () => {
  const url = await server.createDatabase();
  const running = await open(url);
  const another = SECRET.toUpperCase();
  await assert.rejects(open(url, another), ConfigError);
  await running.close();
  await (await open(url, another)).close();
});
