/** Figures as people read them: few digits, and a unit of the right size. */

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** "0.0012", "7", "1,300", "25 million". */
export const count = (value: number): string =>
  value >= 0.995e9
    ? `${number.format(value / 1e9)} billion`
    : value >= 0.995e6
    ? `${number.format(value / 1e6)} million`
    : number.format(value);

const within = (value: number, units: readonly (readonly [number, string])[]): string => {
  const [size, unit] = units.find(([size]) => value >= size * 0.9995) ?? units.at(-1)!;
  return `${number.format(value / size)} ${unit}`;
};

/** Of seconds: "85 µs", "1.2 ms", "4 s", "2.5 min". */
export const duration = (seconds: number): string =>
  within(seconds, [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"], [1e-3, "ms"], [1e-6, "µs"]]);

/** Of bytes: "44 B", "1.3 kB", "2 TB". */
export const bytes = (size: number): string =>
  within(size, [[1e15, "PB"], [1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]]);
