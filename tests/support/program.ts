import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type VariableName, variableNames } from "../../fresh.config.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Filmroll's variables, and those of the runtime that it runs on. */
export type Environment =
  & { readonly DATA_DIR: string }
  & Partial<Record<VariableName | `OTEL_${string}`, string>>;

/** What a program that has ended left. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as a process of its own, serving. */
export interface Program extends AsyncDisposable {
  readonly origin: string;
  readonly pid: number;
  /** Sends a signal and waits for the end. */
  end(signal: Deno.Signal): Promise<Ended>;
}

/**
 * Starts main.ts as `deno task start` does, with the same permissions, and waits until it serves.
 *
 * @param prepare shell commands that narrow down what the program runs in, such as `ulimit`
 */
export async function startProgram(environment: Environment, prepare?: Shell): Promise<Program> {
  const { PORT = String(freePort()) } = environment;
  const child = await spawn({ ...environment, PORT }, prepare);
  const stderr = new Response(child.stderr).text();
  const [line, rest] = await firstLine(child.stdout);
  if (line === null) throw new Error(`The program did not start: ${await stderr}`);

  let ended: Promise<Ended> | undefined;
  const end = (signal: Deno.Signal): Promise<Ended> =>
    ended ??= (async () => {
      child.kill(signal);
      const [{ code }, more, errors] = await Promise.all([child.status, rest, stderr]);
      return { code, stdout: line + more, stderr: errors };
    })();
  return {
    origin: `http://127.0.0.1:${PORT}`,
    pid: child.pid,
    end,
    [Symbol.asyncDispose]: async () => void await end("SIGKILL"),
  };
}

/** Starts main.ts and kills it after so many milliseconds, whether it serves by then or not. */
export async function killWhileStarting(
  environment: Environment,
  milliseconds: number,
): Promise<void> {
  const child = await spawn({ PORT: String(freePort()), ...environment });
  const output = child.output();
  await setTimeout(milliseconds);
  child.kill("SIGKILL");
  await output;
}

/** Runs main.ts to its end, which is meant to come at once. */
export const runProgram = async (environment: Environment, prepare?: Shell): Promise<Ended> =>
  endOf(await spawn({ PORT: String(freePort()), ...environment }, prepare));

/** Starts `deno task filmroll` with its arguments. */
export const startOperating = (environment: Environment, ...args: string[]): Deno.ChildProcess =>
  run(["-P=filmroll", "cli/filmroll.ts", ...args], environment);

/** As {@linkcode startOperating}, to its end. */
export const runFilmroll = (environment: Environment, ...args: string[]): Promise<Ended> =>
  endOf(startOperating(environment, ...args));

/** What it said on standard error, but for how far it was. */
export const saidBy = ({ stderr }: Ended): string =>
  stderr.split("\n").filter((line) => !/^[^:]+: \d+\/\d+$/.test(line)).join("\n");

/** Asserts that it did what it was asked, without a complaint; answers what it printed. */
export function printedBy(ended: Ended): string {
  assert.deepEqual([ended.code, saidBy(ended)], [0, ""], ended.stdout);
  return ended.stdout;
}

/** Asserts that it ended with a code, and one clear line on standard error. */
export function failed(ended: Ended, wanted: { code: number; says: RegExp }): void {
  const said = saidBy(ended);
  assert.equal(ended.code, wanted.code, said);
  assert.match(said, wanted.says);
  assert.doesNotMatch(said, /\n\s+at |\.ts:/);
}

export async function endOf(child: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** What a shell does before it becomes the program. */
export interface Shell {
  readonly commands: string;
  /** Whether it has mounts of its own. */
  readonly ownMounts?: boolean;
}

async function spawn(environment: Environment, prepare?: Shell): Promise<Deno.ChildProcess> {
  await (built ??= build());
  return run(
    ["-P=start", `--allow-write=${environment.DATA_DIR}`, "main.ts"],
    environment,
    prepare,
  );
}

function run(
  runArgs: readonly string[],
  environment: Environment,
  prepare?: Shell,
): Deno.ChildProcess {
  const [command, ...args] = [
    ...(prepare?.ownMounts ? ["unshare", "--map-root-user", "--mount"] : []),
    ...(prepare === undefined ? [] : ["sh", "-ec", `${prepare.commands}\nexec "$@"`, "sh"]),
    Deno.execPath(),
    ...["run", "-q", ...runArgs],
  ];
  return new Deno.Command(command!, {
    args,
    cwd: ROOT,
    // An empty variable counts as unset, so nothing of the surroundings reaches the program.
    env: { ...Object.fromEntries(variableNames.map((name) => [name, ""])), ...environment },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

let built: Promise<void> | undefined;

async function build(): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=build", "tools/build_if_stale.ts"],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error("The build failed");
}

/** Opens a connection; null where the server takes none. */
export async function connectTo(origin: string): Promise<Deno.Conn | null> {
  const { hostname, port } = new URL(origin);
  try {
    return await Deno.connect({ hostname, port: Number(port) });
  } catch (error) {
    const isRefused = error instanceof Deno.errors.ConnectionRefused ||
      error instanceof Deno.errors.ConnectionReset;
    if (isRefused) return null;
    throw error;
  }
}

export async function takesConnections(origin: string): Promise<boolean> {
  using connection = await connectTo(origin);
  return connection !== null;
}

/** A port that nothing listens on; nothing else here takes one before the program does. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** The first line with its end, as soon as it is there, and a promise of what follows. */
export async function firstLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<[line: string | null, rest: Promise<string>]> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) return [null, Promise.resolve("")];
    text += value;
  }
  const end = text.indexOf("\n") + 1;
  const rest = async () => {
    let more = text.slice(end);
    for (let read = await reader.read(); !read.done; read = await reader.read()) more += read.value;
    return more;
  };
  return [text.slice(0, end), rest()];
}
