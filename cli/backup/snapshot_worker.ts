/** Copies a database beside the thread that asks, so that this can show how far it is. */
import { copySnapshot } from "../../domain/event_store/sqlite/snapshot.ts";
import type { Copied } from "./snapshot.ts";

const answer = (copied: Copied) => self.postMessage(copied);

self.onmessage = ({ data: { path, copy } }: MessageEvent<{ path: string; copy: string }>) => {
  try {
    answer({ head: copySnapshot(path, copy) });
  } catch (error) {
    answer({ failure: (error as Error).message });
  }
};
