import assert from "node:assert/strict";
import { hueClass } from "./hue.ts";

Deno.test("hueClass gives the same id the same colour", () => {
  assert.equal(hueClass(42), hueClass(42));
});

Deno.test("hueClass gives twelve ids in a row twelve colours", () => {
  const classes = Array.from({ length: 12 }, (_, index) => hueClass(1000 + index));
  assert.equal(new Set(classes).size, 12);
});

Deno.test("hueClass stays within the palette for the largest id", () => {
  assert.match(hueClass(Number.MAX_SAFE_INTEGER), /^hue-(\d|1[01])$/);
});
