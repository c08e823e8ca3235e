import assert from "node:assert/strict";
import { imageOf } from "../media/image.ts";
import {
  deletedStory,
  described,
  type FilmrollEvent,
  followed,
  given,
  NOW,
  picture,
  registered,
  toldStory,
  unfollowed,
  viewedStory,
} from "../testing.ts";

const now = NOW.toISOString();
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds).toISOString();

const HOUR = 60 * 60 * 1000;
const page = { limit: 100, offset: 0 };
const people = [1, 2, 3, 4].map(registered);

/** A story that ends so many hours after NOW. */
const ending = (storyId: number, authorId: number, hours: number): FilmrollEvent =>
  toldStory(storyId, authorId, { expiresAt: later(hours * HOUR) });

Deno.test("GetStory answers a story with its author and its end", async () => {
  await given(...people, toldStory(3, 1)).asking("GetStory", { id: 3, viewer: 2, now }).answers({
    id: 3,
    author_id: 1,
    author_username: "Alice",
    author_full_name: null,
    author_profile_image_url: null,
    content: "Story 3",
    image_url: null,
    image: null,
    seen: false,
    view_count: null,
    created_at: now,
    expires_at: "2026-03-02T12:00:00.000Z",
  });
});

Deno.test("GetStory answers the picture, as it was described last", async () => {
  const image = picture(5, "A cat");
  const story = await given(
    ...people,
    toldStory(3, 1, { image }),
    described(5, 1, "A black cat", { kind: "story", id: 3 }),
  ).asking("GetStory", { id: 3, viewer: 2, now }).answer();
  assert.deepEqual(story?.image, imageOf({ ...image, alt: "A black cat" }));
  assert.equal(story?.image_url, story?.image?.url);
});

Deno.test("every query loses a story in the millisecond of its end", async () => {
  const film = given(...people, followed(2, 1), toldStory(3, 1));
  const found = async (now: string) => ({
    story: (await film.asking("GetStory", { id: 3, viewer: 2, now }).answer()) !== null,
    mine: (await film.asking("GetMyStories", { viewer: 1, now, ...page }).answer()).length,
    theirs:
      (await film.asking("GetUserStories", { id: 1, viewer: 2, now, limit: 10 }).answer()).length,
    feed: (await film.asking("GetStoryFeed", { viewer: 2, now, ...page }).answer()).length,
    tray: (await film.asking("GetStoryTray", { viewer: 2, now, limit: 10 }).answer()).length,
  });
  assert.deepEqual(await found(later(24 * HOUR - 1)), {
    story: true,
    mine: 1,
    theirs: 1,
    feed: 1,
    tray: 1,
  });
  assert.deepEqual(await found(later(24 * HOUR)), {
    story: false,
    mine: 0,
    theirs: 0,
    feed: 0,
    tray: 0,
  });
});

Deno.test("a story that was deleted is in no query", async () => {
  const film = given(...people, toldStory(3, 1), viewedStory(3, 2), deletedStory(3, 1));
  await film.asking("GetStory", { id: 3, viewer: 1, now }).answers(null);
  await film.asking("GetMyStories", { viewer: 1, now, ...page }).answers([]);
  await film.asking("GetStoryTray", { viewer: 1, now, limit: 10 }).answers([]);
  await film.asking("GetStoryViewers", { storyId: 3, viewer: 1, ...page }).answers([]);
});

Deno.test("GetMyStories answers one's own newest first, GetUserStories a person's oldest first", async () => {
  const film = given(...people, toldStory(1, 1), toldStory(2, 2), toldStory(3, 1), toldStory(4, 1));
  const mine = (more: object) =>
    film.asking("GetMyStories", { viewer: 1, now, ...page, ...more }).answer()
      .then((stories) => stories.map(({ id }) => id));
  assert.deepEqual(await mine({}), [4, 3, 1]);
  assert.deepEqual(await mine({ limit: 2 }), [4, 3]);
  assert.deepEqual(await mine({ limit: 2, before: 3 }), [1]);
  assert.deepEqual(await mine({ limit: 2, offset: 1 }), [3, 1]);
  const theirs = await film.asking("GetUserStories", { id: 1, viewer: 2, now, limit: 10 }).answer();
  assert.deepEqual(theirs.map(({ id }) => id), [1, 3, 4]);
});

Deno.test("GetStoryFeed answers one's own and followed people's stories, newest first", async () => {
  const film = given(
    ...people,
    followed(1, 2),
    followed(1, 3),
    unfollowed(1, 3),
    ...[1, 2, 3, 4].map((author) => toldStory(author, author)),
    toldStory(5, 2),
    ending(6, 2, 0),
  );
  const feed = (more: object) =>
    film.asking("GetStoryFeed", { viewer: 1, now, ...page, ...more }).answer()
      .then((stories) => stories.map(({ id }) => id));
  assert.deepEqual(await feed({}), [5, 2, 1]);
  assert.deepEqual(await feed({ limit: 2 }), [5, 2]);
  assert.deepEqual(await feed({ limit: 2, before: 2 }), [1]);
});

Deno.test("GetStoryTray begins with oneself, then has the unseen, then the latest", async () => {
  const film = given(
    ...people,
    ...[2, 3, 4].map((author) => followed(1, author)),
    toldStory(1, 1),
    toldStory(2, 2),
    toldStory(3, 2),
    toldStory(4, 3),
    toldStory(5, 4),
    viewedStory(2, 1),
    viewedStory(5, 1),
    viewedStory(4, 2),
  );
  const tray = await film.asking("GetStoryTray", { viewer: 1, now, limit: 10 }).answer();
  assert.deepEqual(
    tray.map(({ id, story_count, seen }) => [id, story_count, seen]),
    [[1, 1, true], [3, 1, false], [2, 2, false], [4, 1, true]],
  );
  const shorter = await film.asking("GetStoryTray", { viewer: 1, now, limit: 2 }).answer();
  assert.deepEqual(shorter.map(({ id }) => id), [1, 3]);
});

Deno.test("a story tells its author how many have seen it, and everybody else whether they have", async () => {
  const film = given(...people, toldStory(3, 1), viewedStory(3, 2), viewedStory(3, 4));
  const toldTo = async (viewer: number) => {
    const story = await film.asking("GetStory", { id: 3, viewer, now }).answer();
    return [story?.seen, story?.view_count];
  };
  assert.deepEqual(await toldTo(1), [true, 2]);
  assert.deepEqual(await toldTo(2), [true, null]);
  assert.deepEqual(await toldTo(3), [false, null]);
});

Deno.test("GetStoryViewers answers who has seen a story, the latest first, page by page", async () => {
  const film = given(
    ...people,
    followed(1, 4),
    toldStory(3, 1),
    toldStory(5, 1),
    ...[2, 4, 3].map((viewer) => viewedStory(3, viewer)),
  );
  const viewers = (more: object) =>
    film.asking("GetStoryViewers", { storyId: 3, viewer: 1, ...page, ...more }).answer();
  const all = await viewers({});
  assert.deepEqual(
    all.map(({ id, following, viewed_at, email }) => [id, following, viewed_at, email]),
    [[3, false, now, null], [4, true, now, null], [2, false, now, null]],
  );
  const second = await viewers({ limit: 1, before: 3 });
  assert.deepEqual(second.map(({ id }) => id), [4]);
});

Deno.test("stories that have run out leave the read model with their author's next one", async () => {
  const film = given(
    ...people,
    ending(1, 1, -1),
    viewedStory(1, 2),
    ending(2, 2, -1),
    toldStory(3, 1),
  );
  // As seen before they ran out: what is still kept.
  const before = later(-2 * HOUR);
  await film.asking("GetStory", { id: 1, viewer: 2, now: before }).answers(null);
  await film.asking("GetStoryViewers", { storyId: 1, viewer: 1, ...page }).answers([]);
  assert.notEqual(await film.asking("GetStory", { id: 2, viewer: 2, now: before }).answer(), null);
});
