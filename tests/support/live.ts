/** Somebody who listens to `/live`, as a program does. */
import type { LiveMessage, LiveType } from "../../web/live/events.ts";

/** A message, and the id that came with it; null of what is not recorded. */
export type Heard = LiveMessage & { readonly id: number | null };

export interface LiveReader extends AsyncDisposable {
  readonly status: number;
  /** Everything heard so far. */
  readonly heard: readonly Heard[];
  /** Id of the last message that had one. */
  readonly lastId: number | null;
  /** Resolves once the server has ended the stream, or broken it. */
  readonly ended: Promise<void>;
  /** The first message of a type, of those already heard and of those to come. */
  first<Type extends LiveType>(type: Type): Promise<Extract<Heard, { type: Type }>>;
  /** Resolves once so many messages of a type were heard. */
  count(type: LiveType, howMany: number): Promise<void>;
}

function parse(block: string): Heard | null {
  const data = /^data: (.*)$/m.exec(block)?.[1];
  const id = /^id: (\d+)$/m.exec(block)?.[1];
  return data === undefined
    ? null
    : { ...JSON.parse(data), id: id === undefined ? null : Number(id) };
}

/** Opens a stream with the headers that say who listens. */
export async function listen(
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<LiveReader> {
  const { status, body } = await fetch(address, { headers });
  return Object.assign(readLive(body!), { status });
}

/** Listens to a stream that is open. */
export function readLive(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Omit<LiveReader, "status"> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const heard: Heard[] = [];
  let lastId: number | null = null;
  let told = Promise.withResolvers<void>();

  async function read(): Promise<void> {
    let text = "";
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const blocks = (text + chunk.value).split("\n\n");
      text = blocks.pop()!;
      for (const message of blocks.map(parse)) {
        if (message === null) continue;
        heard.push(message);
        lastId = message.id ?? lastId;
      }
      told.resolve();
      told = Promise.withResolvers();
    }
  }

  let isOver = false;
  const ended = read().catch(() => {}).then(() => {
    isOver = true;
    told.resolve();
  });
  const until = async <Result>(find: () => Result | undefined): Promise<Result> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (isOver) throw new Error(`The stream ended after ${JSON.stringify(heard)}`);
      await told.promise;
    }
  };

  return {
    heard,
    get lastId() {
      return lastId;
    },
    ended,
    first: (type) => until(() => heard.find((one) => one.type === type)) as Promise<never>,
    count: (type, howMany) =>
      until(() => heard.filter((one) => one.type === type).length >= howMany || undefined)
        .then(() => {}),
    async [Symbol.asyncDispose]() {
      await reader.cancel().catch(() => {});
      await ended;
    },
  };
}
