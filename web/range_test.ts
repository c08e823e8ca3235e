import assert from "node:assert/strict";
import { rangeOf } from "./range.ts";

const ETAG = '"abc"';

const asked = (range: string | null, headers: Record<string, string> = {}, method = "GET") =>
  rangeOf(
    new Request("http://localhost/", {
      method,
      headers: { ...headers, ...(range !== null && { range }) },
    }),
    ETAG,
  );

Deno.test("rangeOf reads the one part that is asked for", () => {
  assert.deepEqual(asked("bytes=0-9"), { first: 0, last: 9 });
  assert.deepEqual(asked("Bytes=10-"), { first: 10 });
  assert.deepEqual(asked("bytes=-5"), { suffix: 5 });
});

Deno.test("rangeOf ignores what it need not understand", () => {
  for (
    const range of [null, "bytes=-", "bytes=9-1", "bytes=0-1,3-4", "lines=1-2", "bytes=1e3-", "0-9"]
  ) assert.equal(asked(range), undefined, String(range));
  assert.equal(asked("bytes=0-9", {}, "HEAD"), undefined);
  assert.equal(asked(`bytes=0-${"9".repeat(30)}`), undefined);
});

Deno.test("rangeOf asks for all where the part is of another version", () => {
  assert.deepEqual(asked("bytes=0-9", { "if-range": ETAG }), { first: 0, last: 9 });
  assert.equal(asked("bytes=0-9", { "if-range": '"other"' }), undefined);
  assert.equal(asked("bytes=0-9", { "if-range": "Tue, 24 Nov 2026 10:00:00 GMT" }), undefined);
});
