import assert from "node:assert/strict";
import { createToggle } from "./toggle.ts";

/** A server whose answers wait until the test gives them. */
function slowServer(initial: boolean) {
  let on = initial;
  const waiting: PromiseWithResolvers<void>[] = [];
  return {
    requests: 0,
    get on() {
      return on;
    },
    async send(wanted: boolean) {
      this.requests++;
      const answer = Promise.withResolvers<void>();
      waiting.push(answer);
      await answer.promise;
      return on = wanted;
    },
    answer: () => waiting.shift()!.resolve(),
    refuse: () => waiting.shift()!.reject(new Error("Refused")),
  };
}

Deno.test("a toggle shows the new state before the server answers", () => {
  const shown: boolean[] = [];
  const server = slowServer(false);
  createToggle({
    initial: false,
    show: (on) => shown.push(on),
    send: (on) => server.send(on),
    failed: (error) => assert.fail(String(error)),
  }).flip();
  assert.deepEqual(shown, [true]);
  assert.equal(server.on, false);
});

Deno.test("a toggle flipped twice quickly ends where it was, with one request at a time", async () => {
  const server = slowServer(false);
  const toggle = createToggle({
    initial: false,
    show: () => {},
    send: (on) => server.send(on),
    failed: (error) => assert.fail(String(error)),
  });
  const done = toggle.flip();
  await toggle.flip();
  assert.equal(server.requests, 1);
  server.answer();
  while (server.requests < 2) await Promise.resolve();
  server.answer();
  await done;
  assert.equal(server.on, false);
});

Deno.test("a toggle flipped three times quickly needs one request", async () => {
  const server = slowServer(false);
  const toggle = createToggle({
    initial: false,
    show: () => {},
    send: (on) => server.send(on),
    failed: (error) => assert.fail(String(error)),
  });
  const done = toggle.flip();
  await toggle.flip();
  await toggle.flip();
  server.answer();
  await done;
  assert.equal(server.requests, 1);
  assert.equal(server.on, true);
});

Deno.test("a toggle goes back to the confirmed state when the server refuses", async () => {
  const shown: boolean[] = [];
  const failures: unknown[] = [];
  const server = slowServer(true);
  const done = createToggle({
    initial: true,
    show: (on) => shown.push(on),
    send: (on) => server.send(on),
    failed: (error) => failures.push(error),
  }).flip();
  server.refuse();
  await done;
  assert.deepEqual(shown, [false, true]);
  assert.equal(failures.length, 1);
});

Deno.test("a toggle shows a state that came about elsewhere", () => {
  const shown: boolean[] = [];
  const toggle = createToggle({
    initial: false,
    show: (on) => shown.push(on),
    send: () => assert.fail("Nothing is asked for"),
    failed: (error) => assert.fail(String(error)),
  });
  toggle.hear(true);
  toggle.hear(true);
  assert.deepEqual(shown, [true]);
  assert.equal(toggle.confirmed, true);
});

Deno.test("a toggle keeps what was asked for when it hears of it before the answer", async () => {
  const shown: boolean[] = [];
  const server = slowServer(false);
  const toggle = createToggle({
    initial: false,
    show: (on) => shown.push(on),
    send: (on) => server.send(on),
    failed: (error) => assert.fail(String(error)),
  });
  const done = toggle.flip();
  toggle.hear(true);
  server.answer();
  await done;
  assert.deepEqual(shown, [true]);
  assert.equal(server.requests, 1);
});
