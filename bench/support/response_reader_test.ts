import assert from "node:assert/strict";
import fc from "fast-check";
import { ConnectionClosed, ResponseReader, type ResponseSummary } from "./response_reader.ts";

/** A source that hands out `text` in pieces of the given sizes, over and over. */
function inPieces(text: string, sizes: number[]) {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  let turn = 0;
  return {
    read(into: Uint8Array): Promise<number | null> {
      if (at === bytes.length) return Promise.resolve(null);
      const piece = bytes.subarray(at, at + Math.min(sizes[turn++ % sizes.length]!, into.length));
      into.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length);
    },
  };
}

const anyPieces = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 });

Deno.test("ResponseReader reads responses of every framing, however they are cut", async () => {
  const wire = [
    "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nHello\r\n\r\nyou",
    "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5;x=y\r\nHello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-Sum: 1\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nConnection: close\r\n\r\n",
  ].join("");
  await fc.assert(fc.asyncProperty(anyPieces, async (sizes) => {
    const reader = new ResponseReader(inPieces(wire, sizes));
    const seen: ResponseSummary[] = [];
    for (let i = 0; i < 5; i++) seen.push(await reader.next("GET"));
    assert.deepEqual(seen, [
      { status: 200, reusable: true },
      { status: 201, reusable: true },
      { status: 204, reusable: true },
      { status: 304, reusable: true },
      { status: 404, reusable: false },
    ]);
  }));
});

Deno.test("ResponseReader expects no body after HEAD", async () => {
  const wire = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
  const reader = new ResponseReader(inPieces(wire, [99]));
  assert.deepEqual(await reader.next("HEAD"), { status: 200, reusable: true });
});

Deno.test("ResponseReader takes a body without length to end with the connection", async () => {
  const reader = new ResponseReader(inPieces("HTTP/1.1 200 OK\r\n\r\nand so on", [7]));
  assert.deepEqual(await reader.next("GET"), { status: 200, reusable: false });
});

Deno.test("ResponseReader skips bodies larger than its buffer", async () => {
  const body = "x".repeat(200_000);
  const wire = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
    "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
  const reader = new ResponseReader(inPieces(wire, [50_000]));
  assert.equal((await reader.next("GET")).status, 200);
  assert.equal((await reader.next("GET")).status, 202);
});

Deno.test("ResponseReader says when the connection ends within a response", async () => {
  const reader = new ResponseReader(
    inPieces("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfive!", [99]),
  );
  await assert.rejects(reader.next("GET"), ConnectionClosed);
});

Deno.test("ResponseReader refuses what is not HTTP/1.1", async () => {
  const reader = new ResponseReader(inPieces("SSH-2.0-Server\r\n\r\n", [99]));
  await assert.rejects(reader.next("GET"), /"SSH-2\.0-Server", not with "HTTP\/1\.1"/);
});
