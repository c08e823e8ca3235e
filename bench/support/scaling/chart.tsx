/** Charts with two logarithmic axes, as SVG files that are readable on light and dark pages. */
import { renderToString } from "preact-render-to-string";

export interface Axis {
  readonly label: string;
  readonly format: (value: number) => string;
}

/** A line, named at its end. */
export interface Series {
  readonly name: string;
  /** Which of the four colours. */
  readonly colour: 1 | 2 | 3 | 4;
  readonly isDashed?: boolean;
  /** Whether its points are shown: where they were measured, rather than reckoned. */
  readonly hasDots?: boolean;
  /** Above zero in both directions, from left to right. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartProps {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

const WIDTH = 760;
const HEIGHT = 440;
const LEFT = 72;
const RIGHT = 190;
const TOP = 64;
const BOTTOM = 52;
const LABEL_GAP = 17;

/** The site's colours (static/styles.css), and three more that go with them. */
const STYLE = `
text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; fill: #6b645c; }
.title { font-size: 16px; font-weight: 600; fill: #1c1917; }
.paper { fill: #fcfbf9; }
.grid { stroke: #e6e1da; }
.line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
.dashed { stroke-dasharray: 2 5; }
.name { font-weight: 600; }
${colours(["#c2340f", "#1d5fae", "#24733a", "#6b645c"])}
@media (prefers-color-scheme: dark) {
text { fill: #a69f96; }
.title { fill: #f3efea; }
.paper { fill: #131211; }
.grid { stroke: #2e2b28; }
${colours(["#ff8a5f", "#7ab3f5", "#74cc8b", "#a69f96"])}
}`;

function colours(of: readonly string[]): string {
  return of.map((colour, index) =>
    `.line.c${index + 1} { stroke: ${colour}; } .name.c${index + 1}, .dot.c${
      index + 1
    } { fill: ${colour}; }`
  ).join("\n");
}

/** The chart as an SVG document. */
export const chart = (props: ChartProps): string => `${renderToString(<Chart {...props} />)}\n`;

function Chart({ title, x, y, series }: ChartProps) {
  const points = series.flatMap(({ points }) => points);
  const across = scale(points.map(([value]) => value), LEFT, WIDTH - RIGHT);
  const up = scale(points.map(([, value]) => value), HEIGHT - BOTTOM, TOP);
  const ends = apart(series.map(({ points }) => up.at(points.at(-1)![1])), LABEL_GAP);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`${title}. ${y.label} by ${x.label}.`}
    >
      {/* Not text of the page: quotes in it must stay as they are. */}
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      <rect class="paper" width={WIDTH} height={HEIGHT} rx="8" />
      <text class="title" x="20" y="30">{title}</text>
      <text x="20" y="50">{y.label}</text>
      {up.ticks.map((value) => (
        <g key={value}>
          <path class="grid" d={`M${LEFT} ${tenth(up.at(value))}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 8} y={tenth(up.at(value) + 4)} text-anchor="end">{y.format(value)}</text>
        </g>
      ))}
      {across.ticks.map((value) => (
        <text key={value} x={tenth(across.at(value))} y={HEIGHT - BOTTOM + 20} text-anchor="middle">
          {x.format(value)}
        </text>
      ))}
      <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 12} text-anchor="middle">{x.label}</text>
      {series.map(({ name, colour, isDashed, hasDots, points }, index) => (
        <g key={name}>
          <path
            class={`line c${colour}${isDashed ? " dashed" : ""}`}
            d={`M${points.map(([a, b]) => `${tenth(across.at(a))} ${tenth(up.at(b))}`).join("L")}`}
          />
          {hasDots && points.map(([a, b]) => (
            <circle
              key={a}
              class={`dot c${colour}`}
              cx={tenth(across.at(a))}
              cy={tenth(up.at(b))}
              r="4"
            />
          ))}
          <text class={`name c${colour}`} x={WIDTH - RIGHT + 10} y={tenth(ends[index]! + 4)}>
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}

const tenth = (value: number): string => String(Math.round(value * 10) / 10);

interface Scale {
  readonly at: (value: number) => number;
  /** Powers of ten, seven or so; where the values are close together, 2 and 5 times them, too. */
  readonly ticks: readonly number[];
}

/** A logarithmic scale of all values between two places. */
export function scale(values: readonly number[], from: number, to: number): Scale {
  const logs = values.map(Math.log10);
  const low = nearly(Math.min(...logs), Math.floor);
  const high = nearly(Math.max(...logs), Math.ceil);
  const step = Math.max(1, Math.round((high - low) / 6));
  const steps = stepsWithin(high - low);
  const first = steps.length > 1 ? Math.floor(low) : Math.ceil(low - 1e-9);
  const powers = Array.from(
    { length: Math.floor((high - first) / step + 1e-9) + 1 },
    (_, index) => 10 ** (first + index * step),
  );
  return {
    at: (value) => from + (Math.log10(value) - low) / (high - low || 1) * (to - from),
    ticks: powers.flatMap((power) => steps.map((times) => times * power))
      .filter((value) => isWithin(Math.log10(value), low, high)),
  };
}

/** What a power of ten is multiplied with, for so many powers of ten. */
const stepsWithin = (powers: number): readonly number[] =>
  powers < 1 ? [1, 1.5, 2, 3, 4, 5, 7] : powers < 2.5 ? [1, 2, 5] : [1];

const isWithin = (log: number, low: number, high: number): boolean =>
  log > low - 1e-9 && log < high + 1e-9;

/** Rounds to a whole power where that wastes little of the axis. */
const nearly = (log: number, round: (value: number) => number): number =>
  Math.abs(round(log) - log) < 0.25 ? round(log) : log;

/** Moves places apart until there is a gap between any two, keeping their order. */
export function apart(places: readonly number[], gap: number): number[] {
  const order = places.map((place, index) => ({ place, index })).toSorted((a, b) =>
    a.place - b.place
  );
  for (let round = 0; round < 50; round++) {
    for (let at = 1; at < order.length; at++) {
      const [upper, lower] = [order[at - 1]!, order[at]!];
      const missing = gap - (lower.place - upper.place);
      if (missing > 0) {
        upper.place -= missing / 2;
        lower.place += missing / 2;
      }
    }
  }
  return order.toSorted((a, b) => a.index - b.index).map(({ place }) => place);
}
