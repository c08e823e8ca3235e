/**
 * Many who listen to `/live` of one server, and one of them who likes a post again and again: measures
 * how long it takes until the others know. Reads a {@linkcode ListenersJob} from standard input and
 * writes {@linkcode Listened} to standard output.
 *
 * @module
 */

/** Who listens, and to what. */
export interface ListenersJob {
  readonly origin: string;
  /** An access token for each stream. */
  readonly tokens: readonly string[];
  /** The post that is liked. */
  readonly postId: number;
  /** So many of the streams listen to that post, the others to themselves alone. */
  readonly audience: number;
  readonly likes: number;
}

/** Milliseconds. */
export interface Listened {
  /** From opening the first stream until all are open. */
  readonly opening: number;
  /** For each like, from sending it until the first of the audience knows. */
  readonly first: readonly number[];
  /** For each like, from sending it until all of the audience know. */
  readonly last: readonly number[];
}

const AT_ONCE = 50;

async function listen(job: ListenersJob): Promise<Listened> {
  const { hostname, port, host } = new URL(job.origin);
  const decoder = new TextDecoder();
  let open = 0;
  let knowing = 0;
  let firstKnew = 0;
  let allOpen = Promise.withResolvers<void>();
  let allKnow = Promise.withResolvers<void>();

  async function read(connection: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(4096);
    for (;;) {
      const count = await connection.read(buffer).catch(() => null);
      if (count === null) return;
      const text = decoder.decode(buffer.subarray(0, count));
      if (text.includes('"type":"beat"')) {
        open++;
        allOpen.resolve();
        allOpen = Promise.withResolvers();
      }
      if (!text.includes('"type":"likes"')) continue;
      if (knowing++ === 0) firstKnew = performance.now();
      if (knowing === job.audience) allKnow.resolve();
    }
  }

  const began = performance.now();
  const connections: Deno.Conn[] = [];
  for (const [index, token] of job.tokens.entries()) {
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const topics = index < job.audience ? `?topics=post-${job.postId}` : "";
    const request =
      `GET /live${topics} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    await connection.write(new TextEncoder().encode(request));
    connections.push(connection);
    read(connection);
    while (connections.length - open >= AT_ONCE) await allOpen.promise;
  }
  while (open < job.tokens.length) await allOpen.promise;
  const opening = performance.now() - began;

  const first: number[] = [];
  const last: number[] = [];
  for (let like = 0; like < job.likes; like++) {
    knowing = 0;
    allKnow = Promise.withResolvers();
    const sent = performance.now();
    const response = await fetch(`${job.origin}/api/posts/${job.postId}/likes`, {
      method: "POST",
      headers: { authorization: `Bearer ${job.tokens[0]}` },
    });
    await response.body?.cancel();
    await allKnow.promise;
    first.push(firstKnew - sent);
    last.push(performance.now() - sent);
  }
  for (const connection of connections) connection.close();
  return { opening, first, last };
}

if (import.meta.main) {
  const job: ListenersJob = await new Response(Deno.stdin.readable).json();
  console.log(JSON.stringify(await listen(job)));
}
