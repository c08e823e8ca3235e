import assert from "node:assert/strict";
import fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { excerpt, segments } from "./rich_text.ts";
import RichText from "./RichText.tsx";

const links = (text: string) =>
  segments(text).flatMap((segment) =>
    segment.kind === "text" ? [] : [[segment.text, segment.href]]
  );

Deno.test("segments links a hashtag to its page, in lower case", () => {
  assert.deepEqual(links("Hello #Cat!"), [["#Cat", "/search/posts/hashtag/cat"]]);
});

Deno.test("segments knows hashtags of every script", () => {
  assert.deepEqual(links("#日本 #Ünter"), [
    ["#日本", `/search/posts/hashtag/${encodeURIComponent("日本")}`],
    ["#Ünter", `/search/posts/hashtag/${encodeURIComponent("ünter")}`],
  ]);
});

Deno.test("segments links a mention without the full stop that ends the sentence", () => {
  assert.deepEqual(links("Thanks @ben.k. And @al"), [["@ben.k", "/@ben.k"]]);
});

Deno.test("segments leaves e-mail addresses and fragments alone", () => {
  assert.deepEqual(links("ana@example.com a#b"), []);
});

Deno.test("segments keeps the bracket that belongs to an address and drops the one around it", () => {
  assert.deepEqual(links("https://en.example/Roll_(film)"), [
    ["https://en.example/Roll_(film)", "https://en.example/Roll_(film)"],
  ]);
  assert.deepEqual(links("(see https://example.com/a#b)."), [
    ["https://example.com/a#b", "https://example.com/a#b"],
  ]);
});

Deno.test("segments makes no link of a script address", () => {
  assert.deepEqual(links("javascript:alert(1) data:text/html,x http://"), []);
});

Deno.test("segments, joined, are the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    assert.equal(segments(text).map((segment) => segment.text).join(""), text);
  }));
});

Deno.test("RichText escapes what people write", () => {
  const text = '<img src=x> #a"b https://e.com/?"onclick=';
  const html = renderToString(<RichText text={text} />);
  assert.equal(
    html,
    '&lt;img src=x> <a href="/search/posts/hashtag/a">#a</a>&quot;b ' +
      '<a href="https://e.com/" rel="nofollow noopener ugc">https://e.com/</a>?&quot;onclick=',
  );
});

Deno.test("excerpt leaves a short text whole", () => {
  assert.equal(excerpt("A short text", 12), null);
});

Deno.test("excerpt cuts at a space", () => {
  assert.equal(excerpt("The quick brown fox jumps", 17), "The quick brown…");
});

Deno.test("excerpt cuts a text without spaces between characters, not inside one", () => {
  assert.equal(excerpt("🌻".repeat(10), 4), "🌻🌻🌻🌻…");
});
