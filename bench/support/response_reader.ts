/** Where bytes come from: a `Deno.Conn`, or a fake in tests. `read` returns null at the end. */
export interface ByteSource {
  read(into: Uint8Array): Promise<number | null>;
}

/** What a load generator needs to know of a response. */
export interface ResponseSummary {
  status: number;
  /** Whether the connection can carry another request. */
  reusable: boolean;
}

/** The sender went away before its response was complete. */
export class ConnectionClosed extends Error {
  override name = "ConnectionClosed";
}

const CR = 13;
const LF = 10;
const latin1 = new TextDecoder("latin1");

/**
 * Reads the responses of one HTTP/1.1 connection one after another and throws their bodies away. Knows
 * `Content-Length`, `Transfer-Encoding: chunked`, bodies that end with the connection, and statuses without a body.
 */
export class ResponseReader {
  #source: ByteSource;
  #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * Reads the whole response to a request of the given method.
   *
   * @throws {ConnectionClosed} when the connection ends before the response does
   * @throws {Error} when the answer is not HTTP/1.1
   */
  async next(method: string): Promise<ResponseSummary> {
    let head: string;
    let status: number;
    do {
      head = this.#takeHead() ?? await this.#readHead();
      status = statusOf(head);
    } while (status < 200); // 100 Continue and 103 Early Hints announce the real one

    const closes = /^connection:[^\r]*\bclose\b/im.test(head);
    if (method === "HEAD" || status === 204 || status === 304) {
      return { status, reusable: !closes };
    }
    if (/^transfer-encoding:[^\r]*\bchunked\b/im.test(head)) {
      await this.#skipChunks();
      return { status, reusable: !closes };
    }
    const length = /^content-length:[ \t]*(\d+)/im.exec(head)?.[1];
    if (length !== undefined) {
      if (!this.#skipBuffered(Number(length))) await this.#skip(Number(length));
      return { status, reusable: !closes };
    }
    await this.#skipToEnd();
    return { status, reusable: false };
  }

  /** The head of the next response when all of it has arrived, without its empty line. */
  #takeHead(): string | undefined {
    const buffer = this.#buffer;
    for (let at = this.#start; at + 3 < this.#end; at++) {
      if (buffer[at] !== CR || buffer[at + 1] !== LF) continue;
      if (buffer[at + 2] !== CR || buffer[at + 3] !== LF) continue;
      const head = latin1.decode(buffer.subarray(this.#start, at));
      this.#start = at + 4;
      return head;
    }
    return undefined;
  }

  async #readHead(): Promise<string> {
    for (;;) {
      await this.#fill();
      const head = this.#takeHead();
      if (head !== undefined) return head;
    }
  }

  async #readLine(): Promise<string> {
    for (;;) {
      const at = this.#buffer.subarray(0, this.#end).indexOf(LF, this.#start);
      if (at !== -1) {
        const line = latin1.decode(this.#buffer.subarray(this.#start, at)).trimEnd();
        this.#start = at + 1;
        return line;
      }
      await this.#fill();
    }
  }

  async #skipChunks(): Promise<void> {
    for (;;) {
      const line = await this.#readLine();
      const size = parseInt(line, 16);
      if (Number.isNaN(size)) throw new Error(`A chunk starts with "${line}", not with its size`);
      if (size === 0) break;
      await this.#skip(size + 2);
    }
    while (await this.#readLine() !== ""); // trailers
  }

  #skipBuffered(bytes: number): boolean {
    if (this.#end - this.#start < bytes) return false;
    this.#start += bytes;
    return true;
  }

  async #skip(bytes: number): Promise<void> {
    let left = bytes;
    while (!this.#skipBuffered(left)) {
      left -= this.#end - this.#start;
      this.#start = this.#end;
      await this.#fill();
    }
  }

  async #skipToEnd(): Promise<void> {
    do {
      this.#start = this.#end = 0;
    } while (await this.#source.read(this.#buffer) !== null);
  }

  /** Adds to the buffered bytes what the source has next. */
  async #fill(): Promise<void> {
    if (this.#start > 0) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    if (this.#end === this.#buffer.length) {
      throw new Error(`A head or line of a response is longer than ${this.#buffer.length} bytes`);
    }
    const count = await this.#source.read(this.#buffer.subarray(this.#end));
    if (count === null) throw new ConnectionClosed("The connection ended within a response");
    this.#end += count;
  }
}

function statusOf(head: string): number {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  if (status === undefined) {
    throw new Error(`An answer starts with "${head.slice(0, 40)}", not with "HTTP/1.1"`);
  }
  return Number(status);
}
