/** The commands of docs/operating.md do what they say. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { join } from "./support/client.ts";
import { examplesOf } from "./support/documented.ts";
import { Folder } from "./support/folder.ts";
import { endOf, printedBy, type Program, startProgram } from "./support/program.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const commands = examplesOf(
  await Deno.readTextFile(new URL("../docs/operating.md", import.meta.url)),
).flatMap(({ commands }) => commands.trimEnd().split("\n"));

/** What stands before each command of the operator's in the document. */
const FILMROLL = "npx --yes deno@2.9.6 task -q filmroll ";

/** Runs a command in its folder, and answers what it printed. */
async function run(command: string, folder: Folder): Promise<string> {
  assert.ok(command.startsWith(FILMROLL), command);
  const args = command.slice(FILMROLL.length).replace("/var/backups", folder.path).split(" ");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "filmroll", ...args],
    cwd: ROOT,
    env: { DATA_DIR: folder.environment.DATA_DIR },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return printedBy(await endOf(child));
}

async function ask(command: string, { origin }: Program): Promise<string> {
  const url = /^curl -fsS http:\/\/127\.0\.0\.1:8000(\/\S+)$/.exec(command);
  assert.ok(url, command);
  const response = await fetch(origin + url[1]);
  assert.equal(response.status, 200, command);
  return await response.text();
}

Deno.test("docs/operating.md says what works", async (t) => {
  await using folder = await Folder.make();
  let program = await startProgram(folder.environment);
  try {
    await join(program.origin, "ana");
    const mira = await join(program.origin, "mira.holt");
    await mira.post("/api/posts", { content: "Low tide" });
    for (const command of commands) {
      await t.step(command, async () => {
        const isRestore = command.includes(" restore ");
        if (isRestore) await program.end("SIGTERM");
        const printed = command.startsWith("curl")
          ? await ask(command, program)
          : await run(command, folder);
        assert.notEqual(printed, "", command);
        if (isRestore) program = await startProgram(folder.environment);
      });
    }
  } finally {
    await program.end("SIGKILL");
  }
  assert.ok(commands.length > 10, `There are ${commands.length} commands`);
});
