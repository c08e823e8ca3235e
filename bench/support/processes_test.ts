import assert from "node:assert/strict";
import { childrenOf, cpuSeconds, cpuSecondsOf } from "./processes.ts";

Deno.test("cpuSecondsOf reads the four times behind a name with spaces and brackets", () => {
  const stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 12 0 0 0 150 50 25 75 20 0 1 0 100 0 0";
  assert.equal(cpuSecondsOf(stat), 3);
});

Deno.test({
  name: "cpuSeconds grows with what a process does, and childrenOf knows who was started",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const child = new Deno.Command("sh", { args: ["-c", "while :; do :; done"] }).spawn();
    try {
      assert.ok(childrenOf(Deno.pid).includes(child.pid));
      const deadline = Date.now() + 10_000;
      while (cpuSeconds(child.pid) < 0.05) {
        assert.ok(Date.now() < deadline, "the child took no time");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
    assert.ok(Number.isNaN(cpuSeconds(0)));
    assert.deepEqual(childrenOf(0), []);
  },
});
