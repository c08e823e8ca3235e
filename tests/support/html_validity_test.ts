import assert from "node:assert/strict";
import { htmlFindings } from "./html_validity.ts";

const documentOf = (body: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`;

Deno.test("htmlFindings finds nothing in a valid page", async () => {
  assert.deepEqual(await htmlFindings(documentOf("<main><h1>Hello</h1></main>")), []);
});

Deno.test("htmlFindings finds what is nested wrongly, doubled or unknown", async () => {
  for (
    const [body, finding] of [
      ["<p><div>No</div></p>", /Stray end tag/],
      [`<p id="a">One</p><p id="a">Two</p>`, /Duplicate ID "a"/],
      [`<label for="a">Name</label>`, /references missing id "a"/],
      ["<button><a href='/'>No</a></button>", /<a>.*not permitted/],
    ] as const
  ) {
    assert.match((await htmlFindings(documentOf(body))).join("\n"), finding);
  }
});
