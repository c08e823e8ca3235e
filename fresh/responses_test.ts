import assert from "node:assert/strict";
import { withHeaders } from "./responses.ts";

const mark = (headers: Headers) => headers.set("x-a", "b");

Deno.test("withHeaders changes a response in place", () => {
  const response = new Response("ok");
  assert.equal(withHeaders(response, mark), response);
  assert.equal(response.headers.get("x-a"), "b");
});

Deno.test("withHeaders copies a response whose headers are immutable", () => {
  const response = withHeaders(
    Response.redirect("http://localhost/to", 303),
    mark,
  );
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), "http://localhost/to");
  assert.equal(response.headers.get("x-a"), "b");
});

Deno.test("withHeaders passes on what the change throws", () => {
  assert.throws(() =>
    withHeaders(new Response(), () => {
      throw new RangeError("other");
    }), RangeError);
});
