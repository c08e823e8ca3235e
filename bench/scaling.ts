/**
 * Measures what feeds cost on SQLite and PostgreSQL, simulates communities from a thousand to a hundred
 * million people on it, and writes the tables and charts of docs/scaling.md.
 *
 * With `--again` it measures nothing and takes what the last run measured.
 */
import { replaceBlock } from "../tools/support/markdown.ts";
import { measure, measureBytes, measureNotify } from "./support/scaling/measure.ts";
import { measurePage } from "./support/scaling/measure_page.ts";
import { reportOf } from "./support/scaling/report.ts";
import type { Measured } from "./support/scaling/simulation.ts";
import { openPostgres, openSqlite } from "./support/scaling/subject.ts";

export const DOCUMENT = new URL("../docs/scaling.md", import.meta.url);
export const FOLDER = new URL("../docs/scaling/", import.meta.url);
const MEASURED = new URL("measured.json", FOLDER);

async function measureAll(): Promise<Measured> {
  await using sqlite = await openSqlite();
  const ofSqlite = await measure(sqlite);
  await using postgres = await openPostgres();
  return {
    sqlite: ofSqlite,
    postgres: await measure(postgres),
    bytes: await measureBytes(postgres),
    notify: await measureNotify(postgres),
    page: await measurePage(),
  };
}

/** What the last run measured. */
export const readMeasured = async (): Promise<Measured> =>
  JSON.parse(await Deno.readTextFile(MEASURED));

/** docs/scaling.md with the tables that follow from what was measured. */
export const reported = (document: string, measured: Measured): string =>
  Object.entries(reportOf(measured).blocks).reduce(
    (text, [name, block]) => replaceBlock(text, name, block),
    document,
  );

if (import.meta.main) {
  await Deno.mkdir(FOLDER, { recursive: true });
  if (!Deno.args.includes("--again")) {
    await Deno.writeTextFile(MEASURED, `${JSON.stringify(await measureAll(), null, 2)}\n`);
  }
  const measured = await readMeasured();
  const { blocks, charts } = reportOf(measured);
  for (const [name, block] of Object.entries(blocks)) console.log(`${name}\n\n${block}\n`);
  for (const [name, svg] of Object.entries(charts)) {
    await Deno.writeTextFile(new URL(name, FOLDER), svg);
  }
  const document = await Deno.readTextFile(DOCUMENT);
  await Deno.writeTextFile(DOCUMENT, reported(document, measured));
}
