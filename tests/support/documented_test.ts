import assert from "node:assert/strict";
import { assertPrints, examplesOf } from "./documented.ts";

const documentOf = (language: string, output: string) =>
  `# Title\n\n\`\`\`sh\nA=1\n\`\`\`\n\nThen:\n\n\`\`\`sh\nsay\n\`\`\`\n\n` +
  `\`\`\`${language}\n${output}\n\`\`\`\n`;

/** Whether what was printed is what the document says. */
function isDocumented(printed: string, language: string, output: string): boolean {
  const example = examplesOf(documentOf(language, output))[1]!;
  try {
    assertPrints(printed, example);
    return true;
  } catch (error) {
    assert.ok(error instanceof assert.AssertionError);
    return false;
  }
}

Deno.test("examplesOf pairs commands with the output that follows them", () => {
  assert.deepEqual(examplesOf(documentOf("json", "{}")), [
    { commands: "A=1\n", output: null },
    { commands: "say\n", output: { language: "json", text: "{}\n" } },
  ]);
});

Deno.test("documented JSON has the fields and values of the answer", () => {
  const wanted = `{ "id": 1, "token": "eyJ…", "list": [{ "at": "2026-05-01T06:41:07.512Z" }] }`;
  const printed = (id: number, token: string, at: string, more = {}) =>
    JSON.stringify({ id, token, list: [{ at }], ...more });
  const at = "2030-01-01T00:00:00.000Z";
  assert.ok(isDocumented(printed(1, "eyJabc", at), "json", wanted));
  assert.ok(!isDocumented(printed(2, "eyJabc", at), "json", wanted));
  assert.ok(!isDocumented(printed(1, "abc", at), "json", wanted));
  assert.ok(!isDocumented(printed(1, "eyJabc", "now"), "json", wanted));
  assert.ok(!isDocumented(printed(1, "eyJabc", at, { more: 1 }), "json", wanted));
  assert.ok(!isDocumented(`{"id":1,"token":"eyJabc","list":[]}`, "json", wanted));
});

Deno.test("a documented response has the status, the headers named and the body", () => {
  const wanted = `HTTP/1.1 200 OK\nlink: </a>\n\n{ "id": 1 }`;
  const printed = (status: string, link: string, body: string) =>
    `HTTP/1.1 ${status}\r\ndate: today\r\nlink: ${link}\r\n\r\n${body}`;
  assert.ok(isDocumented(printed("200 OK", "</a>", `{"id":1}`), "http", wanted));
  assert.ok(!isDocumented(printed("201 Created", "</a>", `{"id":1}`), "http", wanted));
  assert.ok(!isDocumented(printed("200 OK", "</b>", `{"id":1}`), "http", wanted));
  assert.ok(!isDocumented(printed("200 OK", "</a>", `{"id":2}`), "http", wanted));
});

Deno.test("documented text is the answer line by line", () => {
  assert.ok(isDocumented("id: 7\ndata: x\n\n", "text", "id: …\ndata: x"));
  assert.ok(!isDocumented("id: 7\ndata: y\n", "text", "id: …\ndata: x"));
});
