/** The commands of docs/operating.md do what they say. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type PostgresServer, startPostgres } from "../domain/event_store/postgres/testing.ts";
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

const METRICS_TOKEN = "what-only-prometheus-knows";

let postgres: PostgresServer;
let database: string;
Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
});
Deno.test.afterAll(() => postgres.stop());

/** The settings that the document says a command is run with; back a move goes into an empty folder. */
async function settingsOf(
  command: string,
  { path, environment: { DATA_DIR } }: Folder,
): Promise<Record<string, string>> {
  if (!command.includes(" migrate ")) return { DATA_DIR };
  const secret = async (name: string) => (await Deno.readTextFile(`${DATA_DIR}/${name}`)).trim();
  return {
    DATA_DIR: command.endsWith(" postgres-to-sqlite") ? `${path}/back` : DATA_DIR,
    DATABASE_URL: database,
    MASTER_KEY: await secret("master_key"),
    JWT_SECRET: await secret("jwt_secret"),
  };
}

/** Runs a command, and answers what it printed. */
async function run(command: string, folder: Folder): Promise<string> {
  assert.ok(command.startsWith(FILMROLL), command);
  const args = command.slice(FILMROLL.length).replace("/var/backups", folder.path).split(" ");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "filmroll", ...args],
    cwd: ROOT,
    env: await settingsOf(command, folder),
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return printedBy(await endOf(child));
}

async function ask(command: string, { origin }: Program): Promise<string> {
  const request = /^curl -fsS http:\/\/127\.0\.0\.1:8000(\/\S+)(?: -H "authorization: (.*)")?$/
    .exec(command);
  assert.ok(request, command);
  const [, path, authorization = ""] = request;
  const headers = { authorization: authorization.replace("$METRICS_TOKEN", METRICS_TOKEN) };
  const response = await fetch(origin + path, { headers });
  assert.equal(response.status, 200, command);
  return await response.text();
}

Deno.test("docs/operating.md says what works", async (t) => {
  await using folder = await Folder.make();
  const environment = { ...folder.environment, METRICS_TOKEN };
  let program = await startProgram(environment);
  try {
    await join(program.origin, "ana");
    const mira = await join(program.origin, "mira.holt");
    await mira.post("/api/posts", { content: "Low tide" });
    for (const command of commands) {
      await t.step(command, async () => {
        const isStopped = / (restore|migrate) /.test(command);
        if (isStopped) await program.end("SIGTERM");
        const printed = command.startsWith("curl")
          ? await ask(command, program)
          : await run(command, folder);
        assert.notEqual(printed, "", command);
        if (isStopped) program = await startProgram(environment);
      });
    }
  } finally {
    await program.end("SIGKILL");
  }
  assert.ok(commands.length > 10, `There are ${commands.length} commands`);
});
