import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { inFolder } from "../../../tests/support/folder.ts";
import { schemaOf } from "../../core/bus.ts";
import { contexts, openFilmroll } from "../../mod.ts";
import { masterKey } from "../../testing.ts";
import { StoreUnavailable } from "../event_store.ts";
import { GENESIS, type Hashed, hashOf } from "../hash_chain.ts";
import { SqliteEventStore } from "./sqlite_event_store.ts";

const options = { schema: schemaOf(contexts), masterKey };

const ALICE_AT_EXAMPLE = "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976";

/** What a database held before it had versions. */
const events = [
  ["username-alice", 1, "UsernameClaimed", { username: "alice", userId: 1 }],
  [`email-${ALICE_AT_EXAMPLE}`, 1, "EmailClaimed", { emailHash: ALICE_AT_EXAMPLE, userId: 1 }],
  ["user-1", 1, "UserRegistered", {
    userId: 1,
    username: "Alice",
    email: "alice@example.com",
    fullName: "Alice Liddell",
  }],
  ["user-1", 2, "ProfileUpdated", { userId: 1, bio: "Curious" }],
  ["post-1", 1, "PostCreated", {
    postId: 1,
    authorId: 1,
    content: "Down the #rabbit hole",
    imageUrl: null,
    hashtags: ["rabbit"],
  }],
  ["like-1-1", 1, "PostLiked", { postId: 1, userId: 1 }],
] as const;

/** The tables of then, as far as they are another today. */
function makeOldDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA application_id = ${0x66696c6d};
    CREATE TABLE event_store (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      version INTEGER NOT NULL,
      type TEXT NOT NULL,
      data TEXT NOT NULL,
      metadata TEXT NOT NULL,
      created_at TEXT NOT NULL,
      UNIQUE (stream, version)
    ) STRICT;
    CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO sequence VALUES ('user', 1), ('post', 1);`);
  const insert = database.prepare(
    `INSERT INTO event_store (stream, version, type, data, metadata, created_at)
     VALUES (?, ?, ?, ?, ?, '2026-01-01T00:00:00.000Z')`,
  );
  const metadata = JSON.stringify({
    command_id: "c",
    actor: 1,
    correlation: "c",
    causation: "c",
    schema: 1,
  });
  for (const [stream, version, type, data] of events) {
    insert.run(stream, version, type, JSON.stringify(data), metadata);
  }
  database.close();
}

const withPath = (use: (path: string) => Promise<void>) =>
  inFolder((folder) => use(`${folder}/film.db`));

Deno.test("a database from before versions is sealed and chained, and goes on", () =>
  withPath(async (path) => {
    makeOldDatabase(path);
    const store = SqliteEventStore.open(path, options);
    const { commands, queries } = openFilmroll(store);
    const facts = (await store.film(0, 10)).map(({ type, data }) => [type, data]);
    const today = events.slice(2).map(([, , type, data]) => [
      type,
      type === "PostCreated" ? { ...data, images: [] } : data,
    ]);
    assert.deepEqual(facts.slice(2), today);
    assert.equal((await queries.ask("GetUserProfile", { id: 1, viewer: null }))?.bio, "Curious");
    const taken = { fullName: null, passwordHash: "hash" };
    for (
      const [username, email, message] of [
        ["ALICE", "bob@example.com", /already taken/],
        ["bob", "Alice@Example.com", /already registered/],
      ] as const
    ) {
      await assert.rejects(
        commands.execute("RegisterUser", { ...taken, username, email }, { actor: null }),
        message,
      );
    }
    await commands.execute("CreatePost", { by: 1, content: "Up", imageUrl: null }, { actor: 1 });
    await store.close();

    const database = new DatabaseSync(path);
    let previous = GENESIS;
    const rows = database.prepare("SELECT * FROM event_store ORDER BY position").all();
    for (const row of rows as unknown as (Hashed & { hash: Uint8Array })[]) {
      assert.deepEqual(new Uint8Array(row.hash), new Uint8Array(hashOf(previous, row)));
      previous = row.hash;
    }
    assert.equal(rows.length, 7);
    database.close();
  }));

Deno.test("a migrated database names nobody in the film's own table", () =>
  withPath(async (path) => {
    makeOldDatabase(path);
    await SqliteEventStore.open(path, options).close();
    const database = new DatabaseSync(path);
    const film = JSON.stringify(
      database.prepare("SELECT stream, data, metadata FROM event_store").all(),
    );
    for (const word of ["alice", "Liddell", "Curious", "rabbit", ALICE_AT_EXAMPLE]) {
      assert(!film.toLowerCase().includes(word.toLowerCase()), word);
    }
    database.close();
  }));

Deno.test("open refuses a database that a later Filmroll wrote, and leaves it as it is", () =>
  withPath(async (path) => {
    await SqliteEventStore.open(path, options).close();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    const before = await Deno.readFile(path);
    assert.throws(
      () => SqliteEventStore.open(path, options),
      (error) => error instanceof StoreUnavailable && /of version 99/.test(error.message),
    );
    assert.deepEqual(await Deno.readFile(path), before);
  }));
