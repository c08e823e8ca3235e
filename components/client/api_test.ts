import assert from "node:assert/strict";
import { failureMessage, request, RequestFailed } from "./api.ts";

/** Answers the requests of `act` with what `answer` makes of them. */
async function withFetch(
  answer: (url: string, init: RequestInit) => Response | Promise<never>,
  act: () => Promise<void>,
): Promise<void> {
  const original = globalThis.fetch;
  globalThis.fetch = (url, init = {}) => Promise.resolve(answer(String(url), init));
  try {
    await act();
  } finally {
    globalThis.fetch = original;
  }
}

const failsWith = (status: number, message: string) => (error: unknown) => {
  assert.ok(error instanceof RequestFailed);
  assert.deepEqual([error.status, error.message], [status, message]);
  return true;
};

Deno.test("request sends JSON below /api, with the command's id", () =>
  withFetch((url, init) => {
    const headers = new Headers(init.headers);
    assert.equal(url, "/api/posts");
    assert.equal(init.body, '{"content":"Low tide"}');
    assert.equal(headers.get("idempotency-key"), "c1");
    assert.equal(headers.get("accept"), "application/json");
    return Response.json({ id: 3 }, { status: 201 });
  }, async () => {
    const body = { content: "Low tide" };
    assert.deepEqual(await request("POST", "/posts", { body, commandId: "c1" }), { id: 3 });
  }));

Deno.test("request tells a lost connection", () =>
  withFetch(
    () => Promise.reject(new TypeError("Failed to fetch")),
    () =>
      assert.rejects(
        request("GET", "/feed"),
        failsWith(0, "You seem to be offline. Check the connection and try again."),
      ),
  ));

Deno.test("request passes on what is wrong with each field", () => {
  const errors = [{ path: "content", message: "Must not be empty" }];
  return withFetch(
    () => Response.json({ detail: "content: Must not be empty", errors }, { status: 422 }),
    () =>
      assert.rejects(request("POST", "/posts/1/comments"), (error) => {
        assert.deepEqual((error as RequestFailed).errors, errors);
        return failsWith(422, "content: Must not be empty")(error);
      }),
  );
});

Deno.test("request says how long to wait", () =>
  withFetch(
    () => new Response("", { status: 429, headers: { "retry-after": "12" } }),
    () =>
      assert.rejects(
        request("GET", "/feed"),
        failsWith(429, "That was a lot at once. Try again in 12 s."),
      ),
  ));

Deno.test("request does not show people the inside of a broken server", () =>
  withFetch(
    () => new Response("<h1>Bad gateway</h1>", { status: 502 }),
    () =>
      assert.rejects(
        request("GET", "/feed"),
        failsWith(502, "Something went wrong on our side. Try again."),
      ),
  ));

Deno.test("failureMessage hides no error of our own", () => {
  assert.throws(() => failureMessage(new TypeError("Not a function")), /Not a function/);
});
