import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Metafile, OnResolveResult, Plugin } from "esbuild";
import { ImportMap } from "./import_map.ts";
import { entryPointOf, joinChunks, namesImported } from "./join_chunks.ts";
import { type ClientEntries, SCRIPT_PATH } from "./snapshot.ts";

/** What the browser gets. */
export interface ClientBundle extends ClientEntries {
  /** The scripts, by URL path. */
  readonly scripts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** URL path of the script with the islands of each file. */
  readonly islandChunks: ReadonlyMap<string, string>;
  /** Files that the scripts were made of, besides packages. */
  readonly inputs: readonly string[];
}

const RUNTIME = fileURLToPath(import.meta.resolve("./runtime/client.ts"));
const NAVIGATION = fileURLToPath(import.meta.resolve("./runtime/navigation.ts"));
const LIVE_RELOAD = fileURLToPath(import.meta.resolve("./runtime/live_reload.ts"));

/** What the runtime script is called until its content, and with it its name, is known. */
const RUNTIME_SCRIPT = "runtime.js";

/** Modules of ours that the runtime script exports too, and of which there must be one copy. */
const RUNTIME_MODULES = new Set(
  ["client", "assets", "scope"].map((name) => join(dirname(RUNTIME), `${name}.ts`)),
);

/** Packages of which the runtime script exports what islands use, and no island carries a copy. */
const RUNTIME_PACKAGES = new Set([
  "preact",
  "preact/hooks",
  "preact/jsx-runtime",
  "preact/jsx-dev-runtime",
  "@preact/signals",
  "@preact/signals-core",
]);

/**
 * Bundles the client runtime, then the islands, which import it: one script for each file of islands,
 * one with what many of them share, and one for each set of modules that a few of them share. The
 * names of scripts carry a hash of their content, so that a change to an island leaves the URLs of
 * the others as they are.
 *
 * @param islands Paths of the files with islands.
 * @throws {Error} when a file has an error or an import that cannot be found.
 */
export async function bundleClient(
  { root, islands, mode, target }: {
    root: string;
    islands: readonly string[];
    mode: "production" | "development";
    target: string | string[];
  },
): Promise<ClientBundle> {
  const importMap = await ImportMap.read(root);
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "browser",
    target,
    minify: mode === "production",
    sourcemap: mode === "production" ? false : "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    charset: "utf8",
    tsconfigRaw: "{}",
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    outdir: join(root, SCRIPT_PATH),
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    metafile: true,
    write: false,
    logLevel: "silent",
  } as const satisfies BuildOptions;

  return await withEsbuild(async ({ build }) => {
    const entries = [
      { in: NAVIGATION, out: "navigation" },
      ...(mode === "development" ? [{ in: LIVE_RELOAD, out: "live-reload" }] : []),
      ...islandEntries(islands),
    ];
    const split = await build({
      ...common,
      entryNames: "[name]",
      entryPoints: entries,
      splitting: true,
      plugins: [resolver(importMap, `./${RUNTIME_SCRIPT}`)],
    });
    const runtime = await build({
      ...common,
      entryNames: "runtime-[hash]",
      stdin: {
        contents: `export { ${namesImported(split, RUNTIME_SCRIPT)} } from "${RUNTIME}";`,
        resolveDir: dirname(RUNTIME),
      },
      plugins: [resolver(importMap, null)],
    });
    const runtimeFile = basename(runtime.outputFiles[0]!.path);
    const rest = await joinChunks(build, common, {
      split,
      names: entries.map(({ out }) => out),
      external: { [RUNTIME_SCRIPT]: runtimeFile },
    });

    const chunks = chunksByEntry(entries, rest.metafile);
    const scripts = [...runtime.outputFiles, ...rest.outputFiles].map((file) =>
      [SCRIPT_PATH + basename(file.path), file.contents as Uint8Array<ArrayBuffer>] as const
    );
    return {
      clientEntry: SCRIPT_PATH + runtimeFile,
      navigationEntry: chunks.get(NAVIGATION)!,
      liveReloadEntry: chunks.get(LIVE_RELOAD) ?? null,
      chunkImports: sharedImports(rest.metafile, runtimeFile),
      scripts: new Map(scripts),
      islandChunks: new Map(islands.map((path) => [path, chunks.get(path)!])),
      inputs: [runtime.metafile, split.metafile]
        .flatMap(({ inputs }) => Object.keys(inputs))
        .filter((path) => !path.includes("node_modules/"))
        .map((path) => resolve(root, path)),
    };
  });
}

/** Builds going on in this process: they share one child process, which the last one ends. */
let builds = 0;

async function withEsbuild<T>(use: (esbuild: typeof import("esbuild")) => Promise<T>): Promise<T> {
  const esbuild = await import("esbuild");
  builds++;
  try {
    return await use(esbuild);
  } finally {
    if (--builds === 0) await esbuild.stop();
  }
}

/** Entry points with unique names: `islands/LikeButton.tsx` is `island-like-button`. */
function islandEntries(paths: readonly string[]): { in: string; out: string }[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const name = `island-${kebabCase(islandName(path))}`;
    let out = name;
    for (let n = 2; taken.has(out); n++) out = `${name}-${n}`;
    taken.add(out);
    return { in: path, out };
  });
}

/** The name of the islands in a file. */
export function islandName(path: string): string {
  return basename(path, extname(path));
}

function kebabCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").replace(/[^A-Za-z0-9]+/g, "-").toLowerCase();
}

/** URL paths of the entries' scripts, by the files that they are made of. */
function chunksByEntry(
  entries: readonly { in: string; out: string }[],
  { outputs }: Metafile,
): Map<string, string> {
  const byEntryPoint = new Map(
    Object.entries(outputs).map(([path, { entryPoint }]) =>
      [entryPoint, SCRIPT_PATH + basename(path)] as const
    ),
  );
  return new Map(
    entries.map(({ in: file, out }) => [file, byEntryPoint.get(entryPointOf(out))!] as const),
  );
}

/** For each script that has some, the scripts that it imports, directly or not, except the runtime. */
function sharedImports(
  { outputs }: Metafile,
  runtimeFile: string,
): Record<string, readonly string[]> {
  const importsOf = (path: string): string[] =>
    (outputs[path]?.imports ?? [])
      .filter(({ kind, path }) => kind === "import-statement" && basename(path) !== runtimeFile)
      .flatMap((imported) => [SCRIPT_PATH + basename(imported.path), ...importsOf(imported.path)]);
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([_, { entryPoint }]) => entryPoint !== undefined)
      .map(([path]) => [SCRIPT_PATH + basename(path), [...new Set(importsOf(path))]] as const)
      .filter(([_, imports]) => imports.length > 0),
  );
}

/**
 * Finds modules as Deno does: by the import map in deno.json, linked packages included, and packages in
 * `node_modules/`. What the runtime exports comes from the script `runtime`, unless that is null.
 */
function resolver(importMap: ImportMap, runtime: string | null): Plugin {
  return {
    name: "fresh-resolver",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async (args): Promise<OnResolveResult | undefined> => {
        if (args.kind === "entry-point" || args.pluginData === resolver) return;
        const fromPackage = args.importer.includes("/node_modules/");
        const specifier = fromPackage ? args.path : importMap.resolve(args.path);

        if (runtime !== null && RUNTIME_PACKAGES.has(specifier)) {
          return { path: runtime, external: true };
        }
        if (fromPackage) return;
        const path = specifier.startsWith(".") ? resolve(args.resolveDir, specifier) : specifier;
        if (runtime !== null && RUNTIME_MODULES.has(path)) {
          return { path: runtime, external: true };
        }
        if (path.startsWith("/")) return { path };

        // Packages of the app first, then those that came with this folder.
        for (const resolveDir of [importMap.root, dirname(RUNTIME)]) {
          const { kind } = args;
          const found = await build.resolve(path, { kind, resolveDir, pluginData: resolver });
          if (found.errors.length === 0) return found;
        }
        return {
          errors: [{
            text: `Could not resolve "${args.path}" from "${
              relative(importMap.root, args.importer)
            }"`,
          }],
        };
      });
    },
  };
}
