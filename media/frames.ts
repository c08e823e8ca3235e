import type { Buffer } from "node:buffer";

/** A decoded picture: upright, in sRGB, a byte a channel, one frame below the other. */
export interface Frames {
  readonly data: Buffer;
  readonly channels: 1 | 2 | 3 | 4;
  readonly width: number;
  /** Of one frame. */
  readonly height: number;
  readonly count: number;
  /** How long each frame is shown, in milliseconds, and how often all are; 0 is without end. */
  readonly timing: { readonly delay: number[]; readonly loop: number };
}

export function firstOf(frames: Frames): Frames {
  const { data, width, height, channels } = frames;
  return { ...frames, data: data.subarray(0, width * height * channels), count: 1 };
}
