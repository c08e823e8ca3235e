import { ASIDE, run } from "./npm_tool.ts";

const NU_CHECKER = "npm:vnu-jar@26.9.27";

/** The Nu HTML checker, which needs Java. */
export interface NuChecker {
  /** What is wrong with a page, a line for each. */
  check(html: string): Promise<string[]>;
}

/** The checker; null where there is no Java. */
export async function nuChecker(): Promise<NuChecker | null> {
  const hasJava = await run("java", ["-version"]).then(({ success }) => success, () => false);
  if (!hasJava) return null;
  const { stdout } = await run(Deno.execPath(), [
    ...["eval", ...ASIDE, `import jar from "${NU_CHECKER}"; console.log(String(jar))`],
  ]);
  const jar = stdout.trim();
  return {
    async check(html) {
      const file = await Deno.makeTempFile({ suffix: ".html" });
      try {
        await Deno.writeTextFile(file, html);
        const args = ["-jar", jar, "--errors-only", "--format", "json", "--stdout", file];
        const { stdout } = await run("java", args);
        const { messages } = JSON.parse(stdout) as { messages: { message: string }[] };
        return messages.map(({ message }) => message);
      } finally {
        await Deno.remove(file);
      }
    },
  };
}
