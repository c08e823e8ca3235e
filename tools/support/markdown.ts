/** Tables and generated blocks of Markdown files. */
import { widthsOf } from "./columns.ts";

/** A table as `deno fmt` formats it; without a row it is its head alone. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = widthsOf([head, ...rows]);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The marks around a block that a program writes; what stands outside is written by hand. */
const marks = (name: string) => [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`] as const;

/**
 * Puts new content between the marks of a block.
 *
 * @throws {Error} if the text has no such block
 */
export function replaceBlock(text: string, name: string, content: string): string {
  const [open, close] = marks(name);
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) {
    throw new Error(`The text has no block "${name}": put "${open}" and "${close}" into it`);
  }
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}
