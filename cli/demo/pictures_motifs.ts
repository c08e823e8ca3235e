/**
 * The motifs of the demo pictures. Each paints a scene as layers of SVG, back to front; what lies out of focus is a
 * layer of its own, rendered small and blurred, as a lens would have it.
 *
 * @module
 */
import {
  below,
  type Colour,
  darken,
  drifts,
  lighten,
  linear,
  mix,
  radial,
  type Random,
  repeat,
  type Stop,
  terrain,
  wave,
} from "./pictures_paint.ts";

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

interface MotifEntry {
  /** What the picture shows, in a sentence. */
  alt: string;
  paint: (scene: Scene) => Layer[];
}

const all = `width="100%" height="100%"`;

/** Fills the picture with a gradient from top to bottom. */
function backdrop(colours: readonly Colour[]): string {
  const stops = colours.map((colour, i) => [i / (colours.length - 1), colour] as const);
  return `<defs>${linear("backdrop", stops.map(([at, colour]) => [at, colour]))}</defs>` +
    `<rect ${all} fill="url(#backdrop)"/>`;
}

/** A light that shines out around (x, y). */
function glow(id: string, x: number, y: number, r: number, colour: Colour, strength = 1): string {
  return `<defs>${
    radial(id, [[0, colour, strength], [0.25, colour, strength * 0.5], [
      0.6,
      colour,
      strength * 0.12,
    ], [1, colour, 0]])
  }</defs><circle cx="${x}" cy="${y}" r="${r}" fill="url(#${id})"/>`;
}

/** Darkens the corners. */
function vignette(strength = 0.35): Layer {
  return {
    scale: 0.1,
    svg: `<defs>${
      radial("vignette", [[0.55, "#000000", 0], [1, "#000000", strength]], 0.5, 0.48, 0.78)
    }</defs><rect ${all} fill="url(#vignette)"/>`,
  };
}

/** Lights out of focus: discs with a brighter rim. */
function bokeh(
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

/** A spruce: a trunk with ragged branches, its foot at (x, y). */
function spruce(random: Random, x: number, y: number, height: number): string {
  const tiers = Math.max(7, Math.round(height / 13));
  const spread = height * random.between(0.15, 0.21);
  const side = (sign: number) =>
    Array.from({ length: tiers }, (_, i) => {
      const t = (i + 1) / tiers;
      const reach = sign * spread * t ** 0.9 * random.between(0.62, 1.12);
      const tip = y - height * (1 - t * 0.96);
      return [
        `${x + reach} ${tip + height * random.between(0.004, 0.02)}`,
        `${x + reach * random.between(0.5, 0.72)} ${tip - height * 0.006}`,
      ];
    });
  const right = side(1).flat().reverse();
  return `M${x} ${y - height}L${side(-1).flat().join("L")}L${x} ${y}L${right.join("L")}Z`;
}

// --- Land ------------------------------------------------------------------------------------------------------------

type Light = { sky: [Colour, Colour, ...Colour[]]; haze: Colour; near: Colour; sun: Colour };

const LIGHTS: [Light, ...Light[]] = [
  {
    sky: ["#46557f", "#b98a97", "#f4b183", "#fbdcae"],
    haze: "#f2c09a",
    near: "#1b1f38",
    sun: "#fff1cf",
  },
  { sky: ["#7fa3b8", "#bcd0d3", "#f3e6d2"], haze: "#dfe3dc", near: "#16303a", sun: "#fffaf0" },
  {
    sky: ["#23315c", "#5a5f95", "#c98fa5", "#f6c6a8"],
    haze: "#c99db0",
    near: "#12152d",
    sun: "#ffe2c4",
  },
  { sky: ["#d98757", "#f0b06c", "#f9dba0"], haze: "#f3c588", near: "#3a1c1d", sun: "#fff6d8" },
  { sky: ["#3c6e83", "#8fb9b8", "#f1dfc0"], haze: "#cfdccb", near: "#0f2b2c", sun: "#fff8e4" },
];

/** Ridges behind ridges, each nearer one darker, with fog in the valleys between them. */
function ridges(
  { random, width, height }: Scene,
  light: Light,
  { top, bottom, count, wooded }: { top: number; bottom: number; count: number; wooded: boolean },
): string {
  return repeat(count, (i) => {
    const t = (i + 1) / count;
    const colour = mix(light.haze, light.near, t ** 1.35 * 0.97 + 0.05);
    const base = top + (bottom - top) * t ** 1.25;
    const relief = height * (0.11 - 0.045 * t);
    const shape = terrain(random, 6, 0.52);
    const from = random.between(0, 200);
    const zoom = random.between(1.6, 2.6) / width;
    const y = (x: number) => base - relief * (0.25 + shape(from + x * zoom) * 1.5);
    const trees = wooded && t > 0.6
      ? repeat(Math.round(width / (14 * t)), () => {
        const x = random.between(0, width);
        return spruce(random, x, y(x) + 8, height * random.between(0.018, 0.05) * t ** 2);
      })
      : "";
    return `<defs>${
      linear(`ridge${i}`, [[0, colour], [
        t > 0.95 ? 1 : 0.75,
        mix(colour, light.haze, 0.75 * (1 - t * 0.75)),
      ]])
    }</defs><path fill="url(#ridge${i})" d="${below(y, width, height, 4)}"/>` +
      (trees && `<path fill="${mix(colour, light.near, 0.25)}" d="${trees}"/>`);
  });
}

function mountains(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const light = random.pick(LIGHTS);
  const [x, y] = [width * random.between(0.2, 0.8), height * random.between(0.24, 0.36)];
  return [
    {
      scale: 0.25,
      svg: backdrop([...light.sky, light.haze, light.haze]) +
        glow("sun", x, y, width * 0.75, light.sun, 0.9) +
        `<defs>${
          drifts("cirrus", {
            colour: light.sun,
            frequency: [0.0016, 0.008],
            seed: random.whole(1, 999),
            clear: 0.5,
          })
        }</defs><rect width="100%" height="45%" filter="url(#cirrus)" opacity="0.4"/>`,
    },
    {
      svg: `<circle cx="${x}" cy="${y}" r="${width * 0.036}" fill="${light.sun}"/>` +
        ridges(scene, light, { top: height * 0.36, bottom: height * 0.98, count: 7, wooded: true }),
    },
    { scale: 0.2, svg: fog(scene, light.haze, 0.55) },
    vignette(0.28),
  ];
}

/** Drifts of fog in the lower half. */
function fog({ random }: Scene, colour: Colour, opacity: number): string {
  return `<defs>${
    drifts("fog", { colour, frequency: [0.0014, 0.006], seed: random.whole(1, 999), clear: 0.42 })
  }${linear("lower", [[0, "#000000", 0], [0.5, "#ffffff"], [1, "#000000", 0.1]])}` +
    `<mask id="mask"><rect width="100%" height="55%" y="38%" fill="url(#lower)"/></mask></defs>` +
    `<g mask="url(#mask)"><rect ${all} filter="url(#fog)" opacity="${opacity}"/></g>`;
}

function lake(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const light = random.pick(LIGHTS);
  const shore = height * random.between(0.5, 0.56);
  const x = width * random.between(0.25, 0.75);
  const land = ridges({ ...scene, height: shore * 1.25 }, light, {
    top: shore * 0.55,
    bottom: shore * 1.02,
    count: 5,
    wooded: true,
  });
  const view =
    backdrop([...light.sky, light.haze, ...light.sky.toReversed().map((c) => darken(c, 0.1))]) +
    glow("sun", x, shore * 0.5, width * 0.6, light.sun, 0.9) +
    `<svg width="${width}" height="${shore}">${land}</svg>`;
  const ripples = repeat(150, () => {
    const t = random.between(0, 1) ** 1.6;
    const y = shore + 4 + t * (height - shore);
    const length = width * random.between(0.04, 0.25) * (0.3 + t);
    return `<ellipse cx="${random.between(0, width)}" cy="${y}" rx="${length}" ry="${
      0.5 + t * 2.4
    }" fill="${random.chance(0.5) ? light.sun : light.near}" fill-opacity="${
      random.between(0.04, 0.16)
    }"/>`;
  });
  return [
    { svg: view },
    {
      scale: 0.5,
      blur: 3,
      svg: `<svg y="${shore}" width="${width}" height="${height - shore}">` +
        `<g transform="translate(0 ${shore}) scale(1 -1)">${view}</g>` +
        `<defs>${linear("deep", [[0, light.near, 0.1], [1, light.near, 0.6]])}</defs>` +
        `<rect ${all} fill="url(#deep)"/></svg>`,
    },
    {
      svg: `<rect y="${
        shore - 1
      }" width="100%" height="2.5" fill="${light.haze}" fill-opacity="0.5"/>${ripples}`,
    },
    vignette(0.3),
  ];
}

function forest(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [mist, dark] = random.pick<[Colour, Colour]>([
    ["#dfe5df", "#14251f"],
    ["#f0dcc0", "#2a2018"],
    ["#c5d6de", "#0f1f2b"],
    ["#e6e3c4", "#1d2a14"],
  ]);
  const x = width * random.between(0.2, 0.8);
  const rows = 6;
  const row = (i: number): Layer => {
    const t = i / (rows - 1);
    const colour = mix(mist, dark, 0.12 + 0.86 * t ** 1.3);
    const ground = terrain(random, 3);
    const foot = (at: number) => height * (0.64 + 0.4 * t + 0.03 * ground(at / width * 2));
    const trees = repeat(Math.round(34 - 26 * t), () => {
      const tall = height * (0.22 + 0.5 * t) * random.between(0.65, 1.15);
      const anywhere = random.between(-0.05, 1.05) * width;
      // The near wood opens where the sun stands, so that its light comes through.
      const at = anywhere + (t > 0.5 ? Math.sign(anywhere - x) * width * 0.25 : 0);
      return spruce(random, at, foot(at) + 12, tall);
    });
    return {
      scale: i < 3 ? 0.4 : 1,
      blur: i < 3 ? 2.5 - i * 0.5 : 0,
      svg:
        `<defs>${
          linear(`row`, [[0, colour], [0.65, colour], [1, mix(colour, mist, 0.75 * (1 - t * 0.8))]])
        }</defs><path fill="url(#row)" d="${trees}"/>` +
        `<path fill="${mix(colour, mist, 0.75 * (1 - t * 0.8))}" d="${
          below(foot, width, height)
        }"/>`,
    };
  };
  const rays = repeat(7, () => {
    const lean = random.between(-0.5, 0.5) * width;
    const wide = random.between(0.02, 0.07) * width;
    return `<polygon points="${x - 10},${-height * 0.1} ${x + 10},${-height * 0.1} ${
      x + lean * 1.6 + wide
    },${height} ${x + lean * 1.6 - wide},${height}" fill="${
      lighten(mist, 0.6)
    }" fill-opacity="0.14"/>`;
  });
  return [
    {
      scale: 0.25,
      svg: backdrop([mix(mist, "#8fa3a3", 0.25), lighten(mist, 0.35), mist]) +
        glow("sun", x, height * 0.2, width * 0.7, "#fffbe9", 0.95),
    },
    ...[0, 1, 2].map(row),
    { scale: 0.15, blur: 14, svg: rays + fog(scene, lighten(mist, 0.3), 0.8) },
    ...[3, 4, 5].map(row),
    { scale: 0.2, svg: fog(scene, mist, 0.5) },
    vignette(0.4),
  ];
}

function dunes(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [sky, sand, shade] = random.pick<[[Colour, Colour], Colour, Colour]>([
    [["#5f86a8", "#f3d9b8"], "#e2a566", "#6b3a2c"],
    [["#c97b63", "#f7d29b"], "#d9793f", "#4f1f25"],
    [["#9fb7c4", "#f4e9da"], "#e6cba2", "#8a6a56"],
    [["#3f3f6b", "#e6a38c"], "#b9694f", "#2e1c36"],
  ]);
  const count = 5;
  const dune = (i: number) => {
    const t = (i + 1) / count;
    const base = height * (0.42 + 0.4 * t ** 1.3);
    const rise = height * random.between(0.08, 0.14);
    const crest = width * (i % 2 ? random.between(0.1, 0.4) : random.between(0.55, 0.85));
    const spread = width * random.between(0.3, 0.45);
    const curve = wave(random);
    const y = (x: number) =>
      base - rise * (Math.exp(-(((x - crest) / spread) ** 2)) + 0.22 * curve((x / width) * 2));
    const lit = mix(sky[1], sand, 0.5 + 0.5 * t);
    const dark = mix(sky[1], shade, 0.35 + 0.5 * t);
    const side = random.chance(0.75) ? 1 : -1;
    const sway = side * width * random.between(0.1, 0.22);
    const [top, foot] = [y(crest), base + height * 0.2];
    // The edge between light and shade winds down from the crest towards the viewer.
    const edge = `M${crest} ${top}C${crest - sway * 0.7} ${top + (foot - top) * 0.35} ${
      crest + sway * 1.6
    } ${top + (foot - top) * 0.5} ${crest + sway * 0.4} ${foot}`;
    const far = crest + side * width * 1.1;
    const ridge = Array.from({ length: 60 }, (_, k) => far - (k / 59) * (far - crest))
      .map((x) => `L${x.toFixed(1)} ${y(x).toFixed(1)}`).join("");
    const ripples = t < 0.5 ? "" : repeat(46, (k) => {
      const down = base + (k / 46) ** 1.5 * height * 0.6;
      const bend = height * 0.03 * t;
      return `M0 ${down}Q${width * 0.3} ${down - bend} ${width * 0.55} ${down}T${width} ${
        down - bend
      }`;
    });
    return `<defs>${
      linear(`lit${i}`, [[0, lighten(lit, 0.14)], [0.6, lit], [1, mix(lit, dark, 0.3)]])
    }${
      linear(`dark${i}`, [[0, dark], [0.35, mix(dark, lit, 0.2)], [1, lit, 0]])
    }<clipPath id="dune${i}"><path d="${below(y, width, height)}"/></clipPath></defs>` +
      `<g clip-path="url(#dune${i})"><rect ${all} fill="url(#lit${i})"/>` +
      `<path d="${ripples}" fill="none" stroke="${dark}" stroke-width="${
        1.5 + t * 2
      }" stroke-opacity="0.07"/>` +
      `<path d="${edge}L${far} ${foot}${ridge}Z" fill="url(#dark${i})"/></g>`;
  };
  const sun = width * random.between(0.1, 0.4);
  return [
    {
      scale: 0.25,
      svg: backdrop([sky[0], mix(sky[0], sky[1], 0.7), sky[1], sky[1]]) +
        glow("sun", sun, height * 0.38, width * 0.6, "#fff4dc", 0.85),
    },
    { svg: repeat(count, dune) },
    {
      scale: 0.5,
      svg: `<defs>${
        drifts("sand", {
          colour: shade,
          frequency: [0.02, 0.09],
          seed: random.whole(1, 999),
          clear: 0.42,
          contrast: 1.6,
        })
      }</defs><rect y="60%" width="100%" height="40%" filter="url(#sand)" opacity="0.14"/>`,
    },
    vignette(0.3),
  ];
}

function tree(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const light = random.pick(LIGHTS);
  const x = width * random.between(0.34, 0.66);
  const hill = wave(random);
  const from = random.between(0, 99);
  const y = (at: number) => height * 0.77 - height * 0.035 * hill(from + at / width);
  const lines: string[] = [];
  const leaves: string[] = [];
  const grow = (px: number, py: number, angle: number, length: number, thick: number): void => {
    const qx = px + Math.sin(angle) * length;
    const qy = py - Math.cos(angle) * length;
    const bend = random.between(-0.12, 0.12) * length;
    lines.push(
      `<path d="M${px} ${py}Q${(px + qx) / 2 + bend} ${
        (py + qy) / 2
      } ${qx} ${qy}" stroke-width="${thick}"/>`,
    );
    if (thick < width * 0.0035) {
      leaves.push(repeat(9, () => {
        const r = width * random.between(0.0028, 0.0075);
        return `<ellipse cx="${qx + random.normal() * width * 0.017}" cy="${
          qy + random.normal() * width * 0.014
        }" rx="${r}" ry="${r * 0.7}" fill-opacity="${random.between(0.55, 1)}"/>`;
      }));
      return;
    }
    for (const side of random.chance(0.3) ? [-1, 0.1, 1] : [-1, 1]) {
      grow(
        qx,
        qy,
        angle + side * random.between(0.22, 0.55),
        length * random.between(0.72, 0.86),
        thick * 0.64,
      );
    }
  };
  grow(x, y(x) + 6, random.between(-0.08, 0.08), width * 0.105, width * 0.026);
  const birds = repeat(random.whole(4, 9), () => {
    const [bx, by] = [x + random.normal() * width * 0.2, height * random.between(0.12, 0.4)];
    const s = width * random.between(0.006, 0.012);
    return `M${bx - s} ${by - s * 0.5}Q${bx - s * 0.4} ${by - s * 0.7} ${bx} ${by}Q${
      bx + s * 0.4
    } ${by - s * 0.7} ${bx + s} ${by - s * 0.5}`;
  });
  const grass = repeat(260, () => {
    const gx = random.between(0, width);
    const tall = height * random.between(0.006, 0.02);
    return `M${gx} ${y(gx) + 4}q${random.between(-4, 4)} ${-tall * 0.6} ${
      random.between(-9, 9)
    } ${-tall}`;
  });
  const moon = width * random.between(0.15, 0.21);
  return [
    {
      scale: 0.25,
      svg: backdrop([...light.sky, light.haze]) +
        glow("sun", x, height * 0.52, width * 0.85, light.sun, 0.95) +
        `<defs>${
          drifts("cloud", {
            colour: light.sun,
            frequency: [0.002, 0.007],
            seed: random.whole(1, 999),
            clear: 0.5,
          })
        }</defs><rect ${all} filter="url(#cloud)" opacity="0.45"/>`,
    },
    {
      svg:
        `<defs>${
          radial("disc", [[0, lighten(light.sun, 0.5)], [0.9, light.sun], [1, light.sun, 0.85]])
        }</defs>` +
        `<circle cx="${x + width * 0.06}" cy="${
          height * 0.5
        }" r="${moon}" fill="url(#disc)" fill-opacity="0.88"/>`,
    },
    { scale: 0.2, svg: fog(scene, light.haze, 0.7) },
    {
      svg: `<defs>${linear("hill", [[0, light.near], [1, darken(light.near, 0.5)]])}</defs>` +
        `<g fill="none" stroke="${light.near}" stroke-linecap="round">${lines.join("")}` +
        `<path d="${birds}" stroke-width="2.4"/><path d="${grass}" stroke-width="2"/></g>` +
        `<g fill="${mix(light.near, light.haze, 0.12)}">${leaves.join("")}</g>` +
        `<path d="${below(y, width, height)}" fill="url(#hill)"/>`,
    },
    vignette(0.3),
  ];
}

// --- Water and sky -----------------------------------------------------------------------------------------------------

function sea(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [sky, water, sun] = random.pick<
    [[Colour, Colour, Colour, Colour], [Colour, Colour], Colour]
  >([
    [["#2d3a66", "#8b6a93", "#ee9d7d", "#fcd59b"], ["#c98a80", "#161c38"], "#fff0c9"],
    [["#6fa9c9", "#a9cfdb", "#d9e7e3", "#f6eedf"], ["#9cc3c7", "#1d5a72"], "#ffffff"],
    [["#1d2a4a", "#355079", "#7f94ab", "#d9b9a4"], ["#8698a5", "#0b1526"], "#ffe9d0"],
    [["#c8644f", "#ec9463", "#f8c47d", "#fde8b2"], ["#e6a06c", "#4a2036"], "#fffbe0"],
    [["#b9c9cf", "#d5dddd", "#e7e6e0", "#f3ece1"], ["#c3cdca", "#5c7378"], "#ffffff"],
  ]);
  const horizon = height * random.between(0.44, 0.58);
  const x = width * random.between(0.25, 0.75);
  const up = height * random.between(0.03, 0.13);
  const glitter = repeat(420, () => {
    const t = random.between(0, 1) ** 1.4;
    const spread = width * (0.022 + 0.16 * t);
    return `<ellipse cx="${x + random.normal() * spread}" cy="${
      horizon + 2 + t * (height - horizon)
    }" rx="${width * (0.004 + 0.026 * t) * random.between(0.4, 1.3)}" ry="${
      0.7 + 3.2 * t
    }" fill="${sun}" fill-opacity="${random.between(0.15, 0.75) * (1 - t * 0.45)}"/>`;
  });
  const swell = repeat(230, () => {
    const t = random.between(0, 1) ** 1.5;
    const long = width * random.between(0.05, 0.3) * (0.25 + t);
    return `<ellipse cx="${random.between(0, width)}" cy="${
      horizon + 3 + t * (height - horizon)
    }" rx="${long}" ry="${0.6 + t * 5}" fill="${
      random.chance(0.62) ? water[1] : sky[3]
    }" fill-opacity="${random.between(0.04, 0.2)}"/>`;
  });
  const coast = terrain(random, 5);
  const side = random.chance(0.5) ? 1 : -1;
  const headland = random.chance(0.6)
    ? below(
      (at) => {
        const inland = side > 0 ? at / width - 0.62 : 0.38 - at / width;
        return horizon + 1 -
          Math.max(0, inland) ** 0.7 * height * 0.16 * (1 + 0.35 * coast((at / width) * 5));
      },
      width,
      horizon + 1,
      4,
    )
    : "";
  const boat = width * random.between(0.02, 0.032);
  const bx = x - side * width * random.between(0.14, 0.24);
  const by = horizon + height * 0.012;
  const sail = random.chance(0.55)
    ? `<path fill="${darken(water[1], 0.2)}" d="M${bx - boat} ${by - boat * 0.1}h${boat * 2}l${
      -boat * 0.35
    } ${boat * 0.32}h${-boat * 1.3}ZM${bx} ${by - boat * 0.2}V${by - boat * 2.5}L${
      bx + boat * 0.85
    } ${by - boat * 0.3}ZM${bx - boat * 0.1} ${by - boat * 0.25}V${by - boat * 2.1}L${
      bx - boat * 0.6
    } ${by - boat * 0.3}Z"/>`
    : "";
  return [
    {
      scale: 0.25,
      svg: `<svg height="${horizon}" width="${width}">${backdrop(sky)}` +
        `<defs>${
          drifts("cloud", {
            colour: mix(sky[3], sun, 0.5),
            frequency: [0.0018, 0.0085],
            seed: random.whole(1, 999),
          })
        }${
          drifts("dusk", {
            colour: sky[0],
            frequency: [0.0014, 0.007],
            seed: random.whole(1, 999),
            clear: 0.5,
          })
        }</defs><rect ${all} filter="url(#dusk)" opacity="0.5"/><rect ${all} filter="url(#cloud)" opacity="0.75"/>` +
        `${glow("sun", x, horizon - up, width * 0.6, sun, 0.95)}</svg>`,
    },
    {
      svg:
        `<svg height="${horizon}" width="${width}"><circle cx="${x}" cy="${horizon - up}" r="${
          width * 0.042
        }" fill="${sun}"/></svg>` +
        `<defs>${
          linear("water", [[0, water[0]], [0.35, mix(water[0], water[1], 0.5)], [1, water[1]]])
        }</defs>` +
        `<rect y="${horizon}" width="100%" height="${height - horizon}" fill="url(#water)"/>` +
        `<path d="${headland}" fill="${mix(water[1], sky[2], 0.3)}"/>`,
    },
    {
      scale: 0.33,
      svg: `<defs>${
        drifts("chop", {
          colour: water[1],
          frequency: [0.006, 0.06],
          seed: random.whole(1, 999),
          clear: 0.42,
        })
      }</defs><rect y="${horizon}" width="100%" height="${
        height - horizon
      }" filter="url(#chop)" opacity="0.4"/>` +
        swell,
    },
    { scale: 0.6, blur: 1, svg: glitter },
    { svg: sail },
    vignette(0.32),
  ];
}

/** Stars, more of them and brighter where `density` says so. */
function stars({ random, width, height }: Scene, count: number): string {
  return repeat(count, () => {
    const bright = random.between(0, 1) ** 6;
    return `<circle cx="${random.between(0, width)}" cy="${random.between(0, height * 0.85)}" r="${
      0.6 + bright * 2.2
    }" fill="${random.pick(["#ffffff", "#dfe8ff", "#fff0dc"])}" fill-opacity="${
      random.between(0.25, 0.7) + bright * 0.3
    }"/>`;
  });
}

function night(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const sky = random.pick<[Colour, Colour, Colour, Colour]>([
    ["#070b1e", "#14244a", "#2f4f72", "#d08a5e"],
    ["#0a0a1f", "#1f1a45", "#57406f", "#d9858a"],
    ["#040d16", "#0d2a3a", "#25575f", "#a8b58b"],
  ]);
  const tilt = random.between(50, 70) * (random.chance(0.5) ? 1 : -1);
  const band = `transform="translate(${width / 2} ${height * 0.36}) rotate(${tilt})"`;
  const milky = repeat(650, () => {
    const r = 0.5 + random.between(0, 1) ** 4 * 1.5;
    return `<circle cx="${random.between(-0.9, 0.9) * width}" cy="${
      random.normal() * width * 0.09
    }" r="${r}" fill="#fff" fill-opacity="${random.between(0.2, 0.75)}"/>`;
  });
  const ground = terrain(random, 5);
  const y = (x: number) => height * 0.84 - height * 0.07 * ground(3 + (x / width) * 2.2);
  const tx = width * random.between(0.3, 0.7);
  const ty = y(tx) + height * 0.028;
  const s = width * 0.062;
  return [
    {
      scale: 0.25,
      svg: backdrop([...sky.slice(0, 3), mix(sky[2], sky[3], 0.5), sky[3]]) +
        `<defs>${
          drifts("dust", {
            colour: "#cfd3f5",
            frequency: [0.0035, 0.006],
            seed: random.whole(1, 999),
            clear: 0.36,
          })
        }${linear("across", [[0, "#000000", 0], [0.5, "#ffffff"], [1, "#000000", 0]])}` +
        `<mask id="band"><rect x="${-width}" y="${-width * 0.24}" width="${width * 2}" height="${
          width * 0.48
        }" fill="url(#across)"/></mask></defs>` +
        `<g ${band}><g mask="url(#band)"><rect x="${-width}" y="${-width * 0.24}" width="${
          width * 2
        }" height="${width * 0.48}" filter="url(#dust)" opacity="0.6"/></g></g>` +
        glow("dawn", width / 2, height * 0.95, width * 0.9, sky[3], 0.5),
    },
    { svg: stars(scene, 420) + `<g ${band}>${milky}</g>` },
    {
      scale: 0.5,
      blur: 2,
      svg: `<path d="${below((x) => y(x + 300) - height * 0.05, width, height)}" fill="${
        mix(sky[1], sky[2], 0.25)
      }"/>`,
    },
    {
      svg: `<path d="${below(y, width, height, 4)}" fill="${darken(sky[0], 0.35)}"/>` +
        `<path d="${
          repeat(34, () => {
            const x = random.chance(0.5)
              ? random.between(0, tx - s * 2)
              : random.between(tx + s * 2, width);
            return spruce(random, x, y(x) + 10, height * random.between(0.03, 0.11));
          })
        }" fill="${darken(sky[0], 0.45)}"/>`,
    },
    { scale: 0.25, blur: 8, svg: glow("camp", tx, ty - s * 0.4, s * 3.6, "#ffb35c", 0.8) },
    {
      svg:
        `<defs>${
          radial("canvas", [[0, "#fff0b8"], [0.5, "#ffb24d"], [1, "#c25a24"]], 0.5, 0.85, 0.9)
        }</defs><path d="M${tx - s} ${ty}Q${tx - s * 0.35} ${ty - s * 0.5} ${tx} ${ty - s}Q${
          tx + s * 0.35
        } ${ty - s * 0.5} ${tx + s} ${ty}Z" fill="url(#canvas)"/>` +
        `<path d="M${tx} ${ty - s}Q${tx + s * 0.05} ${ty - s * 0.4} ${tx - s * 0.22} ${ty}M${tx} ${
          ty - s
        }Q${tx + s * 0.12} ${ty - s * 0.4} ${
          tx + s * 0.2
        } ${ty}" stroke="#8a3d17" stroke-width="2" fill="none" stroke-opacity="0.7"/>`,
    },
    vignette(0.4),
  ];
}

function aurora(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [green, violet] = random.pick<[Colour, Colour]>([
    ["#5dffb0", "#8a5cff"],
    ["#7dffd0", "#ff6fb5"],
    ["#a5ff8a", "#3fb6ff"],
  ]);
  const curtain = (i: number) => {
    const bend = wave(random);
    const from = random.between(0, 99);
    const low = height * (0.36 + 0.13 * i);
    return repeat(110, (k) => {
      const x = (k / 109) * width * 1.1 - width * 0.05;
      const foot = low + bend(from + (x / width) * 2.3) * height * 0.13;
      const tall = height * (0.24 + 0.12 * bend(from + 40 + (x / width) * 7));
      const strength = 0.15 + 0.3 * Math.abs(bend(from + 80 + (x / width) * 5));
      return `<rect x="${x}" y="${foot - tall}" width="${
        width / 85
      }" height="${tall}" fill="url(#ray)" fill-opacity="${strength}"/>`;
    });
  };
  const light: Light = {
    sky: ["#040818", "#0b1d3a"],
    haze: "#27506a",
    near: "#050b16",
    sun: green,
  };
  const land = ridges(scene, light, {
    top: height * 0.7,
    bottom: height * 0.99,
    count: 3,
    wooded: true,
  });
  return [
    { scale: 0.25, svg: backdrop(["#040818", "#091733", "#123a4d", "#1d5560", "#0a1a28"]) },
    { svg: stars(scene, 320) },
    {
      scale: 0.25,
      blur: 13,
      svg: `<defs>${
        linear("ray", [[0, violet, 0], [0.35, violet, 0.5], [0.8, green, 0.95], [
          0.94,
          lighten(green, 0.4),
        ], [1, green, 0]])
      }</defs>${curtain(0)}${curtain(1)}`,
    },
    { scale: 0.2, svg: glow("shine", width / 2, height * 0.72, width * 0.8, green, 0.35) },
    { svg: land },
    vignette(0.45),
  ];
}

// --- City --------------------------------------------------------------------------------------------------------------

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

function city(scene: Scene): Layer[] {
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

function lights(scene: Scene): Layer[] {
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

function rain(scene: Scene): Layer[] {
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

// --- Plants --------------------------------------------------------------------------------------------------------------

/** A leaf from (0, 0) upwards, its halves lit unequally, with veins. */
function leaf(length: number, width: number, colour: Colour, veins: number): string {
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
function twig(
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

function leaves(scene: Scene): Layer[] {
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

function meadow(scene: Scene): Layer[] {
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

// --- Things ----------------------------------------------------------------------------------------------------------------

/** The light of a window on a wall, with its bars' shadows, slanting. */
function windowLight({ random, width, height }: Scene, colour: Colour, opacity: number): string {
  const [x, y] = [width * random.between(0.05, 0.3), height * random.between(0.02, 0.16)];
  const [w, h] = [width * 0.2, height * 0.2];
  const panes = repeat(6, (i) => {
    const [px, py] = [(i % 2) * w * 1.08, Math.floor(i / 2) * h * 1.06];
    return `<rect x="${px}" y="${py}" width="${w}" height="${h}"/>`;
  });
  return `<g transform="translate(${x} ${y}) skewY(${random.between(12, 22)}) skewX(${
    random.between(-14, -4)
  })" fill="${colour}" opacity="${opacity}">${panes}</g>`;
}

/** Something turned on a wheel, standing at (x, foot). */
interface Vessel {
  x: number;
  foot: number;
  height: number;
  /** Half its width at even steps from foot to rim. */
  profile: readonly number[];
  colour: Colour;
}

/** The body of a vessel in light from the left; `id` names its gradient. */
function vessel(id: string, { x, foot, height, profile, colour }: Vessel): string {
  const steps = 40;
  const knot = (i: number) => profile[Math.min(Math.max(i, 0), profile.length - 1)] ?? 0;
  const halfWidth = (t: number) => {
    const i = Math.floor(t * (profile.length - 1));
    const s = t * (profile.length - 1) - i;
    const [a, b, c, d] = [knot(i - 1), knot(i), knot(i + 1), knot(i + 2)];
    return b + 0.5 * s * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)));
  };
  const side = (sign: number) =>
    Array.from({ length: steps + 1 }, (_, i) => {
      const t = i / steps;
      return `${x + sign * halfWidth(t)} ${foot - t * height}`;
    });
  const base = knot(0);
  const round: Stop[] = [
    [0, lighten(colour, 0.12)],
    [0.22, lighten(colour, 0.34)],
    [0.5, colour],
    [0.85, darken(colour, 0.42)],
    [1, darken(colour, 0.3)],
  ];
  const outline = `M${side(-1).join("L")}L${side(1).reverse().join("L")}`;
  return `<defs>${linear(id, round, [0, 0, 1, 0])}</defs>` +
    `<path d="${outline}A${base} ${base * 0.16} 0 0 1 ${x - base} ${foot}Z" fill="url(#${id})"/>`;
}

/** The opening of a vessel. */
function opening({ x, foot, height, profile, colour }: Vessel): string {
  const r = profile.at(-1) ?? 0;
  return `<ellipse cx="${x}" cy="${foot - height}" rx="${r}" ry="${r * 0.17}" ` +
    `fill="${darken(colour, 0.5)}" stroke="${lighten(colour, 0.3)}" stroke-width="${r * 0.04}"/>`;
}

function stillLife(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [wall, table, clay, fruit] = random.pick<
    [Colour, Colour, [Colour, Colour, Colour], [Colour, ...Colour[]]]
  >([
    ["#cfc3b2", "#b08d6c", ["#e9e2d4", "#7c8f8a", "#c98f6b"], ["#e08a2e", "#e8a23c"]],
    ["#8c9a97", "#d8cfc2", ["#f1ede4", "#37474a", "#b7684b"], ["#c9c24a", "#a9b545"]],
    ["#c99a86", "#e5cdb9", ["#f6ece0", "#8b4a3c", "#5f6f68"], ["#a8323a", "#c2503f"]],
    ["#3d4347", "#5b4a3d", ["#c9bfae", "#6f7f86", "#a1633f"], ["#d98a2b", "#c8b13d"]],
  ]);
  const edge = height * 0.68;
  const foot = height * 0.79;
  const vase: Vessel = {
    x: width * random.between(0.38, 0.48),
    foot,
    height: height * random.between(0.28, 0.34),
    profile: [0.055, 0.088, 0.103, 0.09, 0.052, 0.038, 0.05].map((share) => share * width),
    colour: clay[0],
  };
  const bowl: Vessel = {
    x: vase.x + width * random.between(0.22, 0.27),
    foot: foot + height * 0.035,
    height: height * 0.085,
    profile: [0.045, 0.088, 0.112, 0.122].map((share) => share * width),
    colour: clay[2],
  };
  const bottle: Vessel = {
    x: vase.x - width * random.between(0.16, 0.2),
    foot: foot - height * 0.012,
    height: height * random.between(0.3, 0.36),
    profile: [0.05, 0.055, 0.055, 0.052, 0.024, 0.018, 0.018, 0.02].map((share) => share * width),
    colour: clay[1],
  };
  const shadow = (x: number, y: number, r: number) =>
    `<ellipse cx="${x + r * 1.1}" cy="${y}" rx="${r * 2.3}" ry="${
      r * 0.3
    }" fill="#1a0f0a" fill-opacity="0.5"/>` +
    `<ellipse cx="${x}" cy="${y + 2}" rx="${r * 1.1}" ry="${
      r * 0.2
    }" fill="#1a0f0a" fill-opacity="0.6"/>`;
  const ball = (i: number, x: number, y: number, r: number) => {
    const colour = random.pick(fruit);
    return `<defs>${
      radial(
        `fruit${i}`,
        [[0, lighten(colour, 0.5)], [0.3, lighten(colour, 0.08)], [0.75, darken(colour, 0.28)], [
          1,
          darken(colour, 0.5),
        ]],
        0.34,
        0.3,
        0.75,
      )
    }</defs><circle cx="${x}" cy="${y}" r="${r}" fill="url(#fruit${i})"/>`;
  };
  const r = width * 0.042;
  const sprigs = repeat(4, (i) =>
    twig(random, {
      x: vase.x,
      y: vase.foot - vase.height,
      angle: -0.6 + 0.38 * i + random.between(-0.1, 0.1),
      length: height * random.between(0.24, 0.36),
    }, { count: 9, size: width * 0.07, slim: 0.24, colours: ["#6f7f5a", "#8a9a72", "#5a6b4e"] }));
  const dry = darken(mix(wall, table, 0.3), 0.1);
  return [
    {
      scale: 0.25,
      svg: backdrop([lighten(wall, 0.12), wall, darken(wall, 0.22)]) +
        `<defs>${
          drifts("plaster", {
            colour: darken(wall, 0.3),
            frequency: [0.006, 0.006],
            seed: random.whole(1, 999),
            clear: 0.45,
            contrast: 1.5,
          })
        }</defs><rect ${all} filter="url(#plaster)" opacity="0.35"/>`,
    },
    { scale: 0.2, blur: 7, svg: windowLight(scene, "#fff1d2", 0.5) },
    {
      scale: 0.2,
      blur: 16,
      svg: `<g transform="translate(${width * 0.16} ${height * 0.02})" opacity="0.3">${
        sprigs.replaceAll(/(fill|stroke)="#[0-9a-f]{6}"/g, `$1="#20140e"`)
      }</g>`,
    },
    {
      scale: 0.5,
      blur: 1,
      svg:
        `<defs>${
          linear("table", [[0, lighten(table, 0.16)], [0.12, table], [1, darken(table, 0.45)]])
        }${
          drifts("wood", {
            colour: darken(table, 0.5),
            frequency: [0.0015, 0.03],
            seed: random.whole(1, 999),
            clear: 0.45,
            contrast: 1.6,
          })
        }</defs><rect y="${edge}" width="100%" height="40%" fill="url(#table)"/>` +
        `<rect y="${edge}" width="100%" height="${
          height - edge
        }" filter="url(#wood)" opacity="0.35"/>`,
    },
    {
      scale: 0.2,
      blur: 9,
      svg: shadow(vase.x, vase.foot, width * 0.09) + shadow(bottle.x, bottle.foot, width * 0.05) +
        shadow(bowl.x, bowl.foot, width * 0.1) + shadow(vase.x - width * 0.06, height * 0.87, r),
    },
    {
      svg: vessel("bottle", bottle) + opening(bottle) + sprigs +
        vessel("vase", vase) + opening(vase) + opening(bowl) +
        ball(1, bowl.x - r * 1.1, bowl.foot - bowl.height - r * 0.15, r) +
        ball(2, bowl.x + r * 1.1, bowl.foot - bowl.height - r * 0.1, r) +
        ball(3, bowl.x, bowl.foot - bowl.height - r * 0.55, r * 1.05) +
        vessel("bowl", bowl) +
        ball(4, vase.x - width * 0.06, height * 0.87 - r * 0.9, r),
    },
    {
      scale: 0.2,
      svg: `<defs>${
        linear("fall", [[0, "#fff0d0", 0.22], [0.5, dry, 0], [1, "#120a08", 0.35]], [0, 0, 1, 0.7])
      }</defs><rect ${all} fill="url(#fall)"/>`,
    },
    vignette(0.3),
  ];
}

function coffee(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [table, china, cloth] = random.pick<[Colour, Colour, Colour]>([
    ["#8a6246", "#f3efe8", "#d9cfc0"],
    ["#d8d2c8", "#3f4d52", "#b9846a"],
    ["#4a3a33", "#d9c7ae", "#7d8a80"],
    ["#c9b49a", "#fbfaf7", "#6f8396"],
  ]);
  const [x, y] = [width * random.between(0.44, 0.58), height * random.between(0.42, 0.54)];
  const r = Math.min(width, height) * 0.21;
  const planks = repeat(7, (i) => {
    const w = width / 6;
    return `<rect x="${i * w}" width="${w - 2}" height="100%" fill="${
      mix(table, random.chance(0.5) ? "#000000" : "#ffffff", random.between(0, 0.1))
    }"/>`;
  });
  const turn = random.between(0, 360);
  const side: Stop[] = [[0, lighten(china, 0.3)], [0.5, china], [1, darken(china, 0.38)]];
  const crema: Stop[] = [[0, "#c08a52"], [0.7, "#9a6233"], [0.93, "#5f3519"], [1, "#3c1f0e"]];
  const heart = (s: number) =>
    `M0 ${s * 0.75}C${-s * 1.05} ${s * 0.1} ${-s * 0.75} ${-s * 0.75} 0 ${-s * 0.3}C${s * 0.75} ${
      -s * 0.75
    } ${s * 1.05} ${s * 0.1} 0 ${s * 0.75}Z`;
  const art = repeat(
    4,
    (i) =>
      `<path d="${heart(r * (0.6 - i * 0.14))}" transform="translate(0 ${
        -r * 0.16 * (i - 0.6)
      })" fill="${i % 2 ? "#a9713f" : "#f4e3c8"}" fill-opacity="${i % 2 ? 0.75 : 0.95}"/>`,
  );
  const spoon = `<g transform="translate(${x} ${y}) rotate(${turn / 4 + 20})"><path d="M${
    r * 1.02
  } ${r * 0.75}l${r * 0.12} ${-r * 1.1}" stroke="#c9c4bb" stroke-width="${
    r * 0.06
  }" stroke-linecap="round"/><ellipse cx="${r * 0.98}" cy="${r * 0.92}" rx="${r * 0.14}" ry="${
    r * 0.22
  }" fill="#d8d3ca"/><ellipse cx="${r * 0.95}" cy="${r * 0.88}" rx="${r * 0.06}" ry="${
    r * 0.13
  }" fill="#ffffff" fill-opacity="0.7"/></g>`;
  const leafShade = repeat(
    9,
    (i) =>
      twig(random, {
        x: width * (0.1 * i - 0.1),
        y: -height * 0.05,
        angle: Math.PI * random.between(0.75, 1.0),
        length: height * random.between(0.4, 0.8),
      }, {
        count: 9,
        size: width * 0.17,
        slim: 0.22,
        colours: ["#1a0f08"],
      }),
  ).replaceAll(/(fill|stroke)="#[0-9a-f]{6}"/g, `$1="#1a0f08"`);
  return [
    {
      scale: 0.3,
      svg: `${planks}<defs>${
        drifts("grainy", {
          colour: darken(table, 0.6),
          frequency: [0.03, 0.0016],
          seed: random.whole(1, 999),
          clear: 0.42,
          contrast: 1.8,
        })
      }</defs><rect ${all} filter="url(#grainy)" opacity="0.4"/>`,
    },
    {
      scale: 0.5,
      svg:
        `<g transform="rotate(${random.between(-32, -14)} ${width * 0.1} ${height})"><rect x="${
          -width * 0.25
        }" y="${height * 0.62}" width="${width * 0.62}" height="${
          height * 0.6
        }" fill="${cloth}"/>` +
        repeat(
          9,
          (i) =>
            `<rect x="${-width * 0.25}" y="${height * (0.645 + i * 0.05)}" width="${
              width * 0.62
            }" height="${i % 3 ? 2 : 7}" fill="${darken(cloth, 0.25)}" fill-opacity="0.5"/>`,
        ) +
        `</g>`,
    },
    {
      scale: 0.2,
      blur: 16,
      svg: `<circle cx="${x + r * 0.25}" cy="${y + r * 0.3}" r="${
        r * 1.6
      }" fill="#140a05" fill-opacity="0.6"/>`,
    },
    {
      svg: `<defs>${
        radial(
          "saucer",
          [[0, darken(china, 0.28)], [0.62, darken(china, 0.1)], [0.7, china], [
            0.93,
            lighten(china, 0.25),
          ], [1, darken(china, 0.18)]],
          0.5,
          0.5,
          0.5,
        )
      }</defs>` +
        `<circle cx="${x}" cy="${y}" r="${r * 1.6}" fill="url(#saucer)"/>` +
        `<circle cx="${x}" cy="${y}" r="${r * 1.06}" fill="none" stroke="${
          darken(china, 0.22)
        }" stroke-width="2" stroke-opacity="0.6"/>`,
    },
    {
      scale: 0.25,
      blur: 9,
      svg: `<circle cx="${x + r * 0.16}" cy="${y + r * 0.2}" r="${
        r * 1.02
      }" fill="#140a05" fill-opacity="0.55"/>`,
    },
    {
      svg: `<defs>${linear("side", side, [0, 0, 1, 1])}${radial("crema", crema)}</defs>` +
        `<g transform="rotate(${turn} ${x} ${y})"><path d="M${x + r * 0.92} ${y - r * 0.18}C${
          x + r * 1.62
        } ${y - r * 0.36} ${x + r * 1.62} ${y + r * 0.36} ${x + r * 0.92} ${
          y + r * 0.18
        }" fill="none" stroke="${darken(china, 0.2)}" stroke-width="${r * 0.17}"/></g>` +
        `<circle cx="${x}" cy="${y}" r="${r}" fill="url(#side)"/><circle cx="${x}" cy="${y}" r="${
          r * 0.9
        }" fill="${darken(china, 0.35)}"/>` +
        `<circle cx="${x + r * 0.015}" cy="${y + r * 0.02}" r="${r * 0.875}" fill="url(#crema)"/>` +
        `<g transform="translate(${x} ${y}) rotate(${turn - 60})">${art}</g>${spoon}`,
    },
    { scale: 0.15, blur: 13, svg: `<g opacity="0.34">${leafShade}</g>` },
    { scale: 0.2, svg: glow("day", 0, 0, width * 1.2, "#fff3d6", 0.42) },
    vignette(0.34),
  ];
}

function archway(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [wall, door, sky] = random.pick<[Colour, Colour, [Colour, Colour]]>([
    ["#efe7da", "#2f6d95", ["#3f86bd", "#a9d2e6"]],
    ["#d98a6a", "#4a6b57", ["#6fa7c9", "#d7e8ea"]],
    ["#e6c27e", "#7a3b33", ["#4f93bf", "#bfdcea"]],
    ["#c4796f", "#2d4450", ["#e8b58f", "#f6dcc0"]],
  ]);
  const w = width * random.between(0.26, 0.32);
  const x = width * random.between(0.38, 0.6);
  const floor = height * 0.84;
  const top = height * random.between(0.36, 0.42);
  const arch = (inset: number, dx = 0) => {
    const half = w / 2 - inset;
    return `M${x + dx - half} ${floor}V${top + half}A${half} ${half} 0 0 1 ${x + dx + half} ${
      top + half
    }V${floor}Z`;
  };
  const roof = height * random.between(0.1, 0.17);
  const boards = repeat(
    5,
    (i) =>
      `<rect x="${x - w / 2 + (i * w) / 5}" y="${top}" width="2.5" height="${floor}" fill="${
        darken(door, 0.5)
      }" fill-opacity="0.55"/>`,
  );
  const steps = repeat(3, (i) => {
    const sy = floor + (i * height) / 20;
    const wide = w * (1.35 + i * 0.35);
    return `<rect x="${x - wide / 2}" y="${sy}" width="${wide}" height="${height / 20}" fill="${
      darken(wall, 0.2)
    }"/>` +
      `<rect x="${x - wide / 2}" y="${sy}" width="${wide}" height="${height / 55}" fill="${
        lighten(wall, 0.35)
      }"/>`;
  });
  const palm = repeat(5, (k) => {
    const angle = -1.9 + k * 0.52 + random.between(-0.1, 0.1);
    const [ox, oy] = [width * 0.98, height * 0.1];
    const long = width * random.between(0.6, 0.85);
    return repeat(34, (i) => {
      const t = i / 34;
      const turn = angle - t * 0.5;
      const [px, py] = [
        ox + Math.sin(turn) * long * t,
        oy + Math.cos(turn) * long * t * 0.9 + t * t * height * 0.1,
      ];
      const size = width * 0.16 * Math.sin(Math.PI * (0.12 + 0.85 * t));
      return [-1, 1].map((side) => {
        const way = turn + side * 0.75;
        return `M${px} ${py}L${px + Math.sin(way) * size} ${py + Math.cos(way) * size}`;
      }).join("");
    });
  });
  const shade = width * random.between(0.15, 0.3);
  const pot: Vessel = {
    x: x - w * 0.95,
    foot: floor + height * 0.075,
    height: height * 0.085,
    profile: [0.04, 0.056, 0.062, 0.066].map((share) => share * width),
    colour: "#b5633f",
  };
  return [
    {
      scale: 0.36,
      svg: `<svg width="${width}" height="${roof}">${backdrop(sky)}</svg>` +
        `<defs>${linear("wall", [[0, lighten(wall, 0.12)], [1, darken(wall, 0.1)]])}${
          drifts("stain", {
            colour: darken(wall, 0.4),
            frequency: [0.005, 0.003],
            seed: random.whole(1, 999),
            clear: 0.46,
            contrast: 1.7,
          })
        }${
          drifts("rough", {
            colour: darken(wall, 0.45),
            frequency: [0.05, 0.05],
            seed: random.whole(1, 999),
            clear: 0.42,
            contrast: 1.5,
          })
        }</defs><rect y="${roof}" width="100%" height="100%" fill="url(#wall)"/>` +
        `<rect y="${roof}" width="100%" height="100%" filter="url(#stain)" opacity="0.3"/>` +
        `<rect y="${roof}" width="100%" height="100%" filter="url(#rough)" opacity="0.22"/>` +
        `<rect y="${roof}" width="100%" height="${height * 0.018}" fill="${lighten(wall, 0.3)}"/>` +
        `<rect y="${roof + height * 0.018}" width="100%" height="${height * 0.012}" fill="${
          darken(wall, 0.55)
        }" fill-opacity="0.5"/>` +
        `<rect y="${floor}" width="100%" height="100%" fill="${darken(wall, 0.14)}"/>`,
    },
    {
      svg:
        `<path d="${arch(-w * 0.1)}" fill="${lighten(wall, 0.3)}"/><path d="${arch(0)}" fill="${
          darken(wall, 0.55)
        }"/>` +
        `<defs>${
          linear("door", [[0, darken(door, 0.45)], [0.45, door], [1, lighten(door, 0.08)]])
        }<clipPath id="frame"><path d="${arch(w * 0.03, w * 0.03)}"/></clipPath></defs>` +
        `<g clip-path="url(#frame)"><rect ${all} fill="url(#door)"/>${boards}<rect x="${x}" y="${top}" width="4" height="${floor}" fill="${
          darken(door, 0.65)
        }"/><circle cx="${x + w * 0.09}" cy="${floor - height * 0.15}" r="${
          w * 0.028
        }" fill="#d9b25a"/></g>${steps}`,
    },
    {
      scale: 0.4,
      blur: 4,
      svg: `<clipPath id="wall"><rect y="${roof}" ${all}/></clipPath><g clip-path="url(#wall)">` +
        `<polygon points="0,${roof} ${shade},${roof} ${shade + width * 0.32},${floor} ${
          shade + width * 0.32
        },${height} 0,${height}" fill="#1b1830" fill-opacity="0.36"/>` +
        `<path d="${palm}" stroke="#1b1830" stroke-width="${
          width * 0.011
        }" stroke-linecap="round" fill="none" stroke-opacity="0.36"/></g>`,
    },
    {
      svg: repeat(
        16,
        (i) =>
          `<g transform="translate(${pot.x} ${floor + height * 0.01}) rotate(${-70 + i * 9.3})">${
            leaf(
              width * random.between(0.13, 0.24),
              width * 0.022,
              mix("#3c5a34", "#8aa05c", random.between(0, 1)),
              5,
            )
          }</g>`,
      ) +
        vessel("pot", pot) + opening(pot),
    },
    { scale: 0.2, svg: glow("day", width, 0, width * 1.1, "#fff4d6", 0.35) },
    vignette(0.26),
  ];
}

// --- People ------------------------------------------------------------------------------------------------------------------

/** Somebody against the light of an evening: head, hair and shoulders with a bright rim. */
export function portrait(scene: Scene): Layer[] {
  const { random, width, height } = scene;
  const [back, warm, cloth] = random.pick<[[Colour, Colour, Colour], Colour, Colour]>([
    [["#5a7fa0", "#e9b48c", "#f7dcb2"], "#fff0cf", "#33415c"],
    [["#7a5a86", "#e08a80", "#f8c99a"], "#ffe4b8", "#5a2f45"],
    [["#3f7f7a", "#a7c9a8", "#f2e6b6"], "#fdf7d0", "#27483f"],
    [["#b5553f", "#eb9a5c", "#fbd98f"], "#fff4cc", "#4a2320"],
    [["#48538f", "#8f8ec9", "#f0c3cf"], "#ffeef0", "#2a2f57"],
    [["#8fa9a3", "#cfdccf", "#f7f1e2"], "#ffffff", "#5d6f66"],
  ]);
  const [skin, hair] = random.pick<[Colour, Colour]>([
    ["#d9a07a", "#3a2418"],
    ["#8a5a3c", "#1a100c"],
    ["#efc3a0", "#8a5a2e"],
    ["#b97c55", "#22150f"],
    ["#5e3a28", "#120b09"],
    ["#e6b08c", "#a8542c"],
  ]);
  const x = width * random.between(0.47, 0.53);
  const y = height * 0.44;
  const r = width * 0.165;
  const face = `M${x - r} ${y - r * 0.3}C${x - r} ${y + r * 0.9} ${x - r * 0.55} ${
    y + r * 1.42
  } ${x} ${y + r * 1.45}C${x + r * 0.55} ${y + r * 1.42} ${x + r} ${y + r * 0.9} ${x + r} ${
    y - r * 0.3
  }C${x + r} ${y - r * 1.7} ${x - r} ${y - r * 1.7} ${x - r} ${y - r * 0.3}Z`;
  const parting = random.between(-0.6, 0.6) * r;
  const crown = `M${x - r * 1.1} ${y + r * 0.25}C${x - r * 1.35} ${y - r * 2} ${x + r * 1.35} ${
    y - r * 2
  } ${x + r * 1.1} ${y + r * 0.25}C${x + r * 1.0} ${y - r * 0.35} ${x + parting + r * 0.35} ${
    y - r * 0.5
  } ${x + parting} ${y - r * 1.12}C${x + parting - r * 0.35} ${y - r * 0.5} ${x - r * 1.0} ${
    y - r * 0.35
  } ${x - r * 1.1} ${y + r * 0.25}Z`;
  const long = `M${x - r * 1.15} ${y - r * 0.4}C${x - r * 1.6} ${y + r} ${x - r * 1.5} ${
    y + r * 2.2
  } ${x - r * 1.25} ${y + r * 2.9}H${x + r * 1.25}C${x + r * 1.5} ${y + r * 2.2} ${x + r * 1.6} ${
    y + r
  } ${x + r * 1.15} ${y - r * 0.4}Z`;
  const bob = `M${x - r * 1.15} ${y - r * 0.4}C${x - r * 1.6} ${y + r * 0.6} ${x - r * 1.45} ${
    y + r * 1.2
  } ${x - r * 1.1} ${y + r * 1.5}H${x + r * 1.1}C${x + r * 1.45} ${y + r * 1.2} ${x + r * 1.6} ${
    y + r * 0.6
  } ${x + r * 1.15} ${y - r * 0.4}Z`;
  const curl = (cx: number, cy: number, size: number) =>
    `M${cx - size} ${cy}a${size} ${size} 0 1 0 ${size * 2} 0a${size} ${size} 0 1 0 ${-size * 2} 0Z`;
  const curls = repeat(70, () => {
    const turn = random.between(-0.66, 0.66) * Math.PI;
    const out = r * random.between(0.95, 1.28);
    return curl(
      x + Math.sin(turn) * out,
      y - r * 0.25 - Math.cos(turn) * out,
      r * random.between(0.16, 0.34),
    );
  });
  const bun = `<circle cx="${x + r * 0.25}" cy="${y - r * 1.85}" r="${r * 0.52}"/>`;
  const hat = `<path fill="${darken(cloth, 0.1)}" d="M${x - r * 2} ${y - r * 0.55}Q${x} ${
    y - r * 1.15
  } ${x + r * 2} ${y - r * 0.55}Q${x} ${y - r * 0.2} ${x - r * 2} ${y - r * 0.55}ZM${
    x - r * 1.05
  } ${y - r * 0.8}C${x - r} ${y - r * 2.3} ${x + r} ${y - r * 2.3} ${x + r * 1.05} ${
    y - r * 0.8
  }Z"/>`;
  const [behind, front] = random.pick<[string, string]>([
    [`<path d="${long}"/>`, `<path d="${crown}"/>`],
    [`<path d="${bob}"/>`, `<path d="${crown}"/>`],
    [`<path d="${curls}"/>`, `<path d="${crown}"/>`],
    [bun, `<path d="${crown}"/>`],
    ["", `<path d="${crown}"/>`],
    [`<path d="${bob}"/>`, hat],
  ]);
  const body = `M${x - r * 0.48} ${y + r}V${y + r * 1.75}C${x - r * 1.2} ${y + r * 2.3} ${
    x - r * 2.6
  } ${y + r * 2.2} ${x - r * 2.9} ${height}H${x + r * 2.9}C${x + r * 2.6} ${y + r * 2.2} ${
    x + r * 1.2
  } ${y + r * 2.3} ${x + r * 0.48} ${y + r * 1.75}V${y + r}Z`;
  const collar = `M${x - r * 0.48} ${y + r * 1.7}Q${x} ${y + r * 2.35} ${x + r * 0.48} ${
    y + r * 1.7
  }V${y + r}H${x - r * 0.48}Z`;
  const sun = random.chance(0.5) ? 0.2 : 0.8;
  const toward: [number, number, number, number] = sun < 0.5 ? [0, 0.2, 1, 0.8] : [1, 0.2, 0, 0.8];
  // Against the light: a bright rim towards the sun, the rest in the tones of dusk.
  const lit = (colour: Colour, shade: number): Stop[] => [
    [0, mix(colour, warm, 0.75)],
    [0.2, mix(colour, warm, 0.18)],
    [0.45, darken(mix(colour, back[0], 0.25), shade * 0.6)],
    [1, darken(mix(colour, back[0], 0.35), shade)],
  ];
  return [
    {
      scale: 0.3,
      blur: 12,
      svg: backdrop(back) + glow("sun", width * sun, height * 0.3, width * 0.8, warm, 0.95) +
        bokeh(
          scene,
          12,
          [warm, back[1]],
          () => [random.between(0, width), random.between(0.1, 0.9) * height],
          [0.03, 0.09],
        ),
    },
    {
      svg:
        `<defs>${linear("skin", lit(skin, 0.5), toward)}${linear("hair", lit(hair, 0.35), toward)}${
          linear("cloth", lit(cloth, 0.4), toward)
        }${linear("neck", [[0, darken(skin, 0.6)], [1, darken(skin, 0.3)]])}</defs>` +
        `<g fill="url(#hair)">${behind}</g><path d="${body}" fill="url(#cloth)"/><path d="${collar}" fill="url(#neck)"/>` +
        `<path d="${face}" fill="url(#skin)"/><g fill="url(#hair)">${front}</g>`,
    },
    { scale: 0.3, svg: glow("flare", width * sun, height * 0.25, width * 0.75, warm, 0.5) },
    vignette(0.2),
  ];
}

/** All motifs by name. */
export const MOTIFS = {
  mountains: { alt: "Mountain ridges fading into fog under a low sun", paint: mountains },
  sea: { alt: "The sea under a low sun that glitters on the water", paint: sea },
  stillLife: {
    alt: "A vase with twigs, a bottle and a bowl of fruit in window light",
    paint: stillLife,
  },
  city: { alt: "A lit skyline mirrored in a river at dusk", paint: city },
  leaves: { alt: "Twigs with leaves against soft light", paint: leaves },
  dunes: { alt: "Dunes, one side of each in the sun and one in shade", paint: dunes },
  forest: { alt: "Spruces in mist with light falling between them", paint: forest },
  coffee: { alt: "A cup of coffee from above, with a heart in its foam", paint: coffee },
  night: { alt: "A glowing tent under the Milky Way", paint: night },
  meadow: { alt: "Wild flowers in tall grass against the light", paint: meadow },
  rain: { alt: "Raindrops on a window with the lights of a street behind", paint: rain },
  lake: { alt: "Mountains mirrored in a still lake", paint: lake },
  archway: { alt: "A painted door in a sunlit wall with the shadow of a palm", paint: archway },
  tree: { alt: "A lone tree on a hill before a large pale sun", paint: tree },
  lights: { alt: "The lights of a city out of focus", paint: lights },
  aurora: { alt: "Northern lights over dark hills", paint: aurora },
} as const satisfies Record<string, MotifEntry>;

/** The name of a motif. */
export type Motif = keyof typeof MOTIFS;
