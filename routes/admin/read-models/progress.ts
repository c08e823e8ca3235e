import { setTimeout } from "node:timers/promises";
import { STREAM_HEADERS } from "../../../web/live/stream.ts";
import { define } from "../../../web/state.ts";
import type { Operating } from "../../../web/watching/operating.ts";

const LOOK_MS = 200;

/** How far the rebuild under way is, as Server-Sent Events; "done" is the last. */
export const handler = define.handlers({
  GET: ({ state: { operating } }) =>
    new Response(ReadableStream.from(progress(operating)).pipeThrough(new TextEncoderStream()), {
      headers: STREAM_HEADERS,
    }),
});

async function* progress(operating: Operating): AsyncGenerator<string> {
  for (;;) {
    const { rebuild } = await operating.status();
    if (rebuild === null) break;
    yield `data: ${JSON.stringify(rebuild)}\n\n`;
    await setTimeout(LOOK_MS);
  }
  yield "event: done\ndata: null\n\n";
}
