/** Headers of every answer that is Server-Sent Events. */
export const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  // A compressor or a proxy that buffers would hold events back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** What may wait for a slow reader; more, and the stream is dropped. */
const LARGEST_BACKLOG = { bytes: 256 * 1024, frames: 1000 };

/** A stream of Server-Sent Events to one reader, which waits for nobody: its backlog is bounded. */
export class LiveStream {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #onEnd: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null;
  #backlog: Uint8Array[] = [];
  #bytes = 0;
  #wanted = false;

  /** @param onEnd called once, when the reader left or the stream was ended or dropped */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => {
        this.#wanted = true;
        this.#flush();
      },
      cancel: () => {
        this.#close();
      },
    }, { highWaterMark: 0 });
  }

  get ended(): boolean {
    return this.#controller === null;
  }

  /** Sends a frame, as soon as the reader takes it. */
  push(frame: Uint8Array): void {
    if (this.ended) return;
    this.#backlog.push(frame);
    this.#bytes += frame.length;
    this.#flush();
    if (this.#bytes > LARGEST_BACKLOG.bytes || this.#backlog.length > LARGEST_BACKLOG.frames) {
      // An error, so that the connection goes with all it still holds. Deno prints the reason.
      this.#close()?.error("A live stream was dropped, for its reader is too slow");
    }
  }

  /** Sends what waits, and closes. */
  end(): void {
    this.#send();
    this.#close()?.close();
  }

  #flush(): void {
    if (this.#wanted) this.#send();
  }

  /** Hands on what waits as one chunk. */
  #send(): void {
    if (this.#backlog.length === 0) return;
    const chunk = new Uint8Array(this.#bytes);
    let at = 0;
    for (const frame of this.#backlog) {
      chunk.set(frame, at);
      at += frame.length;
    }
    this.#wanted = false;
    this.#backlog = [];
    this.#bytes = 0;
    this.#controller?.enqueue(chunk);
  }

  #close(): ReadableStreamDefaultController | null {
    const controller = this.#controller;
    if (controller === null) return null;
    this.#controller = null;
    this.#backlog = [];
    this.#bytes = 0;
    this.#onEnd();
    return controller;
  }
}
