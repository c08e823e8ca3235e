import assert from "node:assert/strict";
import { LARGEST_BODY, readBody } from "./body.ts";
import { HttpRefusal, InvalidInput } from "./problem.ts";

const request = (body: BodyInit | null, type?: string, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { ...headers, ...(type !== undefined && { "content-type": type }) },
  });

const read = (request: Request) => readBody(request, { json: true, forms: true });
const readOfProgram = (request: Request) => readBody(request, { json: true, forms: false });

const bytes = (...values: number[]) => new Uint8Array(values);

/** A body that comes in pieces and without its length. */
const stream = (pieces: number, size: number) => {
  let sent = 0;
  return {
    body: new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ === pieces) return controller.close();
        controller.enqueue(new TextEncoder().encode(" ".repeat(size)));
      },
    }),
    sent: () => sent,
  };
};

const refusedWith = (status: number) => (error: unknown) => {
  assert(error instanceof HttpRefusal, String(error));
  assert.equal(error.status, status);
  return true;
};

const invalid = (message: string) => (error: unknown) => {
  assert(error instanceof InvalidInput, String(error));
  assert.deepEqual(error.errors, [{ path: "body", message }]);
  return true;
};

Deno.test("readBody reads JSON, whatever the parameters of its type", async () => {
  for (const type of ["application/json", "Application/JSON; charset=utf-8"]) {
    const body = await read(request('{"a": [1, "é"]}', type));
    assert.deepEqual(body, { kind: "json", value: { a: [1, "é"] } });
  }
});

Deno.test("readBody reads forms, the last of a name winning", async () => {
  const type = "application/x-www-form-urlencoded";
  const { kind, value } = await read(request("a=1&b=%C3%A9+x&a=2&__proto__=p", type)) as {
    kind: string;
    value: Record<string, string>;
  };
  assert.equal(kind, "form");
  assert.deepEqual(Object.entries(value), [["a", "2"], ["b", "é x"], ["__proto__", "p"]]);
  assert.equal(value.toString, undefined);
});

Deno.test("readBody reads multipart forms without their files", async () => {
  const form = new FormData();
  form.set("content", "Hello");
  form.set("picture", new File(["…"], "a.jpg"));
  const { value } = await read(request(form)) as { value: object };
  assert.deepEqual({ ...value }, { content: "Hello" });
});

Deno.test("readBody finds none where there is none", async () => {
  assert.deepEqual(await read(request(null)), { kind: "none" });
  assert.deepEqual(await read(request("", "application/json")), { kind: "none" });
  assert.deepEqual(await read(request("", "image/png")), { kind: "none" });
});

Deno.test("readBody refuses what is not what its type says", async () => {
  for (const text of ["{", "{a: 1}", "\0", "{} {}", "undefined"]) {
    await assert.rejects(read(request(text, "application/json")), invalid("Malformed JSON"));
  }
  for (const type of ["application/json", "application/x-www-form-urlencoded"]) {
    await assert.rejects(
      read(request(bytes(0x22, 0xff, 0x22), type)),
      invalid("Must be UTF-8"),
    );
  }
  for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"]) {
    await assert.rejects(read(request("nothing", type)), invalid("Malformed form data"));
  }
});

Deno.test("readBody is not undone by deep nesting", async () => {
  const deep = "[".repeat(30_000) + "]".repeat(30_000);
  assert.equal((await read(request(deep, "application/json"))).kind, "json");
});

Deno.test("readBody refuses other types with 415", async () => {
  for (const type of ["text/plain", "application/xml", "application/jsonp", "json"]) {
    await assert.rejects(read(request("{}", type)), refusedWith(415));
  }
  await assert.rejects(read(request(bytes(0x7b, 0x7d))), refusedWith(415));
});

Deno.test("readBody refuses forms with 415 where programs send JSON alone", async () => {
  const form = new FormData();
  form.set("content", "Hello");
  for (const body of [form, new URLSearchParams({ content: "Hello" })]) {
    await assert.rejects(readOfProgram(request(body)), refusedWith(415));
  }
  const json = await readOfProgram(request("{}", "application/json"));
  assert.deepEqual(json, { kind: "json", value: {} });
});

Deno.test("readBody takes the largest body and refuses a byte more with 413", async () => {
  const json = (size: number) => JSON.stringify("a".repeat(size - 2));
  const body = await read(request(json(LARGEST_BODY), "application/json"));
  assert.equal(body.kind, "json");
  for (const headers of [{}, { "content-length": String(LARGEST_BODY + 1) }]) {
    const tooLarge = request(json(LARGEST_BODY + 1), "application/json", headers);
    await assert.rejects(read(tooLarge), refusedWith(413));
  }
});

Deno.test("readBody stops reading a body that goes on and on", async () => {
  const endless = stream(Infinity, 1024);
  await assert.rejects(
    read(request(endless.body, "application/json")),
    refusedWith(413),
  );
  assert(endless.sent() <= LARGEST_BODY / 1024 + 3, `${endless.sent()} KiB were read`);
});
