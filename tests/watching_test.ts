/** What an operator's tools see of a running server. */
import assert from "node:assert/strict";
import { get } from "node:http";
import type { Readiness } from "../web/watching/readiness.ts";
import { api, join } from "./support/client.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { startProgram } from "./support/program.ts";
import { startFilmroll } from "./support/server.ts";

/** Longer than the metrics look away. */
const HOLD_MS = 400;

async function metricsOf(origin: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

/** Asks for a host that is not where the request goes, as `fetch` cannot. */
const metricsStatusAs = (host: string, origin: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(`${origin}/metrics`, { headers: { host }, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    }).on("error", reject);
  });

/** The value of one series, named with its labels; null where there is none. */
function valueOf(text: string, series: string): number | null {
  const line = text.split("\n").find((line) => line.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

Deno.test("GET /healthz and /readyz say that all is well", async () => {
  await using server = await startFilmroll();
  await server.collector.caughtUp();
  assert.deepEqual((await api(server.origin).get("/healthz")).body, { status: "alive" });
  const { status, body } = await api(server.origin).get<Readiness>("/readyz");
  assert.equal(status, 200);
  assert.deepEqual(body, {
    ready: true,
    reasons: [],
    head: 0,
    queued: 0,
    lag: { media: 0 },
    replicas: [],
    leads: ["erasing", "imports", "pictures"],
  });
});

Deno.test("GET /readyz is 503 with the reason once nothing can be recorded, and reading goes on", async () => {
  await using folder = await Folder.make();
  const { syncData } = Deno.FsFile.prototype;
  try {
    await using server = await startFilmroll({ dataDir: folder.path });
    const ana = await join(server.origin, "ana");
    Deno.FsFile.prototype.syncData = () => Promise.reject(new Error("No space left on device"));
    assert.equal((await ana.post("/api/posts", { content: "Lost" })).status, 503);
    const { status, body } = await api(server.origin).get<Readiness>("/readyz");
    assert.equal(status, 503);
    assert.deepEqual(body.reasons, [
      "Cannot sync the database to disk: No space left on device",
    ]);
    assert.equal((await api(server.origin).get("/healthz")).status, 200);
    assert.equal((await api(server.origin).get(`/api/users/${ana.id}`)).status, 200);
  } finally {
    Deno.FsFile.prototype.syncData = syncData;
  }
});

Deno.test("GET /metrics counts requests by the pattern of their route, and commands by outcome", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "Morning" });
  for (const id of [1, 1, 77]) await ana.get(`/api/posts/${id}`);
  await ana.delete("/api/posts/77");
  await ana.send("BREW", "/api/posts/1");
  await ana.get("/api/nothing/like/this");

  const { status, text } = await metricsOf(server.origin);
  assert.equal(status, 200);
  const requests = (labels: string) =>
    valueOf(text, `http_request_duration_seconds_count{${labels}}`);
  assert.equal(requests('route="/api/posts/:id",method="GET",status="200"'), 2);
  assert.equal(requests('route="/api/posts/:id",method="GET",status="404"'), 1);
  assert.equal(requests('route="/api/posts/:id",method="other",status="405"'), 1);
  assert.equal(requests('route="none",method="GET",status="404"'), 1);
  assert.equal(
    valueOf(text, 'filmroll_commands_total{command="CreatePost",outcome="committed"}'),
    1,
  );
  assert.equal(valueOf(text, 'filmroll_commands_total{command="DeletePost",outcome="refused"}'), 1);
  assert.equal(valueOf(text, "filmroll_film_events"), 5);
  assert.equal(valueOf(text, "filmroll_ready"), 1);
  assert.equal(valueOf(text, "filmroll_live_streams"), 0);
  assert.ok(valueOf(text, "filmroll_sync_seconds_count")! >= 2);
  assert.ok(valueOf(text, "process_resident_memory_bytes")! > 2 ** 20);
  assert.ok(valueOf(text, "process_cpu_seconds_total")! > 0);
  assert.doesNotMatch(text, /ana|nothing|BREW/);
});

Deno.test("GET /metrics finds nothing for who comes through a proxy", async () => {
  await using server = await startFilmroll();
  for (const name of ["x-forwarded-for", "forwarded", "via"]) {
    assert.equal((await metricsOf(server.origin, { [name]: "127.0.0.1" })).status, 404);
  }
});

Deno.test("GET /metrics finds nothing behind a proxy that does not say it is one", async () => {
  await using server = await startFilmroll({ publicUrl: "https://film.example" });
  assert.equal((await metricsOf(server.origin)).status, 404);
  await using local = await startFilmroll();
  assert.equal(await metricsStatusAs("film.example", local.origin), 404);
  assert.equal(await metricsStatusAs("localhost:8000", local.origin), 200);
});

Deno.test("GET /metrics wants the token where one is set, from everywhere", async () => {
  const metricsToken = "a token for scrapers";
  await using server = await startFilmroll({ metricsToken });
  const asking = (authorization: string) =>
    metricsOf(server.origin, { authorization, "x-forwarded-for": "192.0.2.7" });
  assert.equal((await metricsOf(server.origin)).status, 404);
  assert.equal((await asking("Bearer a token for scrapers, or so")).status, 404);
  assert.equal((await asking(`Bearer ${metricsToken}`)).status, 200);
});

Deno.test("the event loop's lag is seen", async () => {
  await using server = await startFilmroll();
  const until = performance.now() + HOLD_MS;
  while (performance.now() < until) { /* Hold the event loop. */ }
  await eventually("a lag of more than 25 ms", async () => {
    const { text } = await metricsOf(server.origin);
    const all = valueOf(text, "filmroll_event_loop_lag_seconds_count") ?? 0;
    return all > (valueOf(text, 'filmroll_event_loop_lag_seconds_bucket{le="0.025"}') ?? all);
  });
});

Deno.test("with OTEL_DENO=true each request becomes a span", async () => {
  await using folder = await Folder.make();
  const spans = Promise.withResolvers<string>();
  await using collector = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const body = await request.text();
      if (request.url.endsWith("/v1/traces")) spans.resolve(body);
      return Response.json({});
    },
  );
  await using program = await startProgram({
    ...folder.environment,
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_BSP_SCHEDULE_DELAY: "100",
  });
  assert.equal((await fetch(`${program.origin}/healthz`)).status, 200);
  assert.match(await spans.promise, /\/healthz/);
});
