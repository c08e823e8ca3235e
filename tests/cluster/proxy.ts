/** A round-robin proxy, as small as one can be: what stands before several nodes. */

/** A proxy on a port of this machine. */
export interface Proxy extends AsyncDisposable {
  readonly origin: string;
  /** How many requests each node has answered, in the nodes' order. */
  readonly answered: readonly number[];
}

/**
 * Hands each request to the next node; where that takes no connection, to the one after it. A request
 * that a node took and did not answer may have acted: only those that change nothing are sent to
 * another, the rest are answered 502.
 *
 * @param nodes their origins
 */
export function startProxy(nodes: readonly string[]): Proxy {
  const answered = nodes.map(() => 0);
  let turn = 0;

  async function handle(request: Request, { remoteAddr }: Deno.ServeHandlerInfo<Deno.NetAddr>) {
    const { pathname, search, host } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set("x-forwarded-for", remoteAddr.hostname);
    headers.set("x-forwarded-proto", "http");
    headers.set("x-forwarded-host", host);
    const { method } = request;
    const body = request.body === null ? null : await request.bytes();
    const first = turn++;
    for (let tried = 0; tried < nodes.length; tried++) {
      const node = (first + tried) % nodes.length;
      try {
        const init = { method, headers, body, redirect: "manual" } as const;
        const response = await fetch(nodes[node] + pathname + search, init);
        answered[node]!++;
        return response;
      } catch (error) {
        const mayHaveActed = !isRefused(error) && method !== "GET" && method !== "HEAD";
        if (mayHaveActed) break;
      }
    }
    return new Response(null, { status: 502 });
  }

  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal: stop.signal },
    handle,
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    answered,
    async [Symbol.asyncDispose]() {
      // Streams would go on as long as somebody listens.
      stop.abort();
      await server.finished;
    },
  };
}

/** Whether no connection came about, so that nothing was sent. */
const isRefused = (error: unknown) =>
  error instanceof TypeError && error.message.includes("client error (Connect)");
