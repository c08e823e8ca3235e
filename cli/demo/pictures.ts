/**
 * Pictures for the demo community, painted anew from a number: nothing to license, nothing to download.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import { type Motif, MOTIFS } from "./pictures_motifs.ts";
import { portrait } from "./pictures_people.ts";
import type { Layer, Scene } from "./pictures_scene.ts";
import { addGrain, type Bitmap, bitmap, type Size, stack } from "./pictures_film.ts";
import { seeded } from "./pictures_paint.ts";

export type { Motif };

/** All motifs there are. */
export const motifs = Object.keys(MOTIFS) as readonly Motif[];

/** What a picture shall be like. */
export interface PictureOptions {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** What it shows; the seed chooses unless said otherwise. */
  motif?: Motif;
}

/** A picture as WebP. The same seed and options give the same picture. */
export function picture(seed: number, options: PictureOptions): Promise<Uint8Array> {
  const { width, height } = options;
  const motif = options.motif ?? motifs[Math.abs(seed) % motifs.length]!;
  return develop({ random: seeded(seed), width, height }, MOTIFS[motif].paint);
}

/** What a picture of the motif shows, for those who cannot see it. */
export function altText(motif: Motif): string {
  return MOTIFS[motif].alt;
}

/** A square portrait of somebody against the light, 400 pixels wide, as WebP. */
export function avatar(seed: number): Promise<Uint8Array> {
  return develop({ random: seeded(seed), width: 400, height: 400 }, portrait);
}

/** Renders the layers of a scene, lays them over each other, and adds grain. */
async function develop(
  scene: Scene,
  paint: (scene: Scene) => readonly Layer[],
): Promise<Uint8Array> {
  const sheets = await Promise.all(
    runs(paint(scene)).map(async (run) => {
      const exposed = await Promise.all(run.map((layer) => expose(scene, layer)));
      return exposed.length === 1
        ? exposed[0]!
        : stack(exposed, scaled(scene, Math.max(...run.map(scaleOf))));
    }),
  );
  const picture = stack(sheets, scene);
  addGrain(picture, seeded(scene.random.whole(0, 1e9)));
  return await encode(picture);
}

const scaleOf = ({ scale = 1 }: Layer) => scale;

const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.round(width * scale),
  height: Math.round(height * scale),
});

/** Groups neighbouring layers that are all soft: what is laid together while small costs little. */
function runs(layers: readonly Layer[]): Layer[][] {
  const grouped: Layer[][] = [];
  for (const layer of layers) {
    const last = grouped.at(-1);
    if (last && scaleOf(layer) < 1 && scaleOf(last[0]!) < 1) last.push(layer);
    else grouped.push([layer]);
  }
  return grouped;
}

/** Renders a layer at its scale of a picture of the given size. */
async function expose(size: Size, layer: Layer): Promise<Bitmap> {
  const scale = scaleOf(layer);
  const small = scaled(size, scale);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${small.width}" height="${small.height}" ` +
    `viewBox="0 0 ${size.width} ${size.height}" preserveAspectRatio="none">${layer.svg}</svg>`;
  let image = sharp(Buffer.from(svg)).ensureAlpha();
  if (layer.blur) image = image.blur(Math.max(0.3, layer.blur * scale));
  return bitmap(await image.raw().toBuffer(), small);
}

const MAX_BYTES = 120_000;

/** As WebP, at the best of three qualities that keeps it below {@linkcode MAX_BYTES}. */
async function encode({ data, width, height }: Bitmap): Promise<Uint8Array> {
  const image = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  const at = (quality: number) => image.clone().webp({ quality, effort: 2 }).toBuffer();
  for (const quality of [76, 56]) {
    const encoded = await at(quality);
    if (encoded.length <= MAX_BYTES) return encoded;
  }
  return await at(35);
}
