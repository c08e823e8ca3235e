const HUES = 12;

/**
 * The class that gives an avatar, a placeholder or a card its colour: the same for the same id
 * everywhere. Neighbouring ids are far apart on the wheel, so that a list does not look uniform.
 */
export function hueClass(id: number): string {
  return `hue-${(id * 5) % HUES}`;
}
