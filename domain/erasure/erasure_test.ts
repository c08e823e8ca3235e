import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { wordsBelow } from "../../tests/support/bytes.ts";
import { Folder } from "../../tests/support/folder.ts";
import { schemaOf } from "../core/bus.ts";
import type { Clock } from "../core/clock.ts";
import { sql, type Statement } from "../core/statement.ts";
import { SqliteEventStore } from "../event_store/sqlite/sqlite_event_store.ts";
import { verify } from "../event_store/sqlite/verify.ts";
import { contexts, type Filmroll, openFilmroll } from "../mod.ts";
import { commandSequence, executeAll } from "../random_commands.ts";
import { masterKey, openInMemory, printsOf } from "../testing.ts";
import { Erasure } from "./erasure.ts";

const schema = schemaOf(contexts);
const DAY = 24 * 60 * 60 * 1000;

/** A community whose clock stands until it is moved. */
function settle(openStore: (clock: Clock) => SqliteEventStore) {
  let now = Date.parse("2026-03-01T12:00:00.000Z");
  const clock = () => new Date(now);
  const store = openStore(clock);
  const filmroll = openFilmroll(store);
  const erasure = new Erasure({ filmroll, store, clock });
  return { store, filmroll, erasure, clock, pass: (days: number) => now += days * DAY };
}

type World = ReturnType<typeof settle>;

async function inWorld(use: (world: World) => Promise<void>): Promise<void> {
  const world = settle(openInMemory);
  try {
    await use(world);
  } finally {
    await world.erasure.stop();
    await world.store.close();
  }
}

const person = (name: string) => ({
  username: name,
  email: `${name}@example.com`,
  fullName: null,
  passwordHash: "hash",
});

async function join({ commands }: Filmroll, ...names: string[]): Promise<void> {
  for (const name of names) await commands.execute("RegisterUser", person(name), { actor: null });
}

const close = ({ commands }: Filmroll, by: number, graceDays = 0) =>
  commands.execute("CloseAccount", { by, graceDays }, { actor: by });

const post = ({ commands }: Filmroll, by: number, content = "Hello") =>
  commands.execute("CreatePost", { by, content, imageUrl: null }, { actor: by });

const rows = async ({ store }: World, text: string) =>
  (await store.query({ texts: [text], params: [] } satisfies Statement)).map((row) => ({ ...row }));

const named = async ({ filmroll }: World, id: number) =>
  (await filmroll.queries.ask("GetUserProfile", { id, viewer: null }))?.username ?? null;

Deno.test("an account is erased once its grace is over, and not a moment before", () =>
  inWorld(async (world) => {
    const { filmroll, erasure, pass } = world;
    await join(filmroll, "ana", "ben");
    await post(filmroll, 1);
    await close(filmroll, 1, 7);
    pass(7 - 1e-8);
    await erasure.run();
    assert.equal((await rows(world, "SELECT * FROM post_projection")).length, 1);
    pass(1e-8);
    await erasure.run();
    assert.equal((await rows(world, "SELECT * FROM post_projection")).length, 0);
    assert.deepEqual(await rows(world, "SELECT username, erase_at FROM user_projection"), [
      { username: "deleted-1", erase_at: null },
      { username: "ben", erase_at: null },
    ]);
    assert.deepEqual(await rows(world, "SELECT user_id FROM credential"), [{ user_id: 2 }]);
  }));

Deno.test("an account that was restored in time stays as it was", () =>
  inWorld(async (world) => {
    const { filmroll, erasure, pass } = world;
    await join(filmroll, "ana");
    await close(filmroll, 1, 1);
    assert.equal(await named(world, 1), null);
    await filmroll.commands.execute("RestoreAccount", { by: 1 }, { actor: 1 });
    pass(30);
    await erasure.run();
    assert.equal(await named(world, 1), "ana");
  }));

Deno.test("a name and an address are anybody's again once their owner is erased", () =>
  inWorld(async ({ filmroll, erasure }) => {
    await join(filmroll, "ana");
    await close(filmroll, 1);
    await assert.rejects(join(filmroll, "ana"), /already registered/);
    await erasure.run();
    await join(filmroll, "ana");
    assert.equal(
      (await filmroll.queries.ask("GetUserProfile", { id: 2, viewer: 2 }))?.username,
      "ana",
    );
  }));

Deno.test("an erasure that was cut off goes on where it was", () =>
  inWorld(async (world) => {
    const { filmroll, store, clock } = world;
    await join(filmroll, "ana", "ben");
    for (let count = 0; count < 250; count++) await post(filmroll, 1);
    await close(filmroll, 1);
    let commands = 0;
    const cutOff = new Erasure({
      filmroll: {
        ...filmroll,
        commands: {
          execute(...command) {
            if (++commands > 130) throw new Error("The power went");
            return filmroll.commands.execute(...command);
          },
        },
      },
      store,
      clock,
    });
    await assert.rejects(cutOff.run(), /The power went/);
    const left = await rows(world, "SELECT * FROM post_projection");
    assert(left.length > 0 && left.length < 250, `${left.length} are left`);
    await world.erasure.run();
    assert.deepEqual(await rows(world, "SELECT * FROM post_projection"), []);
    assert.equal((await store.film(0, 1000)).at(-1)!.type, "UserErased");
  }));

Deno.test("somebody who cannot be erased keeps nobody else from it", () =>
  inWorld(async (world) => {
    const { filmroll, store, clock } = world;
    await join(filmroll, "ana", "ben");
    await close(filmroll, 1);
    await close(filmroll, 2);
    const stuck = new Erasure({
      filmroll: {
        ...filmroll,
        commands: {
          execute(...command) {
            if (command[2].actor === 1) throw new Error("Ana is stuck");
            return filmroll.commands.execute(...command);
          },
        },
      },
      store,
      clock,
    });
    await assert.rejects(stuck.run(), /Ana is stuck/);
    const names = await rows(world, "SELECT username FROM user_projection ORDER BY id");
    assert.deepEqual(names, [{ username: "ana" }, { username: "deleted-2" }]);
  }));

Deno.test("what somebody wrote to others reads as erased, and what they were sent stays", () =>
  inWorld(async ({ filmroll, erasure }) => {
    await join(filmroll, "ana", "ben");
    for (const [by, receiverId] of [[1, 2], [2, 1], [1, 2]] as const) {
      const message = { by, receiverId, content: `From ${by}` };
      await filmroll.commands.execute("SendMessage", message, { actor: by });
    }
    await close(filmroll, 1);
    await erasure.run();
    const thread = await filmroll.queries.ask("GetConversation", {
      viewer: 2,
      otherId: 1,
      limit: 10,
      offset: 0,
    });
    assert.deepEqual(thread.map(({ content }) => content), ["[erased]", "From 2", "[erased]"]);
    const [conversation] = await filmroll.queries.ask("GetConversations", {
      viewer: 2,
      limit: 10,
      offset: 0,
    });
    assert.equal(conversation!.other_full_name, "Deleted account");
  }));

Deno.test("many messages are erased a bounded number at a time", () =>
  inWorld(async (world) => {
    const { filmroll, erasure, store } = world;
    await join(filmroll, "ana", "ben", "cyd");
    await Promise.all(Array.from({ length: 1200 }, (_, index) => {
      const message = { by: 1, receiverId: 2 + index % 2, content: `Message ${index}` };
      return filmroll.commands.execute("SendMessage", message, { actor: 1 });
    }));
    await close(filmroll, 1);
    await erasure.run();
    const film = await store.film(0, 5000);
    assert.equal(film.filter(({ type }) => type === "MessagesErased").length, 4);
    assert.deepEqual(await rows(world, "SELECT DISTINCT content FROM message_projection"), [
      { content: "[erased]" },
    ]);
  }));

/** Counts that are kept in a column, and what they count. */
const COUNTS = [
  ["post_projection", "like_count", "like_projection WHERE post_id = o.id"],
  ["post_projection", "comment_count", "comment_projection WHERE post_id = o.id"],
  ["user_projection", "post_count", "post_projection WHERE author_id = o.id"],
  ["user_projection", "follower_count", "follow_projection WHERE followee_id = o.id"],
  ["user_projection", "following_count", "follow_projection WHERE follower_id = o.id"],
  ["hashtag_projection", "post_count", "post_hashtag_projection WHERE hashtag_id = o.id"],
  ["story_projection", "view_count", "story_view_projection WHERE story_id = o.id"],
] as const;

Deno.test("whoever is erased after whatever happened, counts are right and the film replays", () =>
  fc.assert(
    fc.asyncProperty(
      commandSequence,
      fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
      (commands, leaving) =>
        inWorld(async (world) => {
          const { filmroll, erasure, store, pass } = world;
          await executeAll(filmroll, commands);
          for (const id of leaving) await close(filmroll, id).catch(() => {});
          pass(1);
          await erasure.run();
          for (const userId of leaving) {
            for (const question of ["GetRemains", "GetReadableMessages"] as const) {
              assert.deepEqual(await filmroll.queries.ask(question, { userId, limit: 9 }), []);
            }
            const who = `SELECT username FROM user_projection WHERE id = ${userId}`;
            assert.deepEqual(await rows(world, who), [{ username: `deleted-${userId}` }]);
          }
          for (const [table, column, counted] of COUNTS) {
            const wrong = `SELECT * FROM ${table} o
              WHERE ${column} <> (SELECT count(*) FROM ${counted})`;
            assert.deepEqual(await rows(world, wrong), [], `${table}.${column}`);
          }
          const before = await printsOf(store, schema);
          await store.rebuild();
          assert.deepEqual(await printsOf(store, schema), before);
        }),
    ),
    { numRuns: 15 },
  ));

/** Words that occur nowhere else; none begins as another does. */
const WORDS = {
  username: "quokka.zorblat",
  email: "vexillum@flumph.example",
  fullName: "Wibblefrotz Snarkleton",
  bio: "Xylotheque gardener",
  caption: "Jabberwock at noon",
  hashtag: "yarborough",
  comment: "Kwyjibo, naturally",
  story: "Hornswoggled today",
  message: "Gobbledegook for you",
  alt: "Unobtainium on a table",
};

/** As somebody who searches the bytes would look for them. */
const LOOKED_FOR = Object.values(WORDS).flatMap((text) => text.toLowerCase().split(/\W+/))
  .filter((word) => word.length > 5 && word !== "example" && word !== "gardener");

const wordsIn = (folder: string) => wordsBelow(folder, LOOKED_FOR);

/** Pictures are kept elsewhere; here is what the film says of one. */
const picture = {
  hash: "a".repeat(64),
  width: 1080,
  height: 720,
  placeholder: "YQ==",
  animated: false,
  bytes: 1000,
};

async function live({ commands }: Filmroll, posts: number): Promise<void> {
  const as = (by: number) => ({ actor: by });
  const { username, email, fullName } = WORDS;
  const leaver = { username, email, fullName, passwordHash: "hash" };
  await commands.execute("RegisterUser", leaver, { actor: null });
  await join({ commands } as Filmroll, "ben", "cyd");
  await commands.execute("UpdateUser", { by: 1, changes: { bio: WORDS.bio } }, as(1));
  const { mediaId } = await commands.execute("UploadMedia", {
    by: 1,
    picture,
    alt: WORDS.alt,
  }, as(1));
  const content = `${WORDS.caption} #${WORDS.hashtag}`;
  await commands.execute("CreatePost", { by: 1, content, imageUrl: null, media: [mediaId] }, as(1));
  // Enough that pages split and merge, with words of every length among other people's.
  for (let count = 0; count < posts; count += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const by = 1 + (index * 7 + count) % 3;
        const text = by === 1 ? content : "Somebody else's words ";
        return commands.execute("CreatePost", {
          by,
          content: text.repeat(1 + (index * 31 + count) % 40),
          imageUrl: null,
        }, as(by)).then(({ postId }) =>
          commands.execute("CreateComment", {
            by: 1 + (by % 3),
            postId,
            content: by === 3 ? WORDS.comment : "Indeed",
          }, as(1 + (by % 3)))
        );
      }),
    );
  }
  await commands.execute("CreateStory", { by: 1, content: WORDS.story, imageUrl: null }, as(1));
  for (const receiverId of [2, 3]) {
    await commands.execute("SendMessage", { by: 1, receiverId, content: WORDS.message }, as(1));
  }
}

Deno.test("nothing of an erased person is left in any byte of the database, its log or a copy", async () => {
  await using temporary = await Folder.make();
  const folder = temporary.path;
  const path = `${folder}/filmroll.db`;
  const world = settle((clock) => SqliteEventStore.open(path, { schema, masterKey, clock }));
  const { filmroll, store, erasure } = world;
  try {
    await live(filmroll, 600);
    const before = [...(await wordsIn(folder)).values()].flat();
    assert.deepEqual(new Set(before), new Set(LOOKED_FOR));
    await close(filmroll, 1);
    await erasure.run();
    assert.deepEqual(await wordsIn(folder), new Map());

    const copy = new DatabaseSync(path, { readOnly: true });
    copy.exec(`VACUUM INTO '${folder}/copy.db'`);
    copy.close();
    assert.deepEqual(await wordsIn(folder), new Map());

    const { findings } = await verify(path, { schema, masterKey });
    assert.deepEqual(findings, []);
    const prints = await printsOf(store, schema);
    await store.rebuild();
    assert.deepEqual(await printsOf(store, schema), prints);
    await store.scrub();
    assert.deepEqual(await wordsIn(folder), new Map());
    const { mine } = (await store.query(sql`
      SELECT count(*) AS mine FROM post_projection WHERE author_id = 1`))[0]!;
    assert.equal(mine, 0);
  } finally {
    await erasure.stop();
    await store.close();
  }
});
