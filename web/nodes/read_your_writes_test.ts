import assert from "node:assert/strict";
import { App } from "fresh";
import { readingFrom, ReadPosition, readPosition } from "../../domain/core/read_position.ts";
import type { State } from "../state.ts";
import { readYourWrites } from "./read_your_writes.ts";

const HEAD = 1000;

interface Answer {
  /** From where it was read, and from where its page would go on. */
  readonly after: number | undefined;
  readonly live: number;
  readonly headers: Headers;
}

/** Sends a request to a node that knows of the film's first 1000 events. */
async function ask(
  headers: Readonly<Record<string, string>>,
  commits: readonly number[] = [],
): Promise<Answer> {
  let after: number | undefined;
  let live = NaN;
  const app = new App<State>()
    .use((ctx) => {
      Object.assign(ctx.state, { livePosition: HEAD, publicUrl: "http://film.example" });
      return ctx.next();
    }, readYourWrites)
    .get("/", ({ state }) => {
      for (const position of commits) readPosition()!.reach(position);
      after = readPosition()!.after;
      live = state.livePosition;
      return new Response();
    });
  const response = await app.handler()(new Request("http://film.example/", { headers }));
  return { after, live, headers: response.headers };
}

const token = { authorization: "Bearer token" };
const session = "filmroll=secret";

Deno.test("a visitor is answered by a copy that is not far behind, and goes on live from there", async () => {
  const { after, live } = await ask({});
  assert.deepEqual([after, live], [744, 744]);
});

Deno.test("somebody who does not say what they saw reads as of now", async () => {
  for (const headers of [token, { cookie: session }]) {
    const { after, live } = await ask(headers);
    assert.deepEqual([after, live], [undefined, HEAD]);
  }
});

Deno.test("somebody is answered from where they have seen the film, or not far behind its end", async () => {
  for (const [position, from] of [["900", 900], ["1000", 1000], ["3", 744], ["0", 744]] as const) {
    for (
      const headers of [
        { ...token, "filmroll-position": position },
        { cookie: `${session}; filmroll-position=${position}` },
      ]
    ) {
      const { after, live } = await ask(headers);
      assert.deepEqual([after, live], [from, from]);
    }
  }
});

Deno.test("a position that nobody can have seen here is read as of now, and nonsense says nothing", async () => {
  for (
    const position of ["1001", "999999999999999", "-1", "1e3", "", " ", "9".repeat(16), "null"]
  ) {
    const { after, live } = await ask({ ...token, "filmroll-position": position });
    assert.deepEqual([after, live], [undefined, HEAD], position);
  }
});

Deno.test("after a command, the rest of the request sees it, and the answer says where it is", async () => {
  const { after, headers } = await ask({ ...token, "filmroll-position": "900" }, [1001, 1002]);
  assert.equal(after, 1002);
  assert.equal(headers.get("filmroll-position"), "1002");
  assert.equal(headers.get("set-cookie"), null);
  assert.equal((await ask(token, [1001])).after, undefined);
});

Deno.test("a browser is given the position of its command as a cookie, and none for reading", async () => {
  assert.equal(
    (await ask({ cookie: session }, [1001])).headers.get("set-cookie"),
    "filmroll-position=1001; Path=/; Max-Age=2592000; SameSite=Lax",
  );
  const read = await ask({ cookie: `${session}; filmroll-position=900` });
  assert.deepEqual([read.headers.get("set-cookie"), read.headers.get("filmroll-position")], [
    null,
    null,
  ]);
});

Deno.test("requests side by side keep their positions apart", async () => {
  const seen = await Promise.all(
    [1, 2, 3].map((after) =>
      readingFrom(new ReadPosition(after), async () => {
        await new Promise((resolve) => setTimeout(resolve, 5 - after));
        return readPosition()!.after;
      })
    ),
  );
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(readPosition(), undefined);
});
