import assert from "node:assert/strict";
import fc from "fast-check";
import { hashtagsOf, normaliseHashtag } from "./hashtags.ts";

/** Text, and the hashtags it has. */
const examples: Record<string, readonly [text: string, hashtags: readonly string[]][]> = {
  "takes words after a number sign, in order": [
    ["Out with #dog and #cat", ["dog", "cat"]],
    ["#one,#two.#three(#four)", ["one", "two", "three", "four"]],
    ["line\n#one\n#two", ["one", "two"]],
  ],
  "counts #cat and #Cat as one": [
    ["#cat #Cat #CAT", ["cat"]],
  ],
  "takes words of every script": [
    ["#été #日本 #собака #한국어 #हिन्दी #عربي", [
      "été",
      "日本",
      "собака",
      "한국어",
      "हिन्दी",
      "عربي",
    ]],
    ["猫の写真 #猫、#犬。", ["猫", "犬"]],
  ],
  "compares in NFKC and lower case": [
    ["#ＣＡＴ ＃cat #cat", ["cat"]],
    ["#e\u0301te\u0301 #été", ["été"]],
    ["#ﬁlm", ["film"]],
  ],
  "takes digits and underscores in a word, but not alone": [
    ["#1 #2026 #_ #__1", []],
    ["#35mm #a1 #film_roll #_x", ["35mm", "a1", "film_roll", "_x"]],
  ],
  "does not begin inside a word or an entity": [
    ["C#minor a#b é#x 日#x 1#x _#x &#x27; ##x", []],
  ],
  "ignores fragments of web addresses": [
    ["https://example.com/a#b https://example.com/#c HTTP://example.com/?q=1;#d", []],
    ["https://example.com/a #b", ["b"]],
    ["example.com/#c", []],
  ],
  "ends at an emoji, and is none of emoji alone": [
    ["#cat😀 #😀 #❤️ 😀#dog", ["cat", "dog"]],
  ],
  "ends at punctuation": [
    ["#cat's #rock-n-roll #a.b", ["cat", "rock", "a"]],
  ],
  "leaves out what is longer than 100 characters": [
    [`#${"a".repeat(100)} #${"b".repeat(101)}`, ["a".repeat(100)]],
    [`#${"𝔞".repeat(100)} #${"𠀀".repeat(100)}`, ["a".repeat(100), "𠀀".repeat(100)]],
  ],
  "finds none where there is none": [
    ["", []],
    ["# # #\n#", []],
    ["\ud800#\udfff", []],
  ],
};

for (const [name, cases] of Object.entries(examples)) {
  Deno.test(`hashtagsOf ${name}`, () => {
    for (const [text, hashtags] of cases) assert.deepEqual(hashtagsOf(text), hashtags, text);
  });
}

const anyText = fc.array(
  fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("#", "＃", " ", "cat", "İ", "ß")),
).map((pieces) => pieces.join(""));

Deno.test("hashtagsOf finds each once, as it is compared, whatever the text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const found = hashtagsOf(text);
      assert.equal(new Set(found).size, found.length);
      for (const name of found) {
        assert.equal(normaliseHashtag(name), name);
        assert([...name].length <= 100);
        assert.deepEqual(hashtagsOf(`#${name}`), [name]);
      }
    }),
    { numRuns: 500 },
  );
});
