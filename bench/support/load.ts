/**
 * A load generator for benchmarks: HTTP/1.1 with keep-alive over plain TCP, in a process of its own. (A Worker would not
 * do: its sockets are polled by the main thread, which is the server's.) It is bounded: so many connections, one request
 * at a time on each, for so long.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** One request to send. */
export interface LoadRequest {
  /** GET unless said otherwise. */
  method?: string;
  /** Path with query. */
  path: string;
  /** Beside `Host` and `Content-Length`, which are added. */
  headers?: Record<string, string>;
  body?: string;
}

/** When to stop: after so many seconds, or so many requests over all connections. */
export type LoadLimit = { seconds: number } | { requests: number };

/** What to send, and how much of it. */
export interface LoadOptions {
  /** Origin of the server, like `http://127.0.0.1:8000`. */
  url: string;
  /** Connections in use at a time, each with one request in flight. */
  connections: number;
  until: LoadLimit;
  /** The requests that a connection (counted from 0) sends in turn, over and over. At least one. */
  cycle: (connection: number) => readonly LoadRequest[];
  /** Give up when it takes longer than this beyond `until.seconds`; 60 unless said otherwise. */
  patienceSeconds?: number;
}

/** What came of it. Times are in milliseconds, from sending a request to having read all of its response. */
export interface LoadResult {
  requests: number;
  /** Responses other than 2xx, and connections that broke within a request. */
  failed: number;
  seconds: number;
  /** All requests, also failed ones, by `seconds`. */
  perSecond: number;
  p50: number;
  p99: number;
  /** How many responses had which status; 0 stands for a broken connection. */
  statuses: Record<number, number>;
}

/** What the generating process reads from its standard input. */
export interface LoadJob {
  url: string;
  /** For each connection, the requests that it sends in turn. */
  cycles: (readonly LoadRequest[])[];
  until: LoadLimit;
}

/**
 * Puts a server under load and measures it.
 *
 * @throws {Error} when the server cannot be reached, does not speak HTTP/1.1, or does not answer in time
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { protocol, hostname, port } = new URL(options.url);
  if (protocol !== "http:") {
    throw new TypeError(`The load generator speaks "http:", and the URL is "${options.url}"`);
  }
  const cycles = Array.from({ length: options.connections }, (_, index) => options.cycle(index));
  if (cycles.some((cycle) => cycle.length === 0)) {
    throw new TypeError("A connection has no request to send, and it needs at least one");
  }
  const job: LoadJob = { url: options.url, cycles, until: options.until };
  const seconds = ("seconds" in options.until ? options.until.seconds : 0) +
    (options.patienceSeconds ?? 60);

  const timeout = AbortSignal.timeout(seconds * 1000);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--no-lock",
      "--quiet",
      `--allow-net=${hostname}:${port || 80}`,
      fileURLToPath(new URL("./load_process.ts", import.meta.url)),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: timeout,
  }).spawn();
  const [, { success, stdout, stderr }] = await Promise.all([
    new Response(JSON.stringify(job)).body!.pipeTo(child.stdin).catch(() => {}),
    child.output(),
  ]);
  if (timeout.aborted) throw new Error(`The load was not served within ${seconds} seconds`);
  if (!success) throw new Error(`The load failed: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
