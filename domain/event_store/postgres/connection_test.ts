import assert from "node:assert/strict";
import { answered, Ends, failureOf } from "./connection.ts";

Deno.test("failureOf takes what the connection or the moment caused as transient, and nothing else", () => {
  for (
    const code of ["EPIPE", "ECONNRESET", "CONNECTION_CLOSED", "CONNECTION_ENDED", "57P01", "08006"]
  ) {
    assert.equal(failureOf({ code }), "transient", code);
  }
  assert.equal(failureOf({ code: "23505" }), "conflict");
  for (const failure of [{ code: "42601" }, { code: "XX000" }, new Error("No code"), null]) {
    assert.equal(failureOf(failure), "final");
  }
});

Deno.test("who waits for an answer hears that its connection has ended", async () => {
  const ends = new Ends();
  const waiting = answered(new Promise(() => {}), 10_000, ends);
  ends.hear();
  const error = await waiting.catch((error) => error);
  assert.equal(failureOf(error), "transient");
  assert.equal(await answered(Promise.resolve("here"), 10_000, ends), "here");
});
