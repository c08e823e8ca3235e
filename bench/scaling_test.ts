import assert from "node:assert/strict";
import { DOCUMENT, FOLDER, readMeasured, reported } from "./scaling.ts";
import { reportOf } from "./support/scaling/report.ts";

Deno.test("docs/scaling.md and its charts are what the simulation makes of what was measured", async () => {
  const measured = await readMeasured();
  const document = await Deno.readTextFile(DOCUMENT);
  assert.equal(document, reported(document, measured));
  for (const [name, svg] of Object.entries(reportOf(measured).charts)) {
    assert.equal(await Deno.readTextFile(new URL(name, FOLDER)), svg);
  }
});
