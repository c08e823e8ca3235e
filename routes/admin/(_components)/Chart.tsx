/** Figures over time: the same of each moment, in the order of the moments. */
export interface Series {
  readonly name: string;
  /** Null where there is nothing to tell. */
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  readonly title: string;
  /** What the figures are, as in "requests a minute". */
  readonly unit: string;
  readonly kind: "bars" | "lines";
  /** When the moments are, ISO 8601. */
  readonly times: readonly string[];
  /** At most two. */
  readonly series: readonly Series[];
}

const WIDTH = 600;
const HEIGHT = 120;

/** A chart as a picture, and the same as a table for who cannot see it or wants the figures. */
export default function Chart({ title, unit, kind, times, series }: ChartProps) {
  const greatest = Math.max(0, ...series.flatMap(({ values }) => values.map((v) => v ?? 0)));
  const scale = greatest === 0 ? 0 : (HEIGHT - 2) / greatest;
  const step = WIDTH / times.length;
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong> <span class="field-hint">at most {figure(greatest)} {unit}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}: at most ${figure(greatest)} ${unit}. The figures are in the table.`}
        preserveAspectRatio="none"
      >
        {series.map(({ name, values }, index) => (
          <path
            key={name}
            class={`chart-${kind} chart-${index + 1}`}
            d={kind === "bars" ? bars(values, step, scale) : line(values, step, scale)}
          />
        ))}
      </svg>
      <p class="chart-ends">
        <span>{clockTime(times[0]!)}</span>
        {series.length > 1 && (
          <span>
            {series.map(({ name }, index) => (
              <span key={name} class={`chart-key chart-${index + 1}`}>{name}</span>
            ))}
          </span>
        )}
        <span>{clockTime(times.at(-1)!)} UTC</span>
      </p>
      <details class="chart-table">
        <summary>As a table</summary>
        <div class="table-scroll" role="region" aria-label={title} tabIndex={0}>
          <table class="data-table">
            <thead>
              <tr>
                <th scope="col">Time (UTC)</th>
                {series.map(({ name }) => <th key={name} scope="col">{name}</th>)}
              </tr>
            </thead>
            <tbody>
              {times.map((time, index) => (
                <tr key={time}>
                  <th scope="row">{clockTime(time)}</th>
                  {series.map(({ name, values }) => (
                    <td key={name}>{values[index] === null ? "–" : figure(values[index]!)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Of the hour: "12:05". */
const clockTime = (time: string): string => time.slice(11, 16);

const figures = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

const figure = (value: number): string => figures.format(value);

const at = (value: number): string => value.toFixed(1);

function bars(values: Series["values"], step: number, scale: number): string {
  return values.map((value, index) => {
    const height = (value ?? 0) * scale;
    return `M${at(index * step + 1)} ${HEIGHT}v${at(-height)}h${at(step - 2)}v${at(height)}z`;
  }).join("");
}

/** Breaks off where there is nothing to tell; a moment alone is a short dash. */
function line(values: Series["values"], step: number, scale: number): string {
  return values.map((value, index) => {
    if (value === null) return "";
    const isFirst = (values[index - 1] ?? null) === null;
    const point = `${at((index + 0.5) * step)} ${at(HEIGHT - value * scale - 1)}`;
    const isAlone = isFirst && (values[index + 1] ?? null) === null;
    return `${isFirst ? "M" : "L"}${point}${isAlone ? "h2" : ""}`;
  }).join("");
}
