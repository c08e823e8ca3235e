import { fileURLToPath } from "node:url";
import { type Filmroll, openFilmroll } from "../../domain/mod.ts";
import { openStore } from "../../web/data_dir.ts";
import { childrenOf, cpuSeconds, residentMebibytes } from "./processes.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A program under measurement, in a process of its own. */
export interface RunningProgram {
  readonly origin: string;
  /** Milliseconds from starting the process to its first answer. */
  readonly startMilliseconds: number;
  /** Resident memory, in MiB (Linux; NaN elsewhere). */
  residentMebibytes(): number;
  /** Processor time since its start, in seconds (Linux; NaN elsewhere). */
  cpuSeconds(): number;
  /** The same of the processes that it has started. */
  childrenMebibytes(): number;
  stop(): Promise<void>;
}

/** Fills a DATA_DIR through the command bus, before the program opens it. */
export async function seed(
  dataDir: string,
  fill: (filmroll: Filmroll) => Promise<void>,
): Promise<void> {
  await Deno.mkdir(dataDir, { recursive: true });
  const store = await openStore({ dataDir, database: null, masterKey: null });
  await fill(openFilmroll(store));
  await store.close();
}

/** Registers people, whose ids are 1 to `count`. They have no password, and use tokens. */
export async function registerPeople({ commands }: Filmroll, count: number): Promise<void> {
  for (let id = 1; id <= count; id++) {
    await commands.execute("RegisterUser", {
      username: `person${id}`,
      email: `person${id}@example.org`,
      fullName: `Person ${id}`,
      passwordHash: "none",
    }, { actor: null });
  }
}

/** Starts Filmroll with the flags of `deno task start`, on a free port. */
export function startFilmroll(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  return start("main.ts", ["-P=start", `--allow-write=${dataDir}`], {
    DATA_DIR: dataDir,
    RATE_LIMIT: "off",
    ...env,
  });
}

/** Starts one of the servers of this folder that Filmroll is compared with. */
export function startServer(file: string, env: Readonly<Record<string, string>>) {
  return start(`bench/support/${file}`, ["--allow-all"], env);
}

/** As in the task `start`; the servers that Filmroll is compared with get the same. */
const V8_FLAGS = "--v8-flags=--max-semi-space-size=8,--no-allocation-site-pretenuring";

async function start(
  file: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", V8_FLAGS, ...flags, file],
    cwd: ROOT,
    env: { ...env, PORT: String(port) },
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  await firstAnswer(origin);
  const startMilliseconds = performance.now() - began;
  return {
    origin,
    startMilliseconds,
    residentMebibytes: () => residentMebibytes(process.pid),
    cpuSeconds: () => cpuSeconds(process.pid),
    childrenMebibytes: () =>
      childrenOf(process.pid).reduce((sum, child) => sum + (residentMebibytes(child) || 0), 0),
    async stop() {
      process.kill("SIGTERM");
      await process.status;
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function firstAnswer(origin: string): Promise<void> {
  for (let attempt = 0; attempt < 2000; attempt++) {
    try {
      await (await fetch(`${origin}/`)).body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error(`Nothing answers at "${origin}"`);
}
