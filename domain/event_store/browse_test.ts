import assert from "node:assert/strict";
import fc from "fast-check";
import type { RecordedEvent } from "../core/event.ts";
import { browse, type Browsing, through } from "./browse.ts";
import type { FilmFilter, FilmWindow } from "./event_store.ts";

/** A film of which only the named positions fit any filter, and how much of it was looked at. */
function filmOf(head: number, fitting: readonly number[]) {
  const windows: FilmWindow[] = [];
  return {
    windows,
    head: () => Promise.resolve(head),
    find(_: FilmFilter, window: FilmWindow) {
      windows.push(window);
      const { first, last, newestFirst, limit } = window;
      const found = fitting.filter((position) => position >= first && position <= last)
        .sort((a, b) => newestFirst ? b - a : a - b).slice(0, limit);
      return Promise.resolve(found.map((position) => ({ position }) as RecordedEvent));
    },
  };
}

/** All that page after page finds. */
async function allPages(film: ReturnType<typeof filmOf>, from: Browsing["from"], limit: number) {
  const found: number[] = [];
  for (let at: Browsing["from"] | null = from; at !== null;) {
    const { events, next } = await browse(film, {}, { from: at, limit });
    found.push(...events.map(({ position }) => position));
    at = next === null ? null : "after" in from ? { after: next } : { before: next };
  }
  return found;
}

Deno.test("page after page finds every event once, in either direction", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60_000 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 60_000 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      async (head, positions, limit) => {
        const film = filmOf(head, positions.filter((position) => position <= head));
        const all = positions.filter((position) => position <= head).sort((a, b) => a - b);
        assert.deepEqual(await allPages(film, { after: 0 }, limit), all);
        assert.deepEqual(await allPages(film, {}, limit), all.toReversed());
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("a page of a long film ends after half a million events, and says where to look on", async () => {
  const film = filmOf(2_000_000, [1]);
  const { events, next } = await browse(film, {}, { from: {}, limit: 10 });
  assert.deepEqual([events, next], [[], 1_500_001]);
  assert.ok(film.windows.every(({ first, last }) => last - first < 10_000));
});

Deno.test("a stream is found at once", async () => {
  const film = filmOf(2_000_000, [1, 5]);
  const { events, next } = await browse(film, { stream: "post-1" }, { from: {}, limit: 10 });
  assert.deepEqual(events.map(({ position }) => position), [5, 1]);
  assert.deepEqual([film.windows.length, next], [1, null]);
});

Deno.test("through answers all events one after another", async () => {
  const fitting = Array.from({ length: 700 }, (_, index) => 3 * index + 1);
  const film = filmOf(50_000, fitting);
  const found = async (from: Browsing["from"]) =>
    (await Array.fromAsync(through(film, {}, from))).map(({ position }) => position);
  assert.deepEqual(await found({ after: 0 }), fitting);
  assert.deepEqual(await found({}), fitting.toReversed());
});
