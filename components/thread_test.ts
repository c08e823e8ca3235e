import assert from "node:assert/strict";
import type { Message } from "../web/schemas.ts";
import {
  clockTime,
  dayLabel,
  lastOf,
  mergeMessages,
  type Outgoing,
  seenCluster,
  threadDays,
} from "./thread.ts";

const NOON = Date.parse("2026-03-04T12:00:00.000Z");
const MINUTE = 60_000;

/** Ana is 1, Ben 2; each message is a minute after the one before, unless told. */
const message = (id: number, sender_id: 1 | 2, minutes: number = id): Message => ({
  id,
  sender_id,
  receiver_id: 3 - sender_id,
  content: `Message ${id}`,
  image: null,
  is_read: false,
  created_at: new Date(NOON + minutes * MINUTE).toISOString(),
});

const outgoing = (commandId: string, failure: string | null = null): Outgoing => ({
  commandId,
  content: commandId,
  picture: null,
  at: new Date(NOON + 10 * MINUTE).toISOString(),
  failure,
});

const reading = { me: 1, seenUpTo: 0, now: NOON + 60 * MINUTE, zone: "UTC" };

/** Each cluster as a line: who, the messages, and how it was delivered. */
const linesOf = (...thread: Parameters<typeof threadDays>) =>
  threadDays(...thread).flatMap(({ clusters }) =>
    clusters.map(({ own, bubbles, delivery }) =>
      `${own ? "own" : "other"} ${bubbles.map(({ key }) => key).join()} ${delivery}`
    )
  );

Deno.test("messages of one person that follow within five minutes are one cluster", () => {
  const messages = [
    message(1, 2),
    message(2, 2),
    message(3, 1),
    message(4, 2, 4),
    message(5, 2, 8.9),
    message(6, 2, 13.9),
  ];
  assert.deepEqual(linesOf(messages, [], reading), [
    "other 1,2 sent",
    "own 3 sent",
    "other 4,5 sent",
    "other 6 sent",
  ]);
});

Deno.test("a cluster ends where reading did, and stands with the time of its last message", () => {
  const messages = [message(1, 1), message(2, 1), message(3, 1)];
  const days = threadDays(messages, [], { ...reading, seenUpTo: 2 });
  assert.deepEqual(linesOf(messages, [], { ...reading, seenUpTo: 2 }), [
    "own 1,2 read",
    "own 3 sent",
  ]);
  assert.equal(days[0]?.clusters[0]?.at, messages[1]?.created_at);
});

Deno.test("what is on its way comes last, and each that failed stands alone", () => {
  const unsent = [
    outgoing("a"),
    outgoing("b"),
    outgoing("c", "Offline."),
    outgoing("d", "Offline."),
  ];
  assert.deepEqual(linesOf([message(9, 1)], unsent, reading), [
    "own 9 sent",
    "own a,b sending",
    "own c failed",
    "own d failed",
  ]);
});

Deno.test("days are those of the reader's time zone", () => {
  const late = message(1, 1);
  const messages = [{ ...late, created_at: "2026-03-03T23:30:00.000Z" }, message(2, 1)];
  const labels = (zone: string) =>
    threadDays(messages, [], { ...reading, zone }).map(({ label }) => label);
  assert.deepEqual(labels("UTC"), ["Yesterday", "Today"]);
  assert.deepEqual(labels("Europe/Lisbon"), ["Yesterday", "Today"]);
  assert.deepEqual(labels("Europe/Berlin"), ["Today"]);
  assert.equal(clockTime("2026-03-03T23:30:00.000Z", "Europe/Berlin"), "00:30");
});

Deno.test("dayLabel names the day, with the year where it is another", () => {
  const label = (day: string) => dayLabel(Date.parse(`${day}T12:00:00Z`), NOON, "UTC");
  assert.equal(label("2026-03-04"), "Today");
  assert.equal(label("2026-03-03"), "Yesterday");
  assert.equal(label("2026-03-02").replace(",", ""), "Monday 2 March");
  assert.equal(label("2025-12-31").replace(",", ""), "Wednesday 31 December 2025");
});

Deno.test('"Seen" stands under the last own cluster that was read, until the other answers', () => {
  const seen = (messages: Message[], seenUpTo: number) =>
    seenCluster(threadDays(messages, [], { ...reading, seenUpTo }))?.bubbles.at(-1)?.key;
  assert.equal(seen([message(1, 1), message(2, 1), message(3, 1)], 2), "2");
  assert.equal(seen([message(1, 1)], 0), undefined);
  assert.equal(seen([message(1, 1), message(2, 2)], 1), undefined);
  assert.equal(seen([message(1, 1), message(2, 2), message(3, 1)], 3), "3");
  assert.equal(seen([], 0), undefined);
});

Deno.test("mergeMessages keeps each message once, oldest first, however they come", () => {
  const merged = mergeMessages([message(2, 1), message(4, 2)], [
    message(4, 2),
    message(3, 1),
    message(1, 2),
  ]);
  assert.deepEqual(merged.map(({ id }) => id), [1, 2, 3, 4]);
});

Deno.test("lastOf finds the last of a person's messages that is read, or that is not", () => {
  const messages = [message(1, 1), message(2, 1), message(3, 2), message(4, 1)]
    .map((one) => ({ ...one, is_read: one.id <= 2 }));
  assert.equal(lastOf(messages, 1, true), 2);
  assert.equal(lastOf(messages, 1, false), 4);
  assert.equal(lastOf(messages, 2, true), 0);
});
