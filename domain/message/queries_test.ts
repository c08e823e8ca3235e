import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { schemaOf } from "../core/bus.ts";
import { ddlOf } from "../core/context.ts";
import type { Statement } from "../core/statement.ts";
import { imageOf } from "../media/image.ts";
import { contexts } from "../mod.ts";
import {
  described,
  type FilmrollEvent,
  given,
  messagesRead,
  nameOf,
  NOW,
  picture,
  registered,
  sent,
} from "../testing.ts";
import { getConversation, getConversations, getUnreadMessageCount } from "./queries.ts";

const people = [1, 2, 3, 4].map(registered);

const film = [
  ...people,
  sent(1, 1, 2),
  sent(2, 2, 1),
  sent(3, 3, 1),
  sent(4, 1, 2),
  messagesRead(2, 1, 1),
  sent(5, 2, 1),
] as const;

const view = (id: number, sender_id: number, receiver_id: number, is_read: boolean) => ({
  id,
  sender_id,
  receiver_id,
  content: `Message ${id}`,
  image: null,
  is_read,
  created_at: NOW.toISOString(),
});

const whole = { limit: 100, offset: 0 };

Deno.test("GetMessage answers a message to the two whose it is, and to nobody else", async () => {
  for (const viewer of [1, 2]) {
    await given(...film).asking("GetMessage", { id: 1, viewer }).answers(view(1, 1, 2, true));
  }
  await given(...film).asking("GetMessage", { id: 1, viewer: 3 }).answers(null);
  await given(...film).asking("GetMessage", { id: 9, viewer: 1 }).answers(null);
});

Deno.test("GetMessage answers the picture, as it was described last", async () => {
  const image = picture(5, "A cat");
  const message = await given(
    ...people,
    sent(1, 1, 2, { content: "", image }),
    described(5, 1, "A black cat", { kind: "message", id: 1 }),
  ).asking("GetMessage", { id: 1, viewer: 2 }).answer();
  assert.deepEqual(message?.image, imageOf({ ...image, alt: "A black cat" }));
});

Deno.test("GetConversation answers what two people wrote, newest first, read or not", async () => {
  const messages = [
    view(5, 2, 1, false),
    view(4, 1, 2, false),
    view(2, 2, 1, false),
    view(1, 1, 2, true),
  ];
  await given(...film).asking("GetConversation", { viewer: 1, otherId: 2, ...whole })
    .answers(messages);
  await given(...film).asking("GetConversation", { viewer: 2, otherId: 1, ...whole })
    .answers(messages);
  await given(...film).asking("GetConversation", { viewer: 2, otherId: 3, ...whole }).answers([]);
});

Deno.test("GetConversation goes on before an id", async () => {
  const ids = async (page: { limit: number; offset: number; before?: number }) => {
    const messages = await given(...film)
      .asking("GetConversation", { viewer: 1, otherId: 2, ...page }).answer();
    return messages.map(({ id }) => id);
  };
  assert.deepEqual(await ids({ limit: 2, offset: 0 }), [5, 4]);
  assert.deepEqual(await ids({ limit: 2, offset: 0, before: 4 }), [2, 1]);
  assert.deepEqual(await ids({ limit: 2, offset: 1 }), [4, 2]);
});

Deno.test("GetConversations answers the latest message of each, the latest first", async () => {
  const conversation = (other: number, unread_count: number, message: ReturnType<typeof view>) => ({
    id: message.id,
    other_user_id: other,
    other_username: nameOf(other),
    other_full_name: null,
    other_profile_image_url: null,
    unread_count,
    last_message: message,
  });
  await given(...film).asking("GetConversations", { viewer: 1, ...whole }).answers([
    conversation(2, 2, view(5, 2, 1, false)),
    conversation(3, 1, view(3, 3, 1, false)),
  ]);
  await given(...film).asking("GetConversations", { viewer: 2, ...whole })
    .answers([conversation(1, 1, view(5, 2, 1, false))]);
  await given(...film).asking("GetConversations", { viewer: 1, limit: 1, offset: 0, before: 5 })
    .answers([conversation(3, 1, view(3, 3, 1, false))]);
  await given(...film).asking("GetConversations", { viewer: 4, ...whole }).answers([]);
});

Deno.test("GetLastReceivedMessageId passes over what one wrote oneself", async () => {
  const last = (viewer: number, senderId: number) =>
    given(...film).asking("GetLastReceivedMessageId", { viewer, senderId }).answer();
  assert.deepEqual(
    await Promise.all([last(1, 2), last(2, 1), last(1, 3), last(3, 1), last(1, 4)]),
    [5, 4, 3, null, null],
  );
});

// Against a model

const person = fc.constantFrom(1, 2, 3);
const step = fc.record({ kind: fc.constantFrom("send", "send", "read"), by: person, to: person });

Deno.test("what is unread is what was sent after the last reading, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), person, async (steps, viewer) => {
      const events: FilmrollEvent[] = [];
      const messages: { id: number; from: number; to: number; isRead: boolean }[] = [];
      for (const { kind, by, to } of steps.filter(({ by, to }) => by !== to)) {
        if (kind === "send") {
          const id = messages.length + 1;
          messages.push({ id, from: by, to, isRead: false });
          events.push(sent(id, by, to));
          continue;
        }
        const received = messages.filter((one) => one.from === to && one.to === by);
        if (received.every(({ isRead }) => isRead)) continue;
        for (const one of received) one.isRead = true;
        events.push(messagesRead(by, to, received.at(-1)!.id));
      }
      const scene = given(...people, ...events);
      const unread = messages.filter(({ to, isRead }) => to === viewer && !isRead);

      await scene.asking("GetUnreadMessageCount", { viewer }).answers(unread.length);
      for (
        const conversation of await scene.asking("GetConversations", { viewer, ...whole }).answer()
      ) {
        const other = conversation.other_user_id;
        assert.equal(conversation.unread_count, unread.filter(({ from }) => from === other).length);
        const thread = await scene
          .asking("GetConversation", { viewer, otherId: other, ...whole }).answer();
        assert.deepEqual(conversation.last_message, thread[0]);
        assert.deepEqual(
          thread.map(({ id, is_read }) => [id, is_read]),
          messages.filter(({ from, to }) =>
            [from, to].sort().join() === [viewer, other].sort().join()
          )
            .map(({ id, isRead }) => [id, isRead]).reverse(),
        );
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("a message that came while somebody read stays unread", async () => {
  const scene = given(
    ...people,
    sent(1, 2, 1),
    sent(2, 2, 1),
    sent(3, 1, 2),
    messagesRead(1, 2, 1),
  );
  await scene.asking("GetUnreadMessageCount", { viewer: 1 }).answers(1);
});

// What a question costs

/** SQLite's plan for a statement: a line a step. */
function planOf({ texts, params }: Statement): string[] {
  const database = new DatabaseSync(":memory:");
  for (const { create } of Object.values(schemaOf(contexts).readModels)) {
    for (const text of ddlOf(create, "sqlite")) database.exec(text);
  }
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${texts.join("?")}`).all(...params);
  database.close();
  return plan.map(({ detail }) => String(detail));
}

Deno.test("a page of a conversation is found by index and needs no sorting, however long it is", () => {
  for (
    const statement of [
      getConversation.statement({ viewer: 1, otherId: 2, limit: 50, offset: 0 }),
      getConversation.statement({ viewer: 1, otherId: 2, limit: 50, offset: 0, before: 70 }),
      getConversations.statement({ viewer: 1, limit: 50, offset: 0, before: 70 }),
      getUnreadMessageCount.statement({ viewer: 1 }),
    ]
  ) {
    const plan = planOf(statement);
    assert.ok(plan.every((step) => /^SEARCH .* USING /.test(step)), plan.join("\n"));
  }
  const [first] = planOf(getConversation.statement({ viewer: 1, otherId: 2, ...whole }));
  assert.match(first!, /message_by_pair \(low_user_id=\? AND high_user_id=\? AND id<\?\)/);
});
