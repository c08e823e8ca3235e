/**
 * Motifs of things made by hand.
 *
 * @module
 */
import {
  type Colour,
  darken,
  drifts,
  lighten,
  linear,
  mix,
  radial,
  repeat,
  type Stop,
} from "./pictures_paint.ts";
import { leaf, twig } from "./pictures_plants.ts";
import { all, backdrop, glow, type Layer, type Scene, vignette } from "./pictures_scene.ts";

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

export function stillLife(scene: Scene): Layer[] {
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

export function coffee(scene: Scene): Layer[] {
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

export function archway(scene: Scene): Layer[] {
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
      scale: 0.33,
      svg: `<svg width="${width}" height="${roof}">${backdrop(sky)}</svg>` +
        `<defs>${linear("wall", [[0, lighten(wall, 0.12)], [1, darken(wall, 0.1)]])}${
          drifts("stain", {
            colour: darken(wall, 0.4),
            frequency: [0.005, 0.003],
            seed: random.whole(1, 999),
            clear: 0.46,
            contrast: 1.7,
            octaves: 3,
          })
        }${
          drifts("rough", {
            colour: darken(wall, 0.45),
            frequency: [0.05, 0.05],
            seed: random.whole(1, 999),
            clear: 0.42,
            contrast: 1.5,
            octaves: 2,
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
