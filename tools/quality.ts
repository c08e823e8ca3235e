/**
 * Measures every page of a fresh demo community and writes docs/quality.md: `deno task quality`.
 * Fails, naming what falls short, if a page misses a target. Takes some ten minutes; Lighthouse and
 * the Nu checker are downloaded the first time. `deno task quality feed "own profile"` measures these
 * pages alone, and prints the table.
 */
import { launchBrowser } from "../tests/support/browser.ts";
import { browserless } from "../tests/support/client.ts";
import { htmlFindings } from "../tests/support/html_validity.ts";
import { startProgram } from "../tests/support/program.ts";
import {
  accessibilityFindings,
  type Browsing,
  weightOf,
  worksWithoutScript,
} from "./quality/browse.ts";
import { lighthouse, type LighthouseResult } from "./quality/lighthouse.ts";
import { type NuChecker, nuChecker } from "./quality/nu_checker.ts";
import { type MeasuredPage, MEMBER, pagesOf } from "./quality/pages.ts";
import { type Measured, qualityTable, shortcomings } from "./quality/report.ts";
import { replaceBlock } from "./support/markdown.ts";

const DOCUMENT = new URL("../docs/quality.md", import.meta.url);

/** Lighthouse measures anew, so often at most, where other work on the machine may have slowed it. */
const ATTEMPTS = 3;

interface Tools {
  readonly visitor: Browsing;
  readonly member: Browsing;
  readonly debuggingPort: number;
  readonly nu: NuChecker | null;
}

async function measure(page: MeasuredPage, tools: Tools): Promise<Measured> {
  const browsing = tools[page.as];
  return {
    page,
    weight: await weightOf(browsing, page),
    withoutScript: await worksWithoutScript(browsing, page),
    axe: await accessibilityFindings(browsing, page),
    html: await validate(page, browsing, tools.nu),
    lighthouse: page.isError ? null : await score(page, browsing, tools.debuggingPort),
  };
}

async function validate(
  { path }: MeasuredPage,
  { origin, cookie }: Browsing,
  nu: NuChecker | null,
): Promise<string[]> {
  const response = await fetch(origin + path, { headers: { accept: "text/html", cookie } });
  const html = await response.text();
  return [...await htmlFindings(html), ...await nu?.check(html) ?? []];
}

/** The best of a few attempts for performance; the rest is the same each time. */
async function score(
  { path, isUnlisted }: MeasuredPage,
  { origin, cookie }: Browsing,
  port: number,
): Promise<LighthouseResult> {
  const options = { port, cookie, skip: isUnlisted ? ["is-crawlable"] : [] };
  let best = await lighthouse(origin + path, options);
  for (let i = 1; i < ATTEMPTS && best.scores.performance < 95; i++) {
    const again = await lighthouse(origin + path, options);
    if (again.scores.performance > best.scores.performance) best = again;
  }
  return best;
}

async function fillDemo(dataDir: string): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=demo", `--allow-write=${dataDir}`, "cli/demo.ts"],
    cwd: new URL("..", import.meta.url),
    env: { DATA_DIR: dataDir, BCRYPT_COST: "4" },
    stdout: "null",
  });
  const { success } = await command.output();
  if (!success) throw new Error("The demo could not be made");
}

async function memberCookie(origin: string): Promise<string> {
  const member = browserless(origin);
  await member.submit(await member.open("/auth/login"), "/auth/login", MEMBER);
  return Array.from(member.cookies, ([name, value]) => `${name}=${value}`).join("; ");
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** @param only names of pages; where none is given, all are measured */
async function measureAll(dataDir: string, only: readonly string[]): Promise<Measured[]> {
  await fillDemo(dataDir);
  await using program = await startProgram({ DATA_DIR: dataDir, RATE_LIMIT: "off" });
  // The address that the program believes to be its own, so that canonical addresses are right.
  const origin = program.origin.replace("127.0.0.1", "localhost");
  const debuggingPort = freePort();
  await using browser = await launchBrowser({
    // The story viewer would move on to another page while this one is being measured.
    flags: [`--remote-debugging-port=${debuggingPort}`, "--force-prefers-reduced-motion"],
  });
  const visitor = { browser, origin, cookie: "" };
  const member = { ...visitor, cookie: await memberCookie(origin) };
  const tools = { visitor, member, debuggingPort, nu: await nuChecker() };

  const pages = (await pagesOf(origin)).filter(({ name }) =>
    only.length === 0 || only.includes(name)
  );
  const all: Measured[] = [];
  for (const [index, page] of pages.entries()) {
    console.error(`${index + 1}/${pages.length} ${page.name}, ${page.as}`);
    all.push(await measure(page, tools));
  }
  return all;
}

async function writeDown(table: string): Promise<void> {
  const document = await Deno.readTextFile(DOCUMENT);
  await Deno.writeTextFile(DOCUMENT, replaceBlock(document, "quality", table));
}

if (import.meta.main) {
  const dataDir = await Deno.makeTempDir({ prefix: "filmroll-quality-" });
  try {
    const all = await measureAll(dataDir, Deno.args);
    if (Deno.args.length > 0) console.log(qualityTable(all));
    else await writeDown(qualityTable(all));
    const found = all.flatMap(shortcomings);
    for (const sentence of found) console.error(sentence);
    if (found.length > 0) Deno.exitCode = 1;
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}
