import assert from "node:assert/strict";
import { LIMITS } from "../media/limits.ts";
import { refusalOf } from "./photo_rules.ts";

const jpeg = { name: "sea.jpg", type: "image/jpeg", size: 4_000_000 };

Deno.test("refusalOf takes pictures, also HEIC of which the browser knows no type", () => {
  assert.equal(refusalOf(jpeg), null);
  assert.equal(refusalOf({ ...jpeg, size: LIMITS.fileBytes }), null);
  assert.equal(refusalOf({ ...jpeg, name: "IMG_1.HEIC", type: "" }), null);
});

Deno.test("refusalOf says that a file is no picture", () => {
  for (
    const [name, type] of [["a.svg", "image/svg+xml"], ["a.pdf", "application/pdf"], ["a", ""]]
  ) {
    assert.match(refusalOf({ name: name!, type: type!, size: 1 })!, /no picture that we can read/);
  }
});

Deno.test("refusalOf says how large a file is, and how large it may be", () => {
  const refusal = refusalOf({ ...jpeg, size: LIMITS.fileBytes + 1 });
  assert.equal(refusal, "This file has 20.1 MB; a picture may have at most 20 MB.");
  assert.equal(refusalOf({ ...jpeg, size: 0 }), "This file is empty.");
});
