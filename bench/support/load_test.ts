import assert from "node:assert/strict";
import { load } from "./load.ts";

/** Serves on a free port while `use` runs. */
async function withServer(handler: Deno.ServeHandler, use: (url: string) => Promise<void>) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  try {
    await use(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("load sends exactly the requests asked for and counts statuses", async () => {
  const seen: Record<string, number> = {};
  await withServer(async (request) => {
    const key = `${request.method} ${new URL(request.url).pathname} ${await request.text()}`;
    seen[key] = (seen[key] ?? 0) + 1;
    return new Response("answer", { status: request.method === "POST" ? 201 : 404 });
  }, async (url) => {
    const result = await load({
      url,
      connections: 2,
      until: { requests: 40 },
      cycle: () => [
        { path: "/missing" },
        { method: "POST", path: "/posts", body: "café" },
      ],
    });
    assert.equal(result.requests, 40);
    assert.equal((result.statuses[201] ?? 0) + (result.statuses[404] ?? 0), 40);
    assert.equal(result.failed, result.statuses[404]);
    assert.ok(result.p50 > 0 && result.p99 >= result.p50 && result.perSecond > 0);
  });
  assert.equal((seen["GET /missing "] ?? 0) + (seen["POST /posts café"] ?? 0), 40);
});

Deno.test("load stops after the seconds asked for", async () => {
  await withServer(() => new Response("ok"), async (url) => {
    const result = await load({
      url,
      connections: 4,
      until: { seconds: 0.2 },
      cycle: () => [{ path: "/" }],
    });
    assert.ok(result.seconds >= 0.2 && result.seconds < 2, `took ${result.seconds} s`);
    assert.equal(result.failed, 0);
    assert.ok(result.requests > 0);
  });
});

Deno.test("load keeps its connections, and replaces those that the server closes", async () => {
  const ports = new Set<number>();
  await withServer((request, info) => {
    ports.add((info.remoteAddr as Deno.NetAddr).port);
    const close = new URL(request.url).pathname === "/close";
    return new Response("ok", { headers: close ? { connection: "close" } : {} });
  }, async (url) => {
    await load({ url, connections: 3, until: { requests: 60 }, cycle: () => [{ path: "/" }] });
    assert.equal(ports.size, 3);

    ports.clear();
    const closing = await load({
      url,
      connections: 1,
      until: { requests: 5 },
      cycle: () => [{ path: "/close" }],
    });
    assert.equal(ports.size, 5);
    assert.equal(closing.failed, 0);
  });
});

Deno.test("load reads streamed answers", async () => {
  const stream = () =>
    ReadableStream.from(["one ", "two ", "three"]).pipeThrough(new TextEncoderStream());
  await withServer(() => new Response(stream()), async (url) => {
    const result = await load({
      url,
      connections: 2,
      until: { requests: 10 },
      cycle: () => [{ path: "/" }],
    });
    assert.deepEqual(result.statuses, { 200: 10 });
  });
});

Deno.test("load says when there is no server", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await assert.rejects(
    load({
      url: `http://127.0.0.1:${port}`,
      connections: 1,
      until: { requests: 1 },
      cycle: () => [{ path: "/" }],
    }),
    /load failed: .*refused/,
  );
});

Deno.test("load gives up on a server that never answers", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  await assert.rejects(
    load({
      url: `http://127.0.0.1:${port}`,
      connections: 1,
      until: { requests: 1 },
      cycle: () => [{ path: "/" }],
      patienceSeconds: 0.5,
    }),
    /not served within 0.5 seconds/,
  );
  listener.close();
});
