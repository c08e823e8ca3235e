import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { GENESIS, type Hashed, hashOf } from "./hash_chain.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const event: Hashed = {
  position: 1,
  stream: "note-1",
  version: 1,
  type: "NoteWritten",
  data: '{"text":"Ærøskøbing 🫙"}',
  metadata: "{}",
  created_at: "2026-01-01T00:00:00.000Z",
  sealed: new Uint8Array([1, 2, 3]),
};

/** As the module's documentation says it, for another program to check. */
function asDocumented(previous: Uint8Array, fields: readonly (Uint8Array | null)[]): string {
  const hash = createHash("sha256").update(previous);
  for (const field of fields) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field?.length ?? 0xffffffff);
    hash.update(length);
    if (field !== null) hash.update(field);
  }
  return hash.digest("hex");
}

const bytes = (text: string | number) => Buffer.from(String(text));

Deno.test("hashOf hashes what is documented", () => {
  const { position, stream, version, type, data, metadata, created_at, sealed } = event;
  const texts = [position, stream, version, type, data, metadata, created_at] as const;
  const fields = texts.map((text) => bytes(text as string | number));
  assert.equal(hex(hashOf(GENESIS, event)), asDocumented(GENESIS, [...fields, sealed]));
  const later = Buffer.alloc(32, 7);
  assert.equal(
    hex(hashOf(later, { ...event, sealed: null })),
    asDocumented(later, [...fields, null]),
  );
});

Deno.test("hashOf hashes texts and their bytes alike, however long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 5000, size: "max" }), (data) => {
      assert.equal(
        hex(hashOf(GENESIS, { ...event, data })),
        hex(hashOf(GENESIS, { ...event, data: bytes(data) })),
      );
    }),
    { numRuns: 50 },
  );
});

Deno.test("no two different events have one hash, nor one event after two others", () => {
  const anyEvent = fc.record({
    position: fc.integer({ min: 1, max: 12 }),
    stream: fc.constantFrom("", "a", "ab", "1"),
    version: fc.integer({ min: 1, max: 12 }),
    type: fc.constantFrom("", "b", "ab", "2"),
    data: fc.constantFrom("", "{}", "1"),
    metadata: fc.constantFrom("", "{}"),
    created_at: fc.constantFrom("", "1"),
    sealed: fc.constantFrom(null, new Uint8Array(), new Uint8Array([49])),
  });
  const previous = fc.constantFrom(GENESIS, new Uint8Array(32).fill(1));
  const byHash = new Map<string, string>();
  fc.assert(
    fc.property(previous, anyEvent, (before, one) => {
      const content = JSON.stringify([hex(before), one]);
      const hash = hex(hashOf(before, one));
      assert.equal(byHash.get(hash) ?? content, content);
      byHash.set(hash, content);
    }),
    { numRuns: 2000 },
  );
});
