/** Documents whose shell commands are run: what they say the answers are, held against the answers. */
import assert from "node:assert/strict";

/** A block of shell commands, and what the document says they print. */
export interface Example {
  readonly commands: string;
  /** Null where nothing is printed. */
  readonly output: { readonly language: string; readonly text: string } | null;
}

/** The `sh` blocks of a Markdown document, each with the block of another language that follows it. */
export function examplesOf(markdown: string): Example[] {
  const blocks = Array.from(
    markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms),
    ([, language, text]) => ({ language: language!, text: text! }),
  );
  return blocks.flatMap(({ language, text }, index) => {
    if (language !== "sh") return [];
    const next = blocks[index + 1];
    const output = next === undefined || next.language === "sh" ? null : next;
    return [{ commands: text, output }];
  });
}

/**
 * Compares what was printed with what is documented. In JSON the same fields must be there with the
 * same values; any time stands for any other, "…" for any text, and any size in bytes for any other.
 */
export function assertPrints(printed: string, { commands, output }: Example): void {
  if (output === null) assert.equal(printed, "", commands);
  else if (output.language === "json") assertSame(JSON.parse(printed), output.text, commands);
  else if (output.language === "http") assertResponse(printed, output.text, commands);
  else assertLines(printed, output.text, commands);
}

function assertSame(actual: unknown, documented: string, commands: string): void {
  const wanted = JSON.parse(documented);
  assert.deepEqual(likened(actual, wanted), wanted, commands);
}

/** The status, the headers that are documented, and the body. */
function assertResponse(printed: string, documented: string, commands: string): void {
  const [head, body = ""] = printed.split("\r\n\r\n");
  const [wantedHead, wantedBody = ""] = documented.trimEnd().split("\n\n");
  const [status, ...headers] = head!.split("\r\n");
  const [wantedStatus, ...wantedHeaders] = wantedHead!.split("\n");
  assert.equal(status, wantedStatus, commands);
  const names = wantedHeaders.map((header) => header.split(":")[0]!.toLowerCase());
  const documentedOnes = headers.filter((header) => names.includes(header.split(":")[0]!));
  assert.deepEqual(documentedOnes.toSorted(), wantedHeaders.toSorted(), commands);
  if (wantedBody === "") assert.equal(body, "", commands);
  else assertSame(JSON.parse(body), wantedBody, commands);
}

function assertLines(printed: string, documented: string, commands: string): void {
  const wanted = documented.trimEnd().split("\n");
  const lines = printed.trimEnd().split("\n");
  assert.deepEqual(likened(lines, wanted), wanted, commands);
}

/** The actual value, with what the documented one leaves open replaced by it. */
function likened(actual: unknown, wanted: unknown): unknown {
  if (typeof actual === "string" && typeof wanted === "string") {
    return isLike(actual, wanted) ? wanted : actual;
  }
  if (Array.isArray(actual) && Array.isArray(wanted)) {
    return actual.map((item, index) => likened(item, wanted[index]));
  }
  if (isRecord(actual) && isRecord(wanted)) {
    return Object.fromEntries(
      Object.entries(actual).map(([key, value]) => [
        key,
        key === "bytes" && typeof value === "number" ? wanted[key] : likened(value, wanted[key]),
      ]),
    );
  }
  return actual;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function isLike(actual: string, wanted: string): boolean {
  if (TIME.test(wanted)) return TIME.test(actual);
  const parts = wanted.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(actual);
}
