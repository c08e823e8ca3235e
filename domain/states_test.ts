import assert from "node:assert/strict";
import type { RecordedEvent } from "./core/event.ts";
import { streamsOf } from "./core/bus.ts";
import { contexts, stateOfStream } from "./mod.ts";
import { followed, liked, masterKey, nameOf, posted, registered, unfollowed } from "./testing.ts";

const streams = streamsOf(contexts);

/** The state of the stream that some events belong to. */
function stateOf(...events: ReturnType<typeof posted>[]): unknown {
  const [stream, another] = new Set(
    events.map(({ type, data }) => streams.get(type)!(data)),
  );
  assert.equal(another, undefined);
  return stateOfStream(stream!, events as unknown as RecordedEvent[]);
}

Deno.test("a stream's state is what decisions see of it", () => {
  const deleted = { type: "PostDeleted", data: { postId: 7, authorId: 1 } } as const;
  assert.deepEqual(stateOf(posted(7, 1)), { status: "published", authorId: 1 });
  assert.deepEqual((stateOf(posted(7, 1), deleted) as { status: string }).status, "deleted");
  assert.equal(stateOf(liked(7, 2)), true);
  assert.equal(stateOf(followed(1, 2), unfollowed(1, 2)), false);
  assert.equal((stateOf(registered(1)) as { exists: boolean }).exists, true);
});

Deno.test("a stream whose name begins like another's is its own", () => {
  const viewed = { type: "StoryViewed", data: { storyId: 5, viewerId: 7 } } as const;
  assert.equal(stateOf(viewed), true);
});

Deno.test("a claim's stream is found by its pseudonym", () => {
  const pseudonym = masterKey.pseudonym(nameOf(1));
  assert.equal(stateOf({ type: "UsernameClaimed", data: { pseudonym, userId: 1 } }), 1);
});

Deno.test("what is no stream of ours has no state", () => {
  for (const name of ["post", "post-7-8", "nothing-7", "", "post-07"]) {
    assert.equal(stateOfStream(name, []), undefined, name);
  }
});
