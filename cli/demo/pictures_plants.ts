/**
 * Motifs of plants.
 *
 * @module
 */
import { type Colour, darken, lighten, mix, type Random, repeat } from "./pictures_paint.ts";
import { backdrop, bokeh, glow, type Layer, type Scene, vignette } from "./pictures_scene.ts";

/** A leaf from (0, 0) upwards, its halves lit unequally, with veins. */
export function leaf(length: number, width: number, colour: Colour, veins: number): string {
  const half = (side: number) =>
    `M0 0C${side * width} ${-length * 0.28} ${side * width * 0.85} ${-length * 0.75} 0 ${-length}Z`;
  const lines = repeat(veins, (i) => {
    const y = -length * (0.14 + (0.68 * i) / veins);
    const reach = width * 0.6 * Math.sin(Math.PI * (0.2 + (0.7 * i) / veins));
    return `M0 ${y}L${reach} ${y - length * 0.1}M0 ${y}L${-reach} ${y - length * 0.1}`;
  });
  return `<path d="${half(1)}" fill="${colour}"/><path d="${half(-1)}" fill="${
    lighten(colour, 0.17)
  }"/>` +
    `<path d="${lines}" stroke="${lighten(colour, 0.42)}" stroke-width="${
      length * 0.007
    }" fill="none" stroke-opacity="0.45"/>` +
    `<path d="M0 0V${-length * 0.96}" stroke="${lighten(colour, 0.5)}" stroke-width="${
      length * 0.014
    }" stroke-opacity="0.7"/>`;
}

/** A bent twig from (x, y) with leaves on either side. */
export function twig(
  random: Random,
  at: { x: number; y: number; angle: number; length: number },
  leaves: { count: number; size: number; slim: number; colours: readonly [Colour, ...Colour[]] },
): string {
  const { x, y, angle, length } = at;
  const bend = random.between(-0.5, 0.5);
  const point = (t: number) => {
    const turn = angle + bend * t;
    return [x + Math.sin(turn) * length * t, y - Math.cos(turn) * length * t, turn] as const;
  };
  const stem = Array.from({ length: 21 }, (_, i) => point(i / 20).slice(0, 2).join(" ")).join("L");
  const blades = repeat(leaves.count, (i) => {
    const t = 0.12 + (0.88 * (i + 1)) / leaves.count;
    const [px, py, turn] = point(t);
    const last = i === leaves.count - 1;
    const side = last ? 0 : (i % 2 ? 1 : -1) * random.between(0.7, 1.15);
    const size = leaves.size * (1.1 - 0.45 * t) * random.between(0.85, 1.12);
    return `<g transform="translate(${px} ${py}) rotate(${((turn + side) * 180) / Math.PI})">${
      leaf(size, size * leaves.slim * random.between(0.8, 1.15), random.pick(leaves.colours), 7)
    }</g>`;
  });
  return `<path d="M${stem}" stroke="${darken(leaves.colours[0], 0.35)}" stroke-width="${
    leaves.size * 0.045
  }" stroke-linecap="round" fill="none"/>${blades}`;
}

export function leaves(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [back, colours] = random.pick<[[Colour, Colour, Colour], [Colour, ...Colour[]]]>([
    [["#dfe9c6", "#8fae6a", "#2c4a2b"], ["#3f7a3a", "#56924a", "#2f6236", "#78a955"]],
    [["#f7e0b0", "#d98e4a", "#5a2c1e"], ["#b4481f", "#d2762b", "#8f2f1e", "#e0a03a"]],
    [["#e9efe9", "#b3c7bd", "#6d8a84"], ["#5f8378", "#7b9c8e", "#4a6e66", "#93b1a2"]],
    [["#1c3330", "#0f2422", "#071413"], ["#1e5a44", "#2a7355", "#174636", "#3b8a63"]],
  ]);
  const from = random.chance(0.5) ? -1 : 1;
  const branch = (count: number, size: number): string =>
    repeat(count, (i) =>
      twig(random, {
        x: width * (0.5 - from * random.between(0.35, 0.6)),
        y: height * (1.08 - (0.34 * i) / count),
        angle: from * (0.35 + (0.75 * i) / count) + random.between(-0.12, 0.12),
        length: height * random.between(0.6, 0.95),
      }, { count: 11, size: size * width, slim: random.between(0.2, 0.3), colours }));
  return [
    {
      scale: 0.15,
      blur: 26,
      svg: backdrop(back) +
        glow("sun", width * (0.5 + from * 0.3), height * 0.15, width * 0.7, "#fffbe0", 0.8) +
        bokeh(
          scene,
          30,
          [lighten(back[1], 0.4), back[0]],
          () => [random.between(0, width), random.between(0, height)],
          [0.02, 0.07],
        ),
    },
    { scale: 0.25, blur: 10, svg: `<g opacity="0.65">${branch(3, 0.3)}</g>` },
    { svg: branch(2, 0.23) },
    { scale: 0.2, svg: glow("flare", width * (0.5 + from * 0.45), 0, width * 0.8, "#fff6d0", 0.4) },
    vignette(0.3),
  ];
}

/** A poppy seen from the side, its stem down to `foot`. */
function poppy(
  random: Random,
  x: number,
  y: number,
  r: number,
  foot: number,
  colour: Colour,
): string {
  const sway = random.between(-0.9, 0.9) * r;
  const petal = (dx: number, shade: number) =>
    `<path d="M${x} ${y + r * 0.55}C${x + dx * r * 1.5} ${y + r * 0.5} ${x + dx * r * 1.35} ${
      y - r * 0.75
    } ${x + dx * r * 0.35} ${y - r * 0.72}C${x - dx * r * 0.1} ${y - r * 0.95} ${
      x - dx * r * 0.25
    } ${y - r * 0.1} ${x} ${y + r * 0.55}Z" fill="${
      mix(colour, shade > 0 ? "#ffffff" : "#2a0508", Math.abs(shade))
    }"/>`;
  return `<path d="M${x} ${y + r * 0.4}Q${x + sway} ${(y + foot) / 2} ${
    x + sway * 0.6
  } ${foot}" stroke="#4e6b35" stroke-width="${r * 0.09}" fill="none"/>${petal(1, -0.22)}${
    petal(-1, -0.12)
  }` +
    `<path d="M${x - r * 0.95} ${y - r * 0.1}C${x - r * 0.8} ${y + r * 0.85} ${x + r * 0.8} ${
      y + r * 0.85
    } ${x + r * 0.95} ${y - r * 0.1}C${x + r * 0.5} ${y + r * 0.22} ${x + r * 0.2} ${
      y - r * 0.02
    } ${x} ${y + r * 0.12}C${x - r * 0.3} ${y - r * 0.05} ${x - r * 0.55} ${y + r * 0.2} ${
      x - r * 0.95
    } ${y - r * 0.1}Z" fill="${lighten(colour, 0.13)}"/>`;
}

export function meadow(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [sky, field, flowers] = random.pick<
    [[Colour, Colour], [Colour, Colour], [Colour, ...Colour[]]]
  >([
    [["#f2b880", "#fde9c2"], ["#c9b56b", "#3e4a25"], ["#d8361f", "#e65a2a", "#c72a24"]],
    [["#9cc4d8", "#eef3e6"], ["#a7b86a", "#33502c"], ["#d9334a", "#e8657a", "#f2a0a8"]],
    [["#8a7fb5", "#f4c9b4"], ["#9a8f6a", "#2c3328"], ["#7a5cc2", "#9a7fe0", "#c9a8f0"]],
    [["#bcd6df", "#fff7e0"], ["#b9c070", "#46602f"], ["#f4b41f", "#f7cf4a", "#f09a1c"]],
  ]);
  const row = (count: number, r: number, low: number, high: number) =>
    repeat(count, () => {
      const size = width * r * random.between(0.7, 1.15);
      return poppy(
        random,
        random.between(-0.02, 1.02) * width,
        height * random.between(low, high),
        size,
        height * 1.1,
        random.pick(flowers),
      );
    });
  const grass = (count: number, tall: number, thick: number) =>
    repeat(count, () => {
      const x = random.between(0, width);
      const lean = random.normal() * width * 0.04;
      const top = height * (1 - tall * random.between(0.5, 1));
      return `<path d="M${x} ${height}Q${x} ${(height + top) / 2} ${x + lean} ${top}" stroke="${
        mix(field[0], field[1], random.between(0.2, 0.9))
      }" stroke-width="${thick}"/>`;
    });
  return [
    {
      scale: 0.15,
      blur: 22,
      svg: backdrop([sky[0], sky[1], sky[1], field[0], field[1], darken(field[1], 0.2)]) +
        glow("sun", width * random.between(0.2, 0.8), height * 0.26, width * 0.6, "#fffbe6", 0.95) +
        `<ellipse cx="${width * 0.2}" cy="${height * 0.45}" rx="${width * 0.4}" ry="${
          height * 0.035
        }" fill="${field[1]}" fill-opacity="0.5"/>` +
        `<ellipse cx="${width * 0.85}" cy="${height * 0.44}" rx="${width * 0.35}" ry="${
          height * 0.045
        }" fill="${field[1]}" fill-opacity="0.45"/>`,
    },
    {
      scale: 0.25,
      blur: 9,
      svg: `<g fill="none">${grass(120, 0.48, 6)}</g>${row(60, 0.02, 0.5, 0.75)}`,
    },
    {
      scale: 0.35,
      blur: 4,
      svg: `<g fill="none">${grass(90, 0.45, 5)}</g>${row(20, 0.036, 0.56, 0.8)}`,
    },
    { svg: `<g fill="none">${grass(130, 0.42, 3.4)}</g>${row(6, 0.066, 0.42, 0.74)}` },
    { scale: 0.15, blur: 26, svg: row(4, 0.14, 0.92, 1.05) },
    vignette(0.28),
  ];
}
