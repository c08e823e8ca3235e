import assert from "node:assert/strict";
import { HttpError } from "./error.ts";

Deno.test("HttpError has the status's reason phrase unless it is given a message", () => {
  assert.equal(new HttpError(404).message, "Not Found");
  assert.equal(new HttpError(404, "No such post").message, "No such post");
});

Deno.test("HttpError is an error with a status, a name and a cause", () => {
  const cause = new Error("below");
  const error = new HttpError(503, "Busy", { cause });
  assert.ok(error instanceof Error);
  assert.equal(error.status, 503);
  assert.equal(error.name, "HttpError");
  assert.equal(error.cause, cause);
});
