/** The commands of docs/api.md do what it says. */
import { fileURLToPath } from "node:url";
import { quartered } from "../media/testing.ts";
import { assertPrints, type Example, examplesOf } from "./support/documented.ts";
import { Folder } from "./support/folder.ts";
import { startFilmroll } from "./support/server.ts";

const examples = examplesOf(
  await Deno.readTextFile(new URL("../docs/api.md", import.meta.url)),
);

/** What no command prints: it tells one example's output from the next. */
const SEPARATOR = "\x1e";

/** Runs the examples in one shell, and answers what each printed. */
async function runAll(origin: string, path: string): Promise<string[]> {
  await using folder = await Folder.make();
  await Deno.writeFile(`${folder.path}/low-tide.jpg`, await quartered().jpeg().toBuffer());
  await Deno.writeTextFile(`${folder.path}/notes.txt`, "Low tide at six");
  const script = examples.map(({ commands }) => commands).join(`printf '${SEPARATOR}'\n`)
    .replaceAll("http://localhost:8000", origin);
  const { stdout } = await new Deno.Command("bash", {
    args: ["-c", script],
    cwd: folder.path,
    env: { PATH: path },
    // Progress, where the output is no terminal.
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).split(SEPARATOR);
}

async function assertDocumented(path: string, t: Deno.TestContext): Promise<void> {
  await using server = await startFilmroll();
  const printed = await runAll(server.origin, path);
  for (const [index, example] of examples.entries()) {
    await t.step(nameOf(example), () => assertPrints(printed[index] ?? "", example));
  }
}

const nameOf = ({ commands }: Example): string => commands.split("\n")[0]!;

const PATH = Deno.env.get("PATH") ?? "";
const hasCurl = await new Deno.Command("bash", { args: ["-c", "command -v curl"], stdout: "null" })
  .output().then(({ success }) => success, () => false);

Deno.test({
  name: "docs/api.md says what its commands answer",
  ignore: !hasCurl,
  fn: (t) => assertDocumented(PATH, t),
});

Deno.test("docs/api.md says what its commands answer, with a stand-in for curl", async (t) => {
  await using folder = await Folder.make();
  const program = fileURLToPath(new URL("support/curl.ts", import.meta.url));
  const script = `#!/bin/sh\nexec "${Deno.execPath()}" run -q -A --no-config "${program}" "$@"\n`;
  await Deno.writeTextFile(`${folder.path}/curl`, script, { mode: 0o755 });
  await assertDocumented(`${folder.path}:${PATH}`, t);
});
