import assert from "node:assert/strict";
import { CommandIdReused } from "../event_store/event_store.ts";
import { SqliteEventStore } from "../event_store/sqlite/sqlite_event_store.ts";
import { contexts, type Filmroll, openFilmroll } from "../mod.ts";
import { masterKey, openInMemory } from "../testing.ts";
import { createDomain, schemaOf } from "./bus.ts";
import { contextOf } from "./context.ts";
import { command, lastStateOf, stateOf } from "./decider.ts";
import { DomainError } from "./errors.ts";
import type { DomainEvent } from "./event.ts";
import { uuidv7 } from "./id.ts";
import type { PersonalOf, Sealed } from "./personal.ts";
import { readingFrom, ReadPosition } from "./read_position.ts";
import type { Statement } from "./statement.ts";
import type { personal, PostEvent } from "../post/events.ts";

async function withFilmroll(use: (filmroll: Filmroll) => Promise<void>): Promise<void> {
  const store = openInMemory();
  try {
    await use(openFilmroll(store));
  } finally {
    await store.close();
  }
}

const alice = {
  username: "Alice",
  email: "alice@example.com",
  fullName: null,
  passwordHash: "hash",
};

const nobody = { actor: null };

Deno.test("a command is answered with its result, and queries see it at once", () =>
  withFilmroll(async ({ commands, queries }) => {
    assert.deepEqual(await commands.execute("RegisterUser", alice, nobody), { userId: 1 });
    const user = await queries.ask("GetUserById", { id: 1, viewer: null });
    assert.equal(user?.username, "Alice");
  }));

Deno.test("a refusal reaches the sender as it was thrown", () =>
  withFilmroll(async ({ commands }) => {
    await commands.execute("RegisterUser", alice, nobody);
    await assert.rejects(
      commands.execute("RegisterUser", alice, nobody),
      (error) => error instanceof DomainError && error.refusal === "taken",
    );
  }));

Deno.test("of 50 people who want one name at once exactly one gets it", () =>
  withFilmroll(async ({ commands }) => {
    const settled = await Promise.allSettled(
      Array.from(
        { length: 50 },
        (_, index) =>
          commands.execute("RegisterUser", { ...alice, email: `${index}@example.com` }, nobody),
      ),
    );
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
  }));

Deno.test("64 likes toggled at once leave the exact count", () =>
  withFilmroll(async ({ commands, queries }) => {
    const people = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        commands.execute("RegisterUser", {
          ...alice,
          username: `person${index}`,
          email: `${index}@example.com`,
        }, nobody)),
    );
    const { postId } = await commands.execute("CreatePost", {
      by: people[0]!.userId,
      content: "Like me",
      imageUrl: null,
    }, nobody);
    await Promise.all(
      people.map(({ userId }) =>
        commands.execute("ToggleLike", { by: userId, postId }, { actor: userId })
      ),
    );
    assert.equal(await queries.ask("GetLikeCount", { postId }), 64);
  }));

Deno.test("a command id makes a command act once, and serves no other", () =>
  withFilmroll(async ({ commands }) => {
    await commands.execute("RegisterUser", alice, nobody);
    const sender = { actor: 1, commandId: uuidv7() };
    const post = { by: 1, content: "Once", imageUrl: null };
    assert.deepEqual(await commands.execute("CreatePost", post, sender), { postId: 1 });
    assert.deepEqual(await commands.execute("CreatePost", post, sender), { postId: 1 });
    await assert.rejects(
      commands.execute("DeletePost", { by: 1, postId: 1 }, sender),
      CommandIdReused,
    );
  }));

Deno.test("the event bus calls back for events of its type, until told to stop", () =>
  withFilmroll(async ({ commands, events }) => {
    const heard: string[] = [];
    const stop = events.on("UserRegistered", ({ data, position }) => {
      heard.push(`${data.username} at ${position}`);
    });
    await commands.execute("RegisterUser", alice, nobody);
    stop();
    await commands.execute("RegisterUser", {
      ...alice,
      username: "Bob",
      email: "bob@example.com",
    }, nobody);
    assert.deepEqual(heard, ["Alice at 3"]);
  }));

Deno.test("two contexts cannot declare the same name", async () => {
  const [account] = contexts;
  const store = SqliteEventStore.open(":memory:", { schema: schemaOf([account]), masterKey });
  assert.throws(
    () => createDomain([account, account], store),
    /Two contexts declare the command "RegisterUser"/,
  );
  await store.close();
});

type Counted = DomainEvent<"Counted", { readonly amount: number }>;

const counting = contextOf<Counted>()({
  name: "counting",
  streams: { Counted: () => "count" },
  commands: {
    Count: command({
      streams: (_: { amount: number }) => ({
        total: stateOf("count", {
          initial: 0,
          evolve: (total: number, event: Counted) => total + event.data.amount,
        }),
        latest: lastStateOf("count", {
          initial: 0,
          evolve: (_: number, event: Counted) => event.data.amount,
        }),
      }),
      decide: ({ amount }): Counted[] => [{ type: "Counted", data: { amount } }],
      result: (_, __, states) => states,
    }),
  },
  queries: {},
});

Deno.test("a stream that is needed whole and by its last event is read for both", async () => {
  const store = SqliteEventStore.open(":memory:", { schema: schemaOf([counting]), masterKey });
  const { commands } = createDomain([counting], store);
  for (const amount of [1, 2, 3]) await commands.execute("Count", { amount }, nobody);
  assert.deepEqual(await commands.execute("Count", { amount: 4 }, nobody), {
    total: 6,
    latest: 3,
  });
  await store.close();
});

Deno.test("a question is asked from where its asker reads, unless its answer must be as of now", async () => {
  const store = openInMemory();
  const asked: (number | undefined)[] = [];
  const { commands, queries } = openFilmroll(
    Object.assign(store, {
      query(statement: Statement, after?: number) {
        asked.push(after);
        return SqliteEventStore.prototype.query.call(store, statement);
      },
    }),
  );
  const ask = async () => {
    await queries.ask("GetUserById", { id: 1, viewer: null });
    await queries.ask("GetCaller", { id: 1 });
    return asked.splice(0);
  };
  assert.deepEqual(await ask(), [undefined, undefined]);
  const position = new ReadPosition(0);
  await readingFrom(position, async () => {
    assert.deepEqual(await ask(), [0, undefined]);
    assert.equal(position.committed, null);
    await commands.execute("RegisterUser", alice, nobody);
    const head = await store.head();
    assert.equal(position.committed, head);
    assert.deepEqual(await ask(), [head, undefined]);
  });
  await store.close();
});

/** That these lines do not compile is what is tested. */
export const misdeclared: readonly PersonalOf<PostEvent>[] = [
  // @ts-expect-error no such event
  { PostCreatd: { whose: "authorId", erased: {} } },
  // @ts-expect-error no such field
  { PostCreated: { whose: "author", erased: {} } },
  // @ts-expect-error a field that holds no id
  { PostCreated: { whose: "content", erased: {} } },
  // @ts-expect-error no such field
  { PostCreated: { whose: "authorId", erased: { contents: "" } } },
  // @ts-expect-error a value that the field cannot have
  { PostCreated: { whose: "authorId", erased: { hashtags: "" } } },
];

/** As {@linkcode misdeclared}. */
export const peeking = (event: Sealed<PostEvent, typeof personal>) =>
  // @ts-expect-error what is sealed cannot be read
  event.type === "PostCreated" ? event.data.content : null;

/** Never runs: that these lines do not compile is what is tested, by `deno check`. */
export function doesNotCompile({ commands, queries, events }: Filmroll): void {
  // @ts-expect-error no context declares this command
  commands.execute("RegisterUsr", alice, nobody);
  // @ts-expect-error a field is missing
  commands.execute("CreatePost", { by: 1, content: "Hello" }, nobody);
  // @ts-expect-error a field has the wrong type
  commands.execute("DeletePost", { by: 1, postId: "7" }, nobody);
  // @ts-expect-error a field is of another command
  commands.execute("DeletePost", { by: 1, postId: 7, content: "" }, nobody);
  // @ts-expect-error the sender is missing
  commands.execute("DeletePost", { by: 1, postId: 7 });
  // @ts-expect-error the result has no such field
  commands.execute("CreatePost", { by: 1, content: "", imageUrl: null }, nobody).then((r) => r.id);

  // @ts-expect-error no context declares this query
  queries.ask("GetPosts", { id: 1, viewer: null });
  // @ts-expect-error a field is missing
  queries.ask("GetPost", { id: 1 });
  // @ts-expect-error the answer may be null
  queries.ask("GetPost", { id: 1, viewer: null }).then((post) => post.id);
  // @ts-expect-error the answer has no such field
  queries.ask("GetPost", { id: 1, viewer: null }).then((post) => post?.likes);

  // @ts-expect-error no context declares this event
  events.on("PostLikd", () => {});
  // @ts-expect-error the event has no such field
  events.on("PostLiked", ({ data }) => data.authorId);
}
