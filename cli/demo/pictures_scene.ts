/**
 * What every motif is made of: a scene to paint on, the layers of a picture, and light.
 *
 * What lies out of focus is a layer of its own, rendered small and blurred, as a lens would have it.
 *
 * @module
 */
import { type Colour, lighten, linear, radial, type Random, repeat } from "./pictures_paint.ts";

/** What a motif paints on: sizes are pixels. */
export interface Scene {
  random: Random;
  width: number;
  height: number;
}

/** Part of a picture, transparent but for what it shows. */
export interface Layer {
  /** Content of an `<svg>` whose unit is the picture's pixel. */
  svg: string;
  /** Share of the size that it is rendered at; 1 unless said otherwise. */
  scale?: number;
  /** Deviation of the blur in the picture's pixels; 0 unless said otherwise. */
  blur?: number;
}

export interface MotifEntry {
  /** What the picture shows, in a sentence. */
  alt: string;
  paint: (scene: Scene) => Layer[];
}

export const all = `width="100%" height="100%"`;

/** Fills the picture with a gradient from top to bottom. */
export function backdrop(colours: readonly Colour[]): string {
  const stops = colours.map((colour, i) => [i / (colours.length - 1), colour] as const);
  return `<defs>${linear("backdrop", stops.map(([at, colour]) => [at, colour]))}</defs>` +
    `<rect ${all} fill="url(#backdrop)"/>`;
}

/** A light that shines out around (x, y). */
export function glow(
  id: string,
  x: number,
  y: number,
  r: number,
  colour: Colour,
  strength = 1,
): string {
  return `<defs>${
    radial(id, [[0, colour, strength], [0.25, colour, strength * 0.5], [
      0.6,
      colour,
      strength * 0.12,
    ], [1, colour, 0]])
  }</defs><circle cx="${x}" cy="${y}" r="${r}" fill="url(#${id})"/>`;
}

/** Darkens the corners. */
export function vignette(strength = 0.35): Layer {
  return {
    scale: 0.1,
    svg: `<defs>${
      radial("vignette", [[0.55, "#000000", 0], [1, "#000000", strength]], 0.5, 0.48, 0.78)
    }</defs><rect ${all} fill="url(#vignette)"/>`,
  };
}

/** Lights out of focus: discs with a brighter rim. */
export function bokeh(
  { random, width }: Scene,
  count: number,
  colours: readonly [Colour, ...Colour[]],
  place: () => [x: number, y: number],
  size: readonly [number, number],
): string {
  return repeat(count, () => {
    const [x, y] = place();
    const r = random.between(...size) * width;
    const colour = random.pick(colours);
    const strength = random.between(0.25, 0.75);
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}" fill-opacity="${
      strength * 0.6
    }" ` +
      `stroke="${lighten(colour, 0.3)}" stroke-opacity="${strength}" stroke-width="${r * 0.09}"/>`;
  });
}
