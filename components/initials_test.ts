import assert from "node:assert/strict";
import { initials } from "./initials.ts";

Deno.test("initials takes the first and the last name", () => {
  assert.equal(initials("ana", "Ana María Ruiz"), "AR");
});

Deno.test("initials falls back to the username", () => {
  assert.equal(initials("ben.k", null), "B");
  assert.equal(initials("ben.k", "  "), "B");
});

Deno.test("initials skips what is not a letter", () => {
  assert.equal(initials("_cleo", "🌻 (Cleo)"), "C");
});

Deno.test("initials never is empty", () => {
  assert.equal(initials("...", null), "·");
});

Deno.test("initials keeps letters outside the basic plane whole", () => {
  assert.equal(initials("dai", "𠮷野 家"), "𠮷家");
});
