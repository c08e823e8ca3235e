import assert from "node:assert/strict";
import { markdownTable, replaceBlock } from "./markdown.ts";

Deno.test("markdownTable aligns its columns", () => {
  assert.equal(
    markdownTable(["a", "name"], [["first", "x"], ["2", "long name"]]),
    [
      "| a     | name      |",
      "| ----- | --------- |",
      "| first | x         |",
      "| 2     | long name |",
    ].join("\n"),
  );
});

Deno.test("replaceBlock changes what is between the marks, and nothing else", () => {
  const text = "before\n<!-- t: generated -->\n\nold\n\n<!-- t: end -->\nafter";
  assert.equal(
    replaceBlock(text, "t", "new"),
    "before\n<!-- t: generated -->\n\nnew\n\n<!-- t: end -->\nafter",
  );
});

Deno.test("replaceBlock says what it misses", () => {
  assert.throws(() => replaceBlock("no marks", "t", "new"), /^Error: The text has no block "t"/);
});
