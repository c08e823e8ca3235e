import assert from "node:assert/strict";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { Ledger, type Sent } from "./ledger.ts";

const toggle = (): Sent => ({
  key: crypto.randomUUID(),
  token: null,
  method: "POST",
  path: "/api/posts/12/likes",
  json: undefined,
  effect: "7 toggles a like of 12",
});

/** A film on which somebody liked and unliked a post so many times in all. */
const toggles = (count: number): RecordedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    type: index % 2 === 0 ? "PostLiked" : "PostUnliked",
    data: { postId: 12, userId: 7 },
    position: index + 1,
    stream: "like-12-7",
    version: index + 1,
    metadata: { command_id: "", actor: 7, correlation: "", causation: "", schema: 1 },
    created_at: "2026-03-01T12:00:00.000Z",
  }));

function ledgerOf({ done, unanswered }: { done: number; unanswered: number }): Ledger {
  const ledger = new Ledger();
  for (let count = 0; count < done + unanswered; count++) {
    const command = toggle();
    ledger.sent(command);
    if (count < done) ledger.done(command, undefined);
  }
  return ledger;
}

Deno.test("the ledger misses an acknowledged command that is not on the film", () => {
  const ledger = ledgerOf({ done: 2, unanswered: 1 });
  assert.throws(() => ledger.check(toggles(1)), /Acknowledged 2 times, but 1 on the film/);
});

Deno.test("the ledger takes an unanswered command as recorded or not", () => {
  const ledger = ledgerOf({ done: 2, unanswered: 1 });
  ledger.check(toggles(2));
  ledger.check(toggles(3));
});

Deno.test("the ledger finds a command that acted twice, and one that was refused", () => {
  assert.throws(
    () => ledgerOf({ done: 2, unanswered: 1 }).check(toggles(4)),
    /Sent 3 times, but 4 on the film/,
  );
  const ledger = new Ledger();
  const refused = toggle();
  ledger.sent(refused);
  ledger.refused(refused);
  assert.throws(() => ledger.check(toggles(1)), /Sent 0 times, but 1 on the film/);
});

Deno.test("the ledger finds another id than the one that was told", () => {
  const ledger = new Ledger();
  const posting = { ...toggle(), effect: "7 posts Hello" };
  ledger.sent(posting);
  ledger.done(posting, 12);
  const [like] = toggles(1);
  const posted = {
    ...like!,
    type: "PostCreated",
    data: { postId: 13, authorId: 7, content: "Hello", imageUrl: null, hashtags: [] },
  };
  assert.throws(() => ledger.check([posted]), /Another id was told: 7 posts Hello/);
});
