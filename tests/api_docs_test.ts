/** The commands of docs/api.md do what it says. */
import { fileURLToPath } from "node:url";
import { assertPrints, type Example, examplesOf } from "./support/documented.ts";
import { startFilmroll } from "./support/server.ts";

const examples = examplesOf(
  await Deno.readTextFile(new URL("../docs/api.md", import.meta.url)),
);

/** What no command prints: it tells one example's output from the next. */
const SEPARATOR = "\x1e";

/** Runs the examples in one shell, and answers what each printed. */
async function runAll(origin: string, path: string): Promise<string[]> {
  const script = examples.map(({ commands }) => commands).join(`printf '${SEPARATOR}'\n`)
    .replaceAll("http://localhost:8000", origin);
  const { stdout } = await new Deno.Command("bash", {
    args: ["-c", script],
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
  const folder = await Deno.makeTempDir({ prefix: "filmroll-curl-" });
  try {
    const program = fileURLToPath(new URL("support/curl.ts", import.meta.url));
    const script = `#!/bin/sh\nexec "${Deno.execPath()}" run -q -A --no-config "${program}" "$@"\n`;
    await Deno.writeTextFile(`${folder}/curl`, script, { mode: 0o755 });
    await assertDocumented(`${folder}:${PATH}`, t);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
