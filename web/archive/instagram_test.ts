import assert from "node:assert/strict";
import fc from "fast-check";
import { scrambled } from "../../tests/support/archives.ts";
import { unscrambled } from "./instagram.ts";

Deno.test("text that Instagram scrambled is read as it was meant, whatever it was", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    assert.equal(unscrambled(scrambled(text)), text);
  }));
});

Deno.test("text that is not scrambled is left as it is", () => {
  for (const text of ["", "Low tide", "Caf\u00e9", "日本 😀", "\u00ff\u00fe"]) {
    assert.equal(unscrambled(text), text);
  }
});
