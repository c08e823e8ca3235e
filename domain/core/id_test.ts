import assert from "node:assert/strict";
import fc from "fast-check";
import { uuidOf, uuidv7 } from "./id.ts";

const TIME = fc.integer({ min: 0, max: 2 ** 48 - 1 });

Deno.test("uuidv7 is a UUID of version 7 and variant 10", () => {
  fc.assert(fc.property(TIME, (now) => {
    assert.match(
      uuidv7(now),
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }));
});

Deno.test("uuidv7 begins with its time in milliseconds", () => {
  fc.assert(fc.property(TIME, (now) => {
    assert.equal(parseInt(uuidv7(now).replaceAll("-", "").slice(0, 12), 16), now);
  }));
});

Deno.test("uuidv7 sorts as text by time", () => {
  fc.assert(fc.property(TIME, TIME, (one, other) => {
    fc.pre(one !== other);
    assert.equal(uuidv7(one) < uuidv7(other), one < other);
  }));
});

Deno.test("uuidv7 does not repeat within a millisecond", () => {
  assert.equal(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size, 1000);
});

Deno.test("uuidOf is a UUID of version 8, the same for the same texts and no others", () => {
  const texts = fc.array(fc.string());
  fc.assert(fc.property(texts, texts, (one, other) => {
    assert.match(
      uuidOf(...one),
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.equal(
      uuidOf(...one) === uuidOf(...other),
      JSON.stringify(one) === JSON.stringify(other),
    );
  }));
  assert.notEqual(uuidOf("ab", "c"), uuidOf("a", "bc"));
});
