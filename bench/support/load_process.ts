/** The process behind `load.ts`: reads a {@linkcode LoadJob} as JSON, writes a {@linkcode LoadResult} as JSON. */
import type { LoadJob, LoadLimit, LoadRequest, LoadResult } from "./load.ts";
import { ConnectionClosed, ResponseReader } from "./response_reader.ts";

/** A request ready to be sent. */
interface Prebuilt {
  method: string;
  bytes: Uint8Array;
}

/** What a run records. */
interface Recording {
  /** In milliseconds, one a request, in the order answered. */
  latencies: number[];
  /** How many responses had which status; 0 stands for a broken connection. */
  statuses: Record<number, number>;
  seconds: number;
}

/** The bytes of a request as they go over the wire. */
export function encodeRequest(host: string, request: LoadRequest): Uint8Array {
  const encoder = new TextEncoder();
  const body = encoder.encode(request.body ?? "");
  const headers = {
    Host: host,
    ...request.headers,
    ...(request.body === undefined ? {} : { "Content-Length": String(body.length) }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = encoder.encode(
    `${request.method ?? "GET"} ${request.path} HTTP/1.1\r\n${lines.join("")}\r\n`,
  );
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** Counts and quantiles of a recording. */
export function summarize({ latencies, statuses, seconds }: Recording): LoadResult {
  const sorted = Float64Array.from(latencies).sort();
  const succeeded = Object.entries(statuses)
    .filter(([status]) => status.startsWith("2"))
    .reduce((sum, [, count]) => sum + count, 0);
  return {
    requests: sorted.length,
    failed: sorted.length - succeeded,
    seconds,
    perSecond: sorted.length / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    statuses,
  };
}

/** The nearest-rank quantile of ascending numbers; 0 when there are none. */
function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? 0;
}

/** Sends the requests of `cycles`, each cycle on a connection of its own, until the limit. */
async function run(server: URL, cycles: Prebuilt[][], until: LoadLimit): Promise<Recording> {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const connect = async () => {
    const hostname = server.hostname.replace(/^\[|\]$/g, "");
    const connection = await Deno.connect({ hostname, port: Number(server.port || 80) });
    connection.setNoDelay();
    return { connection, reader: new ResponseReader(connection) };
  };
  const opened = await Promise.all(cycles.map(connect));

  const start = performance.now();
  const limit = "requests" in until ? until.requests : Infinity;
  const deadline = "seconds" in until ? start + until.seconds * 1000 : Infinity;
  let sent = 0;

  await Promise.all(opened.map(async ({ connection, reader }, index) => {
    const cycle = cycles[index]!;
    for (let turn = 0; sent < limit; turn++) {
      const before = performance.now();
      if (before >= deadline) break;
      sent++;
      const { status, reusable } = await exchange(connection, reader, cycle[turn % cycle.length]!);
      latencies.push(performance.now() - before);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (!reusable) {
        connection.close();
        ({ connection, reader } = await connect());
      }
    }
    connection.close();
  }));
  return { latencies, statuses, seconds: (performance.now() - start) / 1000 };
}

/** Sends a request and reads its response; status 0 when the connection broke. */
async function exchange(
  connection: Deno.Conn,
  reader: ResponseReader,
  { method, bytes }: Prebuilt,
): Promise<{ status: number; reusable: boolean }> {
  try {
    let written = await connection.write(bytes);
    while (written < bytes.length) written += await connection.write(bytes.subarray(written));
    return await reader.next(method);
  } catch (error) {
    const broken = error instanceof ConnectionClosed ||
      error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe;
    if (!broken) throw error;
    return { status: 0, reusable: false };
  }
}

if (import.meta.main) {
  const job: LoadJob = await new Response(Deno.stdin.readable).json();
  const server = new URL(job.url);
  const cycles = job.cycles.map((cycle) =>
    cycle.map((request) => ({
      method: request.method ?? "GET",
      bytes: encodeRequest(server.host, request),
    }))
  );
  try {
    console.log(JSON.stringify(summarize(await run(server, cycles, job.until))));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
