import type { Buffer } from "node:buffer";
import type { Metadata } from "sharp";

/** A decoded picture: upright, in sRGB, a byte a channel, one frame below the other. */
export interface Frames {
  readonly data: Buffer;
  readonly channels: 1 | 2 | 3 | 4;
  readonly width: number;
  /** Of one frame. */
  readonly height: number;
  readonly count: number;
  readonly timing: Pick<Metadata, "delay" | "loop">;
}

export function firstOf(frames: Frames): Frames {
  const { data, width, height, channels } = frames;
  return { ...frames, data: data.subarray(0, width * height * channels), count: 1 };
}
