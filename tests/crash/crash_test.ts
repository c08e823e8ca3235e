import assert from "node:assert/strict";
import { crash, drain } from "./crash.ts";

Deno.test("killed at random moments under load, the program loses nothing that it acknowledged", async () => {
  const { rounds, acknowledged, unanswered } = await crash(6, 2026);
  assert.equal(rounds, 6);
  assert.ok(acknowledged > 100, `Only ${acknowledged} commands were acknowledged`);
  assert.ok(unanswered > 0, "Every command had been answered when the program was killed");
});

Deno.test("stopped under load, the program has answered every command that it recorded", async () => {
  const acknowledged = await drain(2026);
  assert.ok(acknowledged > 20, `Only ${acknowledged} commands were acknowledged`);
});
