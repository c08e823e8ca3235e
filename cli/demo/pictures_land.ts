/**
 * Motifs of land: mountains, a lake, a forest, dunes, a tree.
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
  terrain,
  wave,
} from "./pictures_paint.ts";
import { all, backdrop, glow, type Layer, type Scene, vignette } from "./pictures_scene.ts";

export type Light = { sky: [Colour, Colour, ...Colour[]]; haze: Colour; near: Colour; sun: Colour };

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

/** A spruce: a trunk with ragged branches, its foot at (x, y). */
export function spruce(random: Random, x: number, y: number, height: number): string {
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

/** Ridges behind ridges, each nearer one darker, with fog in the valleys between them. */
export function ridges(
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

/** Drifts of fog in the lower half. */
function fog({ random }: Scene, colour: Colour, opacity: number): string {
  return `<defs>${
    drifts("fog", { colour, frequency: [0.0014, 0.006], seed: random.whole(1, 999), clear: 0.42 })
  }${linear("lower", [[0, "#000000", 0], [0.5, "#ffffff"], [1, "#000000", 0.1]])}` +
    `<mask id="mask"><rect width="100%" height="55%" y="38%" fill="url(#lower)"/></mask></defs>` +
    `<g mask="url(#mask)"><rect ${all} filter="url(#fog)" opacity="${opacity}"/></g>`;
}

export function mountains(scene: Scene): Layer[] {
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

export function lake(scene: Scene): Layer[] {
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

export function forest(scene: Scene): Layer[] {
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

export function dunes(scene: Scene): Layer[] {
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

export function tree(scene: Scene): Layer[] {
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
