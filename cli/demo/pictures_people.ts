/**
 * Portraits.
 *
 * @module
 */
import { type Colour, darken, linear, mix, repeat, type Stop } from "./pictures_paint.ts";
import { backdrop, bokeh, glow, type Layer, type Scene, vignette } from "./pictures_scene.ts";

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
