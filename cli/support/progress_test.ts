import assert from "node:assert/strict";
import { follow, progress } from "./progress.ts";

/** A terminal that keeps what is written. */
function recorder(interactive: boolean) {
  const written: string[] = [];
  return { interactive, written, write: (text: string) => void written.push(text) };
}

Deno.test("progress draws its bar over itself on a terminal, and ends the line at the end", () => {
  const terminal = recorder(true);
  const pictures = progress("Pictures", 2, terminal);
  pictures.advance();
  pictures.advance();
  assert.deepEqual(terminal.written, [
    `\rPictures ${"█".repeat(12)}${"░".repeat(12)} 1/2`,
    `\rPictures ${"█".repeat(24)} 2/2\n`,
  ]);
});

Deno.test("progress writes a plain line every quarter where there is no terminal", () => {
  const terminal = recorder(false);
  const pictures = progress("Pictures", 80, terminal);
  for (let i = 0; i < 80; i++) pictures.advance();
  assert.deepEqual(terminal.written, [20, 40, 60, 80].map((n) => `Pictures: ${n}/80\n`));
});

Deno.test("progress takes several steps at once and never exceeds its total", () => {
  const terminal = recorder(false);
  const rows = progress("Rows", 10, terminal);
  rows.advance(7);
  rows.advance(7);
  assert.deepEqual(terminal.written, ["Rows: 7/10\n", "Rows: 10/10\n"]);
});

Deno.test("follow shows nothing of what is over within a second", () => {
  const terminal = recorder(true);
  let time = 0;
  const show = follow("Rows", 1, terminal, () => time);
  show(1, 10);
  time = 999;
  show(10, 10);
  assert.deepEqual(terminal.written, []);
});

Deno.test("follow shows what takes longer from there on, in its unit", () => {
  const terminal = recorder(false);
  let time = 0;
  const show = follow("MiB", 1024, terminal, () => time);
  show(1000, 4000);
  time = 1000;
  for (const done of [2000, 2100, 4000, 4000]) show(done, 4000);
  assert.deepEqual(terminal.written, ["MiB: 1/4\n", "MiB: 2/4\n", "MiB: 4/4\n"]);
});
