/** What a program ended with. */
export interface Output {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(program: string, args: readonly string[]): Promise<Output> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: text(stdout), stderr: text(stderr) };
}

/**
 * Flags with which Deno runs a package that only this task needs. It is kept out of deno.json, so that
 * whoever starts Filmroll need not download it; a lock file of its own holds its hashes.
 */
export const ASIDE: readonly string[] = [
  ...["--quiet", "--no-config", "--node-modules-dir=none"],
  `--lock=${new URL("deno.lock", import.meta.url).pathname}`,
];
