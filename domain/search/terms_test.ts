import assert from "node:assert/strict";
import fc from "fast-check";
import { searchTerms } from "./terms.ts";

Deno.test("searchTerms finds the words in whatever is typed", () => {
  for (
    const [text, terms] of [
      ["", []],
      ['  " * % \0 - 😀 __ ', []],
      ["mira holt", ["mira", "holt"]],
      ["@jonas_lind", ["jonas_lind"]],
      ["#Café*", ["Café"]],
      ['"mira" OR 1', ["mira", "OR", "1"]],
      ["日本 写真", ["日本", "写真"]],
      ["ﬁlm", ["film"]],
    ] as const
  ) assert.deepEqual(searchTerms(text), terms);
});

Deno.test("searchTerms takes eight words of a hundred characters at most", () => {
  assert.equal(searchTerms("a ".repeat(5000)).length, 8);
  assert.deepEqual(searchTerms("𠀀".repeat(5000)), ["𠀀".repeat(100)]);
});

Deno.test("searchTerms answers nothing but letters, marks, digits and underscores", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    for (const term of searchTerms(text)) assert.match(term, /^[\p{L}\p{M}\p{N}_]+$/u);
  }));
});
