import assert from "node:assert/strict";
import fc from "fast-check";
import {
  deletedPost,
  type FilmrollEvent,
  followed,
  given,
  liked,
  posted,
  registered,
  unfollowed,
} from "../testing.ts";

const PEOPLE = [1, 2, 3, 4, 5];

const person = fc.constantFrom(...PEOPLE);

/** Something that may happen: a post, a post's end, a follow or its end. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("post" as const), by: person }),
  fc.record({ kind: fc.constant("delete" as const), nth: fc.nat(50) }),
  fc.record({ kind: fc.constant("follow" as const), by: person, whom: person }),
);

interface Model {
  readonly events: FilmrollEvent[];
  /** Post id to author. */
  readonly posts: Map<number, number>;
  readonly follows: Set<string>;
}

function happen(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  const model: Model = { events: [], posts: new Map(), follows: new Set() };
  let lastId = 0;
  for (const one of steps) {
    switch (one.kind) {
      case "post":
        model.posts.set(++lastId, one.by);
        model.events.push(posted(lastId, one.by));
        break;
      case "delete": {
        const [postId, author] = [...model.posts][one.nth % model.posts.size] ?? [];
        if (postId === undefined || author === undefined) break;
        model.posts.delete(postId);
        model.events.push(deletedPost(postId, author));
        break;
      }
      case "follow": {
        const { by, whom } = one;
        if (by === whom) break;
        const ended = model.follows.delete(`${by} ${whom}`);
        if (!ended) model.follows.add(`${by} ${whom}`);
        model.events.push(ended ? unfollowed(by, whom) : followed(by, whom));
      }
    }
  }
  return model;
}

/** The feed as one would say it: all posts, of oneself or followed, newest first, then the page. */
function feedOf({ posts, follows }: Model, viewer: number, { limit, offset, before }: {
  limit: number;
  offset: number;
  before: number | undefined;
}): number[] {
  return [...posts]
    .filter(([, author]) => author === viewer || follows.has(`${viewer} ${author}`))
    .map(([id]) => id)
    .filter((id) => before === undefined || id < before)
    .sort((a, b) => b - a)
    .slice(offset, offset + limit);
}

Deno.test("GetFeed answers what filtering and sorting all posts would", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60, size: "max" }),
      person,
      fc.record({
        limit: fc.integer({ min: 1, max: 6 }),
        offset: fc.nat(8),
        before: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      }),
      async (steps, viewer, page) => {
        const model = happen(steps);
        const feed = await given(...PEOPLE.map(registered), ...model.events)
          .asking("GetFeed", { viewer, ...page }).answer();
        assert.deepEqual(feed.map(({ id }) => id), feedOf(model, viewer, page));
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("GetFeed begins with oneself, and is empty where nobody posted", async () => {
  await given(registered(1)).asking("GetFeed", { viewer: 1, limit: 20, offset: 0 }).answers([]);
  const feed = await given(registered(1), registered(2), posted(1, 1), posted(2, 2))
    .asking("GetFeed", { viewer: 1, limit: 20, offset: 0 }).answer();
  assert.deepEqual(feed.map(({ id }) => id), [1]);
});

Deno.test("GetFeed tells what the viewer likes", async () => {
  const feed = await given(
    registered(1),
    registered(2),
    followed(1, 2),
    posted(1, 2),
    posted(2, 2),
    liked(1, 1),
    liked(2, 2),
  ).asking("GetFeed", { viewer: 1, limit: 20, offset: 0 }).answer();
  assert.deepEqual(feed.map(({ id, liked }) => [id, liked]), [[2, false], [1, true]]);
});

Deno.test("GetFeed's pages before an id join without gap or repetition", async () => {
  const film = given(
    registered(1),
    registered(2),
    followed(1, 2),
    ...Array.from({ length: 25 }, (_, index) => posted(index + 1, index % 3 === 0 ? 1 : 2)),
  );
  const seen: number[] = [];
  let page: { id: number }[];
  do {
    page = await film
      .asking("GetFeed", { viewer: 1, limit: 10, offset: 0, before: seen.at(-1) }).answer();
    seen.push(...page.map(({ id }) => id));
  } while (page.length > 0);
  assert.deepEqual(seen, Array.from({ length: 25 }, (_, index) => 25 - index));
});
