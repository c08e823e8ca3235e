import assert from "node:assert/strict";
import { encodeRequest, summarize } from "./load_process.ts";

Deno.test("encodeRequest writes a request as HTTP/1.1 has it", () => {
  const bytes = encodeRequest("localhost:8000", {
    method: "POST",
    path: "/api/posts?x=1",
    headers: { Authorization: "Bearer t" },
    body: "é",
  });
  assert.equal(
    new TextDecoder().decode(bytes),
    "POST /api/posts?x=1 HTTP/1.1\r\nHost: localhost:8000\r\nAuthorization: Bearer t\r\nContent-Length: 2\r\n\r\né",
  );
});

Deno.test("summarize takes nearest-rank quantiles", () => {
  const latencies = Array.from({ length: 100 }, (_, i) => 100 - i);
  const { requests, failed, p50, p99, perSecond } = summarize({
    latencies,
    statuses: { 200: 97, 503: 3 },
    seconds: 2,
  });
  assert.deepEqual(
    { requests, failed, p50, p99, perSecond },
    { requests: 100, failed: 3, p50: 50, p99: 99, perSecond: 50 },
  );
});
