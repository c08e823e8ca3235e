import type { LogLevel } from "../fresh.config.ts";

const severity: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

let threshold = severity.info;

export function setLogLevel(level: LogLevel): void {
  threshold = severity[level];
}

/** Writes one JSON line to standard error. Facts hold ids and patterns, never what people wrote. */
export function log(
  level: LogLevel,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  if (severity[level] < threshold) return;
  console.error(JSON.stringify({ time: new Date().toISOString(), level, message, ...facts }));
}

/** An error as facts for the log. */
export const errorFacts = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? { error: error.name, reason: error.message, stack: error.stack }
    : { error: String(error) };
