import assert from "node:assert/strict";
import type { Upcaster } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { currentSchema, upcast } from "./upcast.ts";

const upcasters: Record<string, Upcaster[]> = {
  PictureAdded: [
    ({ path }) => ({ url: path }),
    ({ url }) => ({ url, alt: null }),
  ],
};

const event = (type: string, data: object, schema: number): RecordedEvent => ({
  position: 1,
  stream: "picture-1",
  version: 1,
  type,
  data,
  metadata: { command_id: "c", actor: 1, correlation: "c", causation: "c", schema },
  created_at: "2026-01-01T00:00:00.000Z",
});

Deno.test("currentSchema counts the upcasters", () => {
  assert.equal(currentSchema(upcasters, "PictureAdded"), 3);
  assert.equal(currentSchema(upcasters, "PictureRemoved"), 1);
});

Deno.test("upcast takes each step from the event's schema on", () => {
  for (const [schema, data] of [[1, { path: "/a" }], [2, { url: "/a" }]] as const) {
    const today = upcast(upcasters, event("PictureAdded", data, schema));
    assert.deepEqual(today.data, { url: "/a", alt: null });
    assert.equal(today.metadata.schema, 3);
  }
});

Deno.test("upcast leaves today's events and types without upcasters alone", () => {
  const today = event("PictureAdded", { url: "/a", alt: "A cat" }, 3);
  const other = event("PictureRemoved", {}, 1);
  assert.equal(upcast(upcasters, today), today);
  assert.equal(upcast(upcasters, other), other);
});

Deno.test("upcast does not change the event it is given", () => {
  const old = event("PictureAdded", { path: "/a" }, 1);
  const copy = structuredClone(old);
  upcast(upcasters, old);
  assert.deepEqual(old, copy);
});
