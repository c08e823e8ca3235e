/**
 * The motifs of the demo pictures by name.
 *
 * @module
 */
import { city, lights, rain } from "./pictures_city.ts";
import { dunes, forest, lake, mountains, tree } from "./pictures_land.ts";
import { leaves, meadow } from "./pictures_plants.ts";
import type { MotifEntry } from "./pictures_scene.ts";
import { aurora, night, sea } from "./pictures_sky.ts";
import { archway, coffee, stillLife } from "./pictures_things.ts";

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
  tree: { alt: "A lone tree on a hill before a large rising moon", paint: tree },
  lights: { alt: "The lights of a city out of focus", paint: lights },
  aurora: { alt: "Northern lights over dark hills", paint: aurora },
} as const satisfies Record<string, MotifEntry>;

/** The name of a motif. */
export type Motif = keyof typeof MOTIFS;
