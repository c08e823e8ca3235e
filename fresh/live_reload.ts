/** Tells the pages that are open when to reload. */
export class LiveReload {
  /** Names the state of the program: a page reloads when it hears another one than before. */
  #version = crypto.randomUUID();
  readonly #pages = new Set<ReadableStreamDefaultController<Uint8Array>>();

  /** A stream of events for a page; the first says what the version is. */
  subscribe(): Response {
    let page: ReadableStreamDefaultController<Uint8Array>;
    const events = new ReadableStream<Uint8Array>({
      start: (controller) => {
        page = controller;
        this.#pages.add(page);
        page.enqueue(this.#event());
      },
      cancel: () => {
        this.#pages.delete(page);
      },
    });
    return new Response(events, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    });
  }

  /** Reloads all pages. */
  changed(): void {
    this.#version = crypto.randomUUID();
    for (const page of this.#pages) page.enqueue(this.#event());
  }

  /** Ends all streams. */
  close(): void {
    for (const page of this.#pages) page.close();
    this.#pages.clear();
  }

  #event(): Uint8Array {
    return new TextEncoder().encode(`retry: 200\ndata: ${this.#version}\n\n`);
  }
}

/** Editors write a file in several steps: a change counts when there was none for this long, in ms. */
const SETTLE_TIME = 50;

/** Calls `changed` after files in the folders have changed. Folders that do not exist are left out. */
export function watch(
  folders: readonly string[],
  changed: () => void,
): Disposable & { close(): void } {
  const watcher = Deno.watchFs(folders.filter(exists));
  let timer: ReturnType<typeof setTimeout> | undefined;
  (async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLE_TIME);
    }
  })();
  const close = () => {
    clearTimeout(timer);
    watcher.close();
  };
  return { close, [Symbol.dispose]: close };
}

function exists(folder: string): boolean {
  try {
    return Deno.statSync(folder).isDirectory;
  } catch {
    return false;
  }
}
