import assert from "node:assert/strict";
import fc from "fast-check";
import { MasterKey } from "./master_key.ts";
import { type KeyTable, Seals } from "./sealing.ts";

const schema = {
  personal: {
    NoteWritten: {
      whose: "writerId",
      erased: { text: "[erased]", name: (writerId: number) => `deleted-${writerId}` },
    },
  },
  erasing: { WriterErased: "writerId" },
};

const masterKey = new MasterKey("a master key that only tests know, of 32 characters");
const place = { stream: "note-1", version: 1, type: "NoteWritten" };
const note = { noteId: 1, writerId: 7, text: "Dear diary", name: "Alice" };

function sealsOver(keys = new Map<number, Uint8Array | null>(), key = masterKey): Seals {
  const table: KeyTable = {
    find: (personId) => keys.get(personId),
    add: (personId, wrapped) => void keys.set(personId, wrapped),
    destroy: (personId) => void keys.set(personId, null),
  };
  return new Seals(key, schema, table);
}

Deno.test("what was sealed opens the same, and nothing personal is left beside it", () => {
  const seals = sealsOver();
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.option(fc.string()), (text, name) => {
    const stored = seals.seal(place, { ...note, text, name });
    assert.deepEqual(stored.data, { noteId: 1, writerId: 7 });
    assert.deepEqual(seals.open(place, stored), { ...note, text, name });
  }));
});

Deno.test("an event without personal fields is stored as it is", () => {
  const seals = sealsOver();
  assert.deepEqual(seals.seal(place, { writerId: 7 }), { data: { writerId: 7 }, sealed: null });
  const other = { ...place, type: "CoinsPut" };
  assert.deepEqual(seals.seal(other, note), { data: note, sealed: null });
  assert.deepEqual(seals.open(other, { data: note, sealed: null }), note);
});

Deno.test("two seals of one text differ", () => {
  const seals = sealsOver();
  assert.notDeepEqual(seals.seal(place, note).sealed, seals.seal(place, note).sealed);
});

Deno.test("a seal opens in its own place alone", () => {
  const seals = sealsOver();
  const stored = seals.seal(place, note);
  for (const elsewhere of [{ stream: "note-2" }, { version: 2 }]) {
    assert.throws(() => seals.open({ ...place, ...elsewhere }, stored));
  }
});

Deno.test("a seal with a changed bit does not open", () => {
  const seals = sealsOver();
  const { data, sealed } = seals.seal(place, note);
  fc.assert(fc.property(fc.nat(sealed!.length * 8 - 1), (bit) => {
    const changed = Uint8Array.from(sealed!);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.throws(() => seals.open(place, { data, sealed: changed }));
  }));
});

Deno.test("another person's key opens nothing, nor does another master key", () => {
  const keys = new Map<number, Uint8Array | null>();
  const seals = sealsOver(keys);
  const stored = seals.seal(place, note);
  seals.seal(place, { ...note, writerId: 8 });
  assert.throws(() => seals.open(place, { ...stored, data: { ...stored.data, writerId: 8 } }));
  assert.throws(() => sealsOver(keys, new MasterKey("another")).open(place, stored));
});

Deno.test("an erased person's fields are read as declared, with their id", () => {
  const seals = sealsOver();
  const stored = seals.seal(place, note);
  seals.obey("NoteWritten", note);
  assert.deepEqual(seals.open(place, stored), note);
  seals.obey("WriterErased", { writerId: 7 });
  const erased = { noteId: 1, writerId: 7, text: "[erased]", name: "deleted-7" };
  assert.deepEqual(seals.open(place, stored), erased);
  assert.throws(() => seals.seal(place, note), /^Error: Person 7 is erased$/);
});

Deno.test("a pseudonym is the same for the same text and master key alone", () => {
  const again = new MasterKey("a master key that only tests know, of 32 characters");
  assert.equal(masterKey.pseudonym("alice"), again.pseudonym("alice"));
  assert.notEqual(masterKey.pseudonym("alice"), masterKey.pseudonym("bob"));
  assert.notEqual(masterKey.pseudonym("alice"), new MasterKey("another").pseudonym("alice"));
});
