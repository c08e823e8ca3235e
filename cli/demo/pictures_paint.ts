/**
 * What the motifs of the demo pictures are painted with: seeded chance, colours, outlines and SVG snippets.
 *
 * @module
 */

/** Chance that repeats itself: two of the same seed give the same numbers. */
export interface Random {
  /** A number from `low` up to, not including, `high`. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** Bell-shaped around 0 with a deviation of 1. */
  normal(): number;
  /** Whether something of the given probability happens. */
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** The Mulberry32 generator. Any number will do as a seed. */
export function seeded(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + next() * (high - low);
  return {
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  };
}

/** A colour as `#rrggbb`. */
export type Colour = string;

/** The colour a share `t` (0–1) of the way from one to another. */
export function mix(from: Colour, to: Colour, t: number): Colour {
  const channel = (at: number) => {
    const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a! + (b! - a!) * Math.min(1, Math.max(0, t))).toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

export const lighten = (colour: Colour, t: number) => mix(colour, "#ffffff", t);
export const darken = (colour: Colour, t: number) => mix(colour, "#000000", t);

/** A stop of a gradient: where (0–1), which colour, how opaque. */
export type Stop = [offset: number, colour: Colour, opacity?: number];

const stops = (list: readonly Stop[]) =>
  list.map(([offset, colour, opacity = 1]) =>
    `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`
  ).join("");

/** A gradient from top to bottom of what it fills, or along `direction` (x1, y1, x2, y2 in shares of it). */
export function linear(
  id: string,
  list: readonly Stop[],
  [x1, y1, x2, y2]: readonly [number, number, number, number] = [0, 0, 0, 1],
): string {
  return `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${
    stops(list)
  }</linearGradient>`;
}

/** A round gradient whose middle lies at (cx, cy), in shares of what it fills. */
export function radial(id: string, list: readonly Stop[], cx = 0.5, cy = 0.5, r = 0.5): string {
  return `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${
    stops(list)
  }</radialGradient>`;
}

/** A filter that turns what it is applied to into drifts of one colour: cloud, fog, or a wall's stains. */
export function drifts(id: string, options: {
  colour: Colour;
  /** How often the drifts repeat by pixel of the picture, across and down. */
  frequency: readonly [number, number];
  seed: number;
  /** How much of the area stays clear, 0–1. */
  clear?: number;
  contrast?: number;
  octaves?: number;
}): string {
  const { colour, frequency, seed, clear = 0.45, contrast = 2.4, octaves = 4 } = options;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  return `<filter id="${id}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">` +
    `<feTurbulence type="fractalNoise" baseFrequency="${
      frequency.join(" ")
    }" numOctaves="${octaves}" seed="${seed}"/>` +
    `<feColorMatrix values="0 0 0 0 ${r} 0 0 0 0 ${g} 0 0 0 0 ${b} ${contrast} 0 0 0 ${
      -clear * contrast
    }"/>` +
    `<feComposite in2="SourceGraphic" operator="in"/></filter>`;
}

/** A smooth curve of chance through the real numbers, from -1 to 1, that turns about once a unit. */
export function wave(random: Random): (x: number) => number {
  const values = Array.from({ length: 256 }, () => random.between(-1, 1));
  return (x) => {
    const left = Math.floor(x);
    const t = x - left;
    const [a, b] = [values[left & 255]!, values[(left + 1) & 255]!];
    return a + (b - a) * t * t * (3 - 2 * t);
  };
}

/** Waves upon waves, each finer and lower: the outline of land. From -1 to 1. */
export function terrain(random: Random, octaves: number, fading = 0.5): (x: number) => number {
  const layers = Array.from({ length: octaves }, () => wave(random));
  const total = layers.reduce((sum, _, i) => sum + fading ** i, 0);
  return (x) => layers.reduce((sum, layer, i) => sum + layer(x * 2 ** i) * fading ** i, 0) / total;
}

/** A closed path below the outline `y(x)` (x and y in pixels), down to `bottom`. */
export function below(y: (x: number) => number, width: number, bottom: number, step = 6): string {
  const points: string[] = [];
  for (let x = -step; x <= width + step; x += step) points.push(`${x} ${y(x).toFixed(1)}`);
  return `M${points.join("L")}L${width + step} ${bottom}L${-step} ${bottom}Z`;
}

/** How often something is drawn: the results for 0 to `count - 1`, joined. */
export function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join("");
}
