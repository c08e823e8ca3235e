import type { Line } from "./feed_cost.ts";

/** What so many of something took, in seconds. */
export interface Point {
  readonly count: number;
  readonly seconds: number;
}

/**
 * The line that fits best, by relative error: points of all magnitudes count alike. Neither of its
 * parts is negative. Wants two counts or more.
 */
export function fitLine(points: readonly Point[]): Line {
  const sum = (of: (point: Point) => number) =>
    points.reduce((total, point) => total + of(point) / point.seconds ** 2, 0);
  const [w, x, y] = [sum(() => 1), sum(({ count }) => count), sum(({ seconds }) => seconds)];
  const [xx, xy] = [sum(({ count }) => count ** 2), sum(({ count, seconds }) => count * seconds)];
  const each = (w * xy - x * y) / (w * xx - x * x);
  const fixed = (y - each * x) / w;
  if (fixed < 0) return { fixed: 0, each: xy / xx };
  return each < 0 ? { fixed: y / w, each: 0 } : { fixed, each };
}
