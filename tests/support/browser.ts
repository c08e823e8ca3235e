/**
 * A real Chromium for tests, taken from the npm package `@sparticuz/chromium`: nothing is downloaded when a test runs
 * and nothing needs to be installed, also on a bare Debian and as root.
 *
 * The package holds Chromium, fonts and the libraries that a bare system lacks, all compressed. They are unpacked once
 * (about five seconds) into `$XDG_CACHE_HOME/filmroll/chromium-<version>`; later launches take about 200 ms.
 *
 * @module
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  // Tests speak to loopback only; a page that asks for more shall see it fail, everywhere alike.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
];

/** Debian packages that hold what Chromium links against, named when the bundled libraries do not help. */
const DEBIAN_PACKAGES = "libnss3 libnspr4 libexpat1 libgcc-s1";

/** How {@linkcode launchBrowser} starts its Chromium. */
export interface LaunchOptions {
  /**
   * Where shared libraries come from: `"auto"` (the default) takes the system's libraries when they are complete, else those of the package;
   * `"bundled"` takes those of the package in any case.
   */
  libraries?: "auto" | "bundled";
  /** Flags of Chromium beside those of every test. */
  flags?: readonly string[];
}

/**
 * Starts a headless Chromium. `CHROMIUM_PATH` in the environment names another Chromium to start instead, which a
 * machine other than Linux on x86_64 needs.
 *
 * The caller closes it: `await browser.close()`, or `await using browser = await launchBrowser()`.
 *
 * @throws {Error} when no Chromium can run here; the message says what to install.
 */
export async function launchBrowser(
  { libraries = "auto", flags = [] }: LaunchOptions = {},
): Promise<Browser> {
  const args = [...FLAGS, ...flags];
  const own = Deno.env.get("CHROMIUM_PATH");
  if (own) return await chromium.launch({ executablePath: own, args });

  const { os, arch } = Deno.build;
  if (os !== "linux" || arch !== "x86_64") {
    throw new Error(
      `The bundled Chromium runs on "linux x86_64", and this is "${os} ${arch}": ` +
        `set CHROMIUM_PATH to the Chromium of this machine`,
    );
  }
  const home = await unpacked();
  const executablePath = join(home, "chromium");
  const env: Record<string, string> = {
    ...Deno.env.toObject(),
    FONTCONFIG_FILE: join(home, "fonts.conf"),
  };
  if (libraries === "bundled" || (await missingLibraries(executablePath, env)).length > 0) {
    env.LD_LIBRARY_PATH = join(home, "lib");
    const missing = await missingLibraries(executablePath, env);
    if (missing.length > 0) {
      throw new Error(
        `Chromium needs the shared libraries "${
          missing.join('", "')
        }", which are neither on this system nor in ` +
          `@sparticuz/chromium: install the packages "${DEBIAN_PACKAGES}"`,
      );
    }
  }
  return await chromium.launch({ executablePath, args, env });
}

/** What a page under test looks like to its visitor. */
export interface PageOptions {
  /** Whether scripts run; true unless said otherwise. */
  javaScript?: boolean;
  /** In CSS pixels; 1280 × 800 unless said otherwise. */
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  reducedMotion?: "reduce" | "no-preference";
}

/** Opens a page with cookies and storage of its own, which go when the page is closed. */
export function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  return browser.newPage({
    javaScriptEnabled: options.javaScript ?? true,
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? "light",
    reducedMotion: options.reducedMotion ?? "no-preference",
    locale: "en-GB",
    timezoneId: "UTC",
  });
}

/** Counts the changes in how the package is unpacked. */
const UNPACKED_AS = 2;

/** The folder with the unpacked package: `chromium`, `lib/`, `fonts/` and `fonts.conf`. */
async function unpacked(): Promise<string> {
  const root = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const cache = join(Deno.env.get("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "filmroll");
  const home = join(cache, `chromium-${version}-${UNPACKED_AS}`);
  if (await exists(home)) return home;

  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, "unpacking-"));
  try {
    const packed = (name: string) => createReadStream(join(root, "bin", name));
    await Promise.all([
      pipeline(
        packed("chromium.br"),
        createBrotliDecompress({ chunkSize: 2 ** 20 }),
        createWriteStream(join(staging, "chromium"), { mode: 0o755 }),
      ),
      ...["al2023", "fonts", "swiftshader"].map((name) =>
        pipeline(packed(`${name}.tar.br`), createBrotliDecompress(), untar(staging))
      ),
    ]);
    await writeFile(join(staging, "fonts.conf"), fontsConf(home));
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another test process may have come first: its folder is as good.
    if (!await exists(home)) throw error;
  }
  return home;
}

/** A stream that unpacks the tar archive written to it into `folder`, and finishes when that is done. */
function untar(folder: string): Writable {
  const tar = new Deno.Command("tar", {
    args: ["-x", "--no-same-owner", "-C", folder],
    stdin: "piped",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const stdin = tar.stdin.getWriter();
  return new Writable({
    write(chunk, _encoding, done) {
      stdin.write(chunk).then(() => done(), done);
    },
    final(done) {
      stdin.close()
        .then(() => tar.status)
        .then(({ code }) => done(code === 0 ? null : new Error(`"tar" ended with code ${code}`)))
        .catch(done);
    },
  });
}

/** The package's Open Sans and no other font, so that pages look and measure alike everywhere. */
function fontsConf(home: string): string {
  const families = ["sans-serif", "system-ui", "ui-sans-serif"];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts")}</dir>
  <cachedir>${join(home, "fonts-cache")}</cachedir>
${
    families.map((family) =>
      `  <alias binding="strong"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`
    ).join("\n")
  }
</fontconfig>
`;
}

/** Names of the shared libraries that the dynamic linker would not find for `executable`. */
async function missingLibraries(
  executable: string,
  env: Record<string, string>,
): Promise<string[]> {
  const { stdout } = await new Deno.Command("ldd", { args: [executable], env, stderr: "null" })
    .output();
  return [...new TextDecoder().decode(stdout).matchAll(/^\s*(\S+) => not found$/gm)]
    .map(([, name]) => name ?? "");
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
