import assert from "node:assert/strict";

const PATIENCE_MILLISECONDS = 20_000;

/** Waits until something holds that nothing tells of; `what` names it should it never come. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const latest = Date.now() + PATIENCE_MILLISECONDS;
  while (!await holds()) {
    assert.ok(Date.now() < latest, `Expected ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
