/**
 * Motifs of sky and sea.
 *
 * @module
 */
import { type Light, ridges, spruce } from "./pictures_land.ts";
import {
  below,
  type Colour,
  darken,
  drifts,
  lighten,
  linear,
  mix,
  radial,
  repeat,
  terrain,
  wave,
} from "./pictures_paint.ts";
import { all, backdrop, glow, type Layer, type Scene, vignette } from "./pictures_scene.ts";

export function sea(scene: Scene): Layer[] {
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

export function night(scene: Scene): Layer[] {
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

export function aurora(scene: Scene): Layer[] {
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
