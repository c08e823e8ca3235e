import assert from "node:assert/strict";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { readPosition } from "../../domain/core/read_position.ts";
import type { Filmroll } from "../../domain/mod.ts";
import { readLive } from "../../tests/support/live.ts";
import { Faults } from "../faults.ts";
import { LocalRelay } from "../nodes/relay.ts";
import { Live, LOOK_BACK, STREAMS_EACH } from "./live.ts";

const NOW = Date.parse("2026-03-01T12:00:00.000Z");
const HOUR = 60 * 60 * 1000;

/** A film of posts by person 7, and nobody whose time passes but by the test. */
function setting({ length = 0 } = {}) {
  const film: RecordedEvent[] = [];
  const listeners = new Set<(events: readonly RecordedEvent[]) => void>();
  const record = (
    howMany: number,
    type = "PostCreated",
    data: object = { authorId: 7, content: null, imageUrl: null, hashtags: [] },
  ) => {
    const events = Array.from({ length: howMany }, (_, index): RecordedEvent => {
      const position = film.length + index + 1;
      return {
        position,
        stream: `post-${position}`,
        version: 1,
        type,
        data: { postId: position, ...data },
        metadata: { command_id: "", actor: 7, correlation: "", causation: "", schema: 1 },
        created_at: new Date(NOW).toISOString(),
      };
    });
    film.push(...events);
    for (const listener of listeners) listener(events);
  };
  if (length > 0) record(length);

  const answers: Readonly<Record<string, unknown>> = {
    GetFolloweeIds: [7],
    GetUnreadNotificationCount: 0,
    GetUnreadMessageCount: 0,
  };
  /** From which positions was read what listeners are told. */
  const askedFrom: (number | undefined)[] = [];
  let now = NOW;
  let tick: (() => void) | null = null;
  const live = new Live({
    store: {
      film: (after, limit) => Promise.resolve(film.slice(after, after + limit)),
      head: () => Promise.resolve(film.length),
      onCommitted(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    queries: {
      ask(name: string) {
        askedFrom.push(readPosition()?.after);
        return Promise.resolve(answers[name]);
      },
    } as Filmroll["queries"],
    relay: new LocalRelay(),
    clock: () => new Date(now),
    faults: new Faults(),
    every(milliseconds, action) {
      assert.equal(milliseconds, 1000);
      tick = action;
      return () => tick = null;
    },
  });
  return {
    live,
    record,
    askedFrom,
    isTicking: () => tick !== null,
    pass(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        now += 1000;
        tick?.();
      }
    },
    async open({ after = film.length, userId = 1, feed = false, expiresAt = NOW + HOUR } = {}) {
      await Promise.resolve();
      const caller = { id: userId, session: null, expiresAt };
      const position = live.position;
      return readLive(live.open({ caller, topics: [], feed, after, position }));
    },
  };
}

const typesOf = ({ heard }: ReturnType<typeof readLive>) => heard.map(({ type }) => type);

Deno.test("a quiet stream is kept alive every 25 seconds, with the position reached", async () => {
  const { live, open, pass, record } = setting({ length: 3 });
  const reader = await open();
  const feed = await open({ userId: 2, feed: true });
  await Promise.all([reader.first("unread"), feed.first("unread")]);
  record(2);
  await feed.count("post", 2);
  pass(24);
  assert.deepEqual(typesOf(reader), ["beat", "unread"]);
  pass(1);
  await reader.count("beat", 2);
  assert.equal(reader.lastId, 5);
  live.close();
  await reader.ended;
});

Deno.test("who hears nothing of much that happens is told the position early", async () => {
  const { live, open, pass, record } = setting();
  const reader = await open();
  const busy = await open({ userId: 2, feed: true });
  await Promise.all([reader.first("unread"), busy.first("unread")]);
  record(1000);
  await busy.count("post", 1000);
  pass(1);
  await reader.count("beat", 2);
  assert.equal(reader.lastId, 1000);
  live.close();
});

Deno.test("a stream ends when the proof of who listens runs out", async () => {
  const { live, open, pass } = setting();
  const short = await open({ expiresAt: NOW + 5000 });
  const long = await open();
  await Promise.all([short.first("unread"), long.first("unread")]);
  pass(4);
  assert.equal(live.openStreams, 2);
  pass(1);
  await short.ended;
  assert.equal(live.openStreams, 1);
  live.close();
});

Deno.test("what is told is read as of what it is told of, or later", async () => {
  const { live, open, record, askedFrom } = setting({ length: 3 });
  const reader = await open();
  await reader.first("unread");
  assert.deepEqual(askedFrom.splice(0), [3, 3]);
  record(1);
  record(1, "AllNotificationsRead", { userId: 1 });
  await reader.count("unread", 2);
  assert.deepEqual([...new Set(askedFrom)], [5]);
  live.close();
});

Deno.test("nothing ticks while nobody listens", async () => {
  const { open, isTicking } = setting();
  assert.equal(isTicking(), false);
  const reader = await open();
  assert.equal(isTicking(), true);
  await reader[Symbol.asyncDispose]();
  assert.equal(isTicking(), false);
});

Deno.test("who missed less than the look-back is told all of it, who missed more is told so", async () => {
  const { live, open } = setting({ length: LOOK_BACK + 1 });
  const some = await open({ feed: true, after: 1 });
  const most = await open({ feed: true, after: 0 });
  await Promise.all([some.first("unread"), most.first("unread")]);
  await some.count("post", LOOK_BACK);
  assert.deepEqual(
    some.heard.flatMap(({ type, id }) => type === "post" ? [id] : []),
    Array.from({ length: LOOK_BACK }, (_, index) => index + 2),
  );
  assert.deepEqual(typesOf(most), ["resync", "beat", "unread"]);
  assert.equal(most.lastId, LOOK_BACK + 1);
  live.close();
});

Deno.test("a position that is still to come counts as now", async () => {
  const { live, open, record } = setting({ length: 3 });
  const reader = await open({ feed: true, after: 1_000_000 });
  await reader.first("unread");
  record(1);
  assert.equal((await reader.first("post")).id, 4);
  live.close();
});

Deno.test("one stream too many ends the person's oldest", async () => {
  const { live, open } = setting();
  const others = await open({ userId: 2 });
  const readers = [];
  for (let index = 0; index <= STREAMS_EACH; index++) readers.push(await open());
  await readers[0]!.ended;
  assert.equal(live.openStreams, STREAMS_EACH + 1);
  await Promise.all([...readers.slice(1), others].map((reader) => reader.first("unread")));
  live.close();
});

Deno.test("a stream that nobody reads is dropped when 1000 messages or 256 KiB wait", async () => {
  for (const [size, howMany] of [[1, 1001], [64 * 1024, 5]] as const) {
    const { live, open } = setting();
    const reader = await open({ userId: 2 });
    await reader.first("unread");
    const body = live.open({
      caller: { id: 1, session: null, expiresAt: NOW + HOUR },
      topics: [],
      feed: false,
      after: 0,
      position: 0,
    });
    const data = { from: 2, filler: "x".repeat(size) };
    for (let index = 0; index < howMany; index++) live.tell(1, { type: "typing", data });
    assert.equal(live.openStreams, 1);
    await assert.rejects(new Response(body).text());
    live.close();
    await reader.ended;
  }
});

Deno.test("after closing, streams have ended and new ones end at once", async () => {
  const { live, open } = setting();
  const reader = await open();
  live.close();
  await reader.ended;
  await (await open()).ended;
  assert.equal(live.openStreams, 0);
});
