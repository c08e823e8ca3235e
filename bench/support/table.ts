/** One row of a benchmark: a name, and a figure for each repeated run. */
export interface Measurement {
  name: string;
  /** Of one unit, in the order measured. At least one. */
  runs: readonly number[];
}

/** How a table of results is labelled. */
export interface TableOptions {
  title: string;
  /** Of the figures, like `"requests/s"` or `"ms"`. */
  unit: string;
  /** Digits after the decimal point; 0 unless said otherwise. */
  digits?: number;
}

/** The middle of the numbers, or the mean of the middle two; NaN when there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/**
 * Benchmark results as lines of text: for every row its median, least and greatest run, and the ratio of its median to
 * that of the first row, which is the baseline.
 */
export function table(rows: readonly Measurement[], options: TableOptions): string {
  const figure = new Intl.NumberFormat("en", {
    minimumFractionDigits: options.digits ?? 0,
    maximumFractionDigits: options.digits ?? 0,
  });
  const baseline = median(rows[0]?.runs ?? []);
  const cells = [
    ["", "median", "min", "max", "ratio"],
    ...rows.map(({ name, runs }) => [
      name,
      ...[median(runs), Math.min(...runs), Math.max(...runs)].map((n) => figure.format(n)),
      (median(runs) / baseline).toFixed(2),
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    ).join("  ").trimEnd()
  );
  return [`${options.title} (${options.unit})`, ...lines].join("\n");
}

/** Prints {@linkcode table} to standard output. */
export function printTable(rows: readonly Measurement[], options: TableOptions): void {
  console.log(`\n${table(rows, options)}\n`);
}
