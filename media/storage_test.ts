import assert from "node:assert/strict";
import fc from "fast-check";
import { RangeNotSatisfiable, resolveRange } from "./storage.ts";

Deno.test("resolveRange answers the part of a file that a range asks for", () => {
  assert.deepEqual(resolveRange(undefined, 10), { start: 0, end: 10 });
  assert.deepEqual(resolveRange({ first: 2, last: 4 }, 10), { start: 2, end: 5 });
  assert.deepEqual(resolveRange({ first: 2 }, 10), { start: 2, end: 10 });
  assert.deepEqual(resolveRange({ first: 2, last: 99 }, 10), { start: 2, end: 10 });
  assert.deepEqual(resolveRange({ suffix: 3 }, 10), { start: 7, end: 10 });
  assert.deepEqual(resolveRange({ suffix: 30 }, 10), { start: 0, end: 10 });
});

Deno.test("resolveRange refuses a range of which the file has nothing", () => {
  for (const range of [{ first: 10 }, { first: 3, last: 2 }, { suffix: 0 }]) {
    assert.throws(() => resolveRange(range, 10), new RangeNotSatisfiable(10));
  }
  assert.throws(() => resolveRange({ first: 0 }, 0), RangeNotSatisfiable);
});

Deno.test("resolveRange never answers more than there is", () => {
  const bytes = fc.nat({ max: 50 });
  const range = fc.oneof(
    fc.record({ first: bytes, last: bytes }, { requiredKeys: ["first"] }),
    fc.record({ suffix: bytes }),
  );
  fc.assert(fc.property(range, fc.nat({ max: 40 }), (range, size) => {
    try {
      const { start, end } = resolveRange(range, size);
      assert(0 <= start && start < end && end <= size);
    } catch (error) {
      assert(error instanceof RangeNotSatisfiable);
    }
  }));
});
