/**
 * Motifs of the city after dark.
 *
 * @module
 */
import { type Colour, darken, drifts, lighten, linear, mix, repeat } from "./pictures_paint.ts";
import { all, backdrop, bokeh, glow, type Layer, type Scene, vignette } from "./pictures_scene.ts";

const LAMPS: [Colour, ...Colour[]] = [
  "#ffb347",
  "#ff8c42",
  "#ffd38a",
  "#ff5d5d",
  "#6fd6ff",
  "#ffe9c4",
  "#c78bff",
];

/** Towers with lit windows along the skyline, far ones paler. */
function towers(
  { random, width, height }: Scene,
  base: number,
  colour: Colour,
  tall: number,
): string {
  let x = -width * 0.03;
  let svg = "";
  while (x < width) {
    const w = width * random.between(0.05, 0.13);
    const h = height * tall * random.between(0.4, 1);
    svg += `<rect x="${x}" y="${base - h}" width="${w}" height="${height}" fill="${colour}"/>`;
    if (random.chance(0.3)) {
      svg += `<rect x="${x + w / 2}" y="${base - h * 1.13}" width="3" height="${
        h * 0.2
      }" fill="${colour}"/>`;
    }
    const cell = width * 0.0135;
    for (let wx = x + cell * 0.6; wx < x + w - cell; wx += cell) {
      for (let wy = base - h + cell; wy < base; wy += cell * 1.45) {
        if (!random.chance(0.32)) continue;
        svg += `<rect x="${wx.toFixed(1)}" y="${wy.toFixed(1)}" width="${
          (cell * 0.55).toFixed(1)
        }" height="${(cell * 0.8).toFixed(1)}" fill="${
          random.pick(["#ffd690", "#ffc067", "#fff0cf", "#9fd8ff"])
        }" fill-opacity="${random.between(0.35, 1).toFixed(2)}"/>`;
      }
    }
    x += w * random.between(0.92, 1.15);
  }
  return svg;
}

export function city(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const sky = random.pick<[Colour, Colour, Colour]>([
    ["#101a3a", "#3b3f73", "#e58a6b"],
    ["#0b1a2b", "#1d4258", "#e3b27a"],
    ["#1a1033", "#5a2f68", "#ff8f8f"],
  ]);
  const base = height * random.between(0.66, 0.72);
  const streaks = repeat(90, () => {
    const colour = random.pick(LAMPS);
    return `<rect x="${random.between(0, width)}" y="${base}" width="${
      random.between(3, 16)
    }" height="${(height - base) * random.between(0.15, 0.95)}" fill="${colour}" fill-opacity="${
      random.between(0.1, 0.55)
    }"/>`;
  });
  const waves = repeat(120, () => {
    const t = random.between(0, 1);
    return `<ellipse cx="${random.between(0, width)}" cy="${base + 3 + t * (height - base)}" rx="${
      width * random.between(0.03, 0.14)
    }" ry="${0.8 + t * 2.5}" fill="${
      random.chance(0.6) ? darken(sky[0], 0.4) : sky[2]
    }" fill-opacity="${random.between(0.08, 0.3)}"/>`;
  });
  return [
    {
      scale: 0.25,
      svg: `<svg width="${width}" height="${base}">${backdrop([...sky, lighten(sky[2], 0.25)])}` +
        `<defs>${
          drifts("cloud", {
            colour: sky[2],
            frequency: [0.0018, 0.007],
            seed: random.whole(1, 999),
          })
        }</defs><rect ${all} filter="url(#cloud)" opacity="0.6"/></svg>` +
        glow("haze", width / 2, base, width * 0.7, lighten(sky[2], 0.3), 0.6),
    },
    { scale: 0.6, blur: 1.5, svg: towers(scene, base, mix(sky[1], sky[2], 0.35), 0.42) },
    { svg: towers(scene, base, darken(sky[0], 0.25), 0.3) },
    {
      scale: 0.3,
      blur: 5,
      svg:
        `<defs>${
          linear("river", [[0, mix(sky[2], sky[1], 0.45)], [0.5, sky[1]], [1, darken(sky[0], 0.3)]])
        }</defs>` +
        `<rect y="${base}" width="100%" height="${height - base}" fill="url(#river)"/>${streaks}`,
    },
    { scale: 0.6, svg: waves },
    {
      scale: 0.25,
      blur: 9,
      svg: repeat(14, (i) =>
        glow(
          `lamp${i}`,
          random.between(0, width),
          base - 6,
          width * 0.06,
          random.pick(LAMPS),
          0.9,
        )),
    },
    vignette(0.42),
  ];
}

/** A street at night out of focus. */
function street(scene: Scene, sky: readonly Colour[]): Layer[] {
  const { random, width, height } = scene;
  const anywhere = (): [
    number,
    number,
  ] => [random.between(0, width), height * (0.5 + random.normal() * 0.2)];
  return [
    {
      scale: 0.12,
      blur: 40,
      svg: backdrop(sky) +
        repeat(
          16,
          (i) =>
            glow(
              `l${i}`,
              random.between(0, width),
              random.between(0.2, 0.9) * height,
              width * random.between(0.12, 0.34),
              random.pick(LAMPS),
              0.65,
            ),
        ),
    },
    { scale: 0.35, blur: 2.5, svg: bokeh(scene, 46, LAMPS, anywhere, [0.012, 0.055]) },
  ];
}

const STREETS: [Colour[], ...Colour[][]] = [
  ["#0d1b2e", "#27405e", "#3d2f4a", "#12111c"],
  ["#101522", "#3a2a3e", "#6b3a34", "#161014"],
  ["#0a1f26", "#1c4a52", "#3f4a3c", "#0c1418"],
];

export function lights(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const near = bokeh(
    scene,
    16,
    LAMPS,
    () => [random.between(0, width), random.between(0.05, 1) * height],
    [0.07, 0.13],
  );
  return [...street(scene, random.pick(STREETS)), {
    scale: 0.3,
    blur: 3,
    svg: `<g opacity="0.5">${near}</g>`,
  }, vignette(0.5)];
}

export function rain(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const drop = (x: number, y: number, r: number) => {
    const tall = r * random.between(1, 1.35);
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${tall}" fill="url(#drop)"/>` +
      (r < 5
        ? ""
        : `<path d="M${x - r * 0.62} ${y + tall * 0.45}A${r * 0.8} ${tall * 0.8} 0 0 0 ${
          x + r * 0.62
        } ${y + tall * 0.45}" stroke="#fff4e0" stroke-width="${
          r * 0.16
        }" stroke-linecap="round" fill="none" stroke-opacity="0.55"/>` +
          `<ellipse cx="${x - r * 0.32}" cy="${y - tall * 0.42}" rx="${r * 0.2}" ry="${
            r * 0.12
          }" fill="#fff" fill-opacity="0.75"/>`);
  };
  const drops = repeat(
    620,
    () =>
      drop(
        random.between(0, width),
        random.between(0, height),
        width * (0.0018 + random.between(0, 1) ** 5 * 0.017),
      ),
  );
  const trails = repeat(random.whole(6, 10), () => {
    let [x, y] = [random.between(0, width), random.between(-0.1, 0.3) * height];
    const end = y + height * random.between(0.3, 0.7);
    let beads = "";
    while (y < end) {
      x += random.between(-3, 3);
      y += random.between(9, 34);
      beads += drop(x, y, width * random.between(0.0022, 0.006));
    }
    return beads + drop(x, y + 16, width * random.between(0.013, 0.02));
  });
  return [
    ...street(scene, random.pick(STREETS)),
    {
      scale: 0.25,
      svg: `<defs>${
        drifts("breath", {
          colour: "#cfd8e0",
          frequency: [0.003, 0.003],
          seed: random.whole(1, 999),
          clear: 0.4,
        })
      }</defs><rect ${all} filter="url(#breath)" opacity="0.22"/>`,
    },
    {
      svg: `<defs>${
        linear("drop", [[0, "#05080e", 0.62], [0.45, "#3b3a44", 0.3], [0.8, "#ffd9a8", 0.5], [
          1,
          "#fff3df",
          0.75,
        ]])
      }</defs>${drops}${trails}`,
    },
    vignette(0.45),
  ];
}
