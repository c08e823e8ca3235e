import type { Image } from "../web/schemas.ts";

/** A box that pictures fill, in CSS: how wide it is on phones, and on what is wider. */
export interface Box {
  /** In hundredths of the window's width. */
  readonly phone: number;
  /** In pixels. */
  readonly desk: number;
  /** Its width by its height, where it crops what is wider. */
  readonly ratio?: number;
}

/** The column of a feed. Its boxes are as high as their picture, within bounds. */
export const COLUMN: Box = { phone: 100, desk: 630, ratio: 1.91 };
/** A tile of a grid. */
export const TILE: Box = { phone: 34, desk: 310, ratio: 1 };
/** A tile of the stories. */
export const STORY_TILE: Box = { phone: 46, desk: 180, ratio: 9 / 16 };
/** In a conversation. */
export const BUBBLE: Box = { phone: 70, desk: 288 };

/** How wide a picture is shown in a box that it covers: `sizes`, by which browsers choose a file. */
export function sizesIn({ phone, desk, ratio }: Box, { width, height }: Image): string {
  const own = width === null || height === null ? 0 : width / height;
  const cropped = ratio === undefined ? 1 : Math.max(1, own / ratio);
  const round = (length: number) => Math.round(length * cropped);
  return `(max-width: 639px) ${round(phone)}vw, ${round(desk)}px`;
}

const OWN = /^(\/media\/[0-9a-f]{64}\/)(\d+)\.jpg$/;
const SMALLEST = 320;

/** The smallest file of one of this server's own pictures; any other address as it is. */
export function smallest(url: string): string {
  const [, folder, width] = OWN.exec(url) ?? [];
  return folder === undefined ? url : `${folder}${Math.min(Number(width), SMALLEST)}.webp`;
}
