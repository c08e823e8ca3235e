import assert from "node:assert/strict";
import { App } from "../app.ts";
import { sender } from "../test_support.ts";
import { csrf, type CsrfOptions } from "./csrf.ts";

async function statusFor(
  headers: Record<string, string>,
  options?: CsrfOptions,
  method = "POST",
): Promise<number> {
  const app = new App<unknown>().use(csrf(options)).all("/", () => new Response("ok"));
  return (await sender(app)("/", { method, headers })).status;
}

Deno.test("csrf lets safe methods pass from anywhere", async () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    assert.equal(await statusFor({ "sec-fetch-site": "cross-site" }, {}, method), 200);
  }
});

Deno.test("csrf lets pass what comes from this site, from the user or from no browser", async () => {
  assert.equal(await statusFor({ "sec-fetch-site": "same-origin" }), 200);
  assert.equal(await statusFor({ "sec-fetch-site": "none" }), 200);
  assert.equal(await statusFor({}), 200);
  assert.equal(await statusFor({ origin: "http://localhost" }), 200);
});

Deno.test("csrf refuses what another site sends", async () => {
  assert.equal(await statusFor({ "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await statusFor({ "sec-fetch-site": "same-site" }), 403);
  assert.equal(await statusFor({ origin: "http://evil.com" }), 403);
  assert.equal(await statusFor({ origin: "null" }), 403);
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    assert.equal(
      await statusFor({ origin: "http://evil.com" }, {}, method),
      403,
    );
  }
});

Deno.test("csrf lets pass the origins that it is told to allow", async () => {
  const headers = {
    "sec-fetch-site": "cross-site",
    origin: "https://app.example.com",
  };
  assert.equal(
    await statusFor(headers, { origin: "https://app.example.com" }),
    200,
  );
  assert.equal(
    await statusFor(headers, { origin: ["https://app.example.com"] }),
    200,
  );
  assert.equal(await statusFor(headers, { origin: (origin) => origin.endsWith(".com") }), 200);
  assert.equal(
    await statusFor(headers, { origin: "https://example.com" }),
    403,
  );
});
