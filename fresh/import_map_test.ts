import assert from "node:assert/strict";
import { join } from "node:path";
import { ImportMap, parseJsonc } from "./import_map.ts";

Deno.test("names mean what deno.json says", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "linked"));
    await Deno.mkdir(join(root, "app/islands"), { recursive: true });
    await Deno.writeTextFile(
      join(root, "linked/deno.json"),
      '{ "name": "@scope/linked", "exports": { ".": "./mod.ts", "./sub": "./sub/mod.ts" } }',
    );
    await Deno.writeTextFile(
      join(root, "deno.jsonc"),
      `{
        // A comment with "quotes" and https://example.org
        "imports": {
          "linked": "jsr:@scope/linked@^1.0.0",
          "linked/sub": "jsr:@scope/linked@^1.0.0/sub",
          "preact": "npm:preact@10.29.6",
          "preact/": "npm:/preact@10.29.6/",
          "@preact/signals": "npm:@preact/signals@^2",
          "@/": "./src/",
          "@/special/": "./other/", /* the longest prefix counts */
        },
        "links": ["./linked"],
      }`,
    );
    const map = await ImportMap.read(join(root, "app/islands"));
    const cases = {
      "linked": join(root, "linked/mod.ts"),
      "linked/sub": join(root, "linked/sub/mod.ts"),
      "preact": "preact",
      "preact/hooks": "preact/hooks",
      "@preact/signals": "@preact/signals",
      "@/a.ts": join(root, "src/a.ts"),
      "@/special/b.ts": join(root, "other/b.ts"),
      "npm:zod@4/mini": "zod/mini",
      "./here.ts": "./here.ts",
      "unknown": "unknown",
      "file:///a/b.ts": "/a/b.ts",
    };
    for (const [specifier, meaning] of Object.entries(cases)) {
      assert.equal(map.resolve(specifier), meaning, specifier);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("comments and trailing commas are no part of JSON, inside strings they are", () => {
  assert.deepEqual(parseJsonc('{"name": "a//b /*c*/ ,]", /* x */ "links": ["\\"//",],} // y'), {
    name: "a//b /*c*/ ,]",
    links: ['"//'],
  });
});
