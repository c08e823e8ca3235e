import { basename } from "node:path";
import type { BuildOptions, BuildResult, Metafile, Plugin } from "esbuild";

/** What esbuild makes when it writes nothing. */
export type Bundle = BuildResult<{ metafile: true; write: false }>;
type Options = BuildOptions & { readonly metafile: true; readonly write: false };

/** So many entries must load a chunk for it to be joined with others. */
const MIN_ENTRIES = 4;

/** Marks the paths of scripts that are in memory. */
const CHUNK = "chunk";

/** An import as esbuild writes it: `import { a, b as c } from "./file.js"` or `import "./file.js"`. */
const IMPORT = /\bimport\s*(?:\{([^}]*)\}\s*from\s*)?"\.\/([^"]+)"/g;

/** The entry point, in a joined bundle, of an entry by its name. */
export const entryPointOf = (name: string): string => `${CHUNK}:${name}.js`;

/** What the scripts of a bundle import by name from the script of that file name. */
export const namesImported = ({ outputFiles }: Bundle, file: string): string[] =>
  [
    ...new Set(outputFiles.flatMap(({ text }) =>
      [...text.matchAll(IMPORT)]
        .filter(([_, list, from]) => list !== undefined && from === file)
        .flatMap(([_, list]) => specifiers(list!).map(([exported]) => exported))
    )),
  ].sort();

const specifiers = (list: string): (readonly [exported: string, local: string])[] =>
  list.split(",").map((specifier) => {
    const [exported, local = exported] = specifier.trim().split(" as ") as [string, string?];
    return [exported, local];
  });

/**
 * Puts the chunks that many entries load into one script. Splitting makes a chunk for each set of
 * entries that share a module: dozens, each of them a request, and too small to be compressed well.
 *
 * @param split Its entries are named `<name>.js`, without a hash.
 * @param names Of the entries.
 * @param external File names of scripts outside of the bundle, and what they are to be imported as.
 */
export async function joinChunks(
  build: (options: Options) => Promise<Bundle>,
  options: Options,
  { split, names, external }: {
    split: Bundle;
    names: readonly string[];
    external: Readonly<Record<string, string>>;
  },
): Promise<Bundle> {
  const outputs = new Map(
    Object.entries(split.metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  const texts = new Map(split.outputFiles.map(({ path, text }) => [basename(path), text]));
  const joined = chunksOfMany(outputs, names);
  const nameOf = (exported: string, chunk: string) => `${exported}_${joined.indexOf(chunk)}`;

  const reexports = joined.map((chunk) => {
    const exported = outputs.get(chunk)!.exports.map((one) => `${one} as ${nameOf(one, chunk)}`);
    return `export{${exported}}from"./${chunk}";`;
  });
  const shared = await build({
    ...options,
    entryPoints: [{ in: entryPointOf("shared"), out: "shared" }],
    plugins: [inMemory(new Map([...texts, ["shared.js", reexports.join("")]]), external)],
  });
  const file = basename(shared.outputFiles[0]!.path);

  const fromShared = (text: string) =>
    text.replace(IMPORT, (whole: string, list: string | undefined, chunk: string) => {
      if (!joined.includes(chunk)) return whole;
      const renamed = specifiers(list ?? "").map(([exported, local]) =>
        `${nameOf(exported, chunk)} as ${local}`
      );
      return list === undefined ? `import"./${file}"` : `import{${renamed}}from"./${file}"`;
    });
  const rest = await build({
    ...options,
    entryPoints: names.map((name) => ({ in: entryPointOf(name), out: name })),
    splitting: true,
    plugins: [
      inMemory(
        new Map(Array.from(texts, ([name, text]) => [name, fromShared(text)])),
        { ...external, [file]: file },
      ),
    ],
  });
  const scripts = [shared, rest].slice(joined.length === 0 ? 1 : 0);
  return { ...rest, outputFiles: scripts.flatMap(({ outputFiles }) => outputFiles) };
}

/** The chunks that many entries load. What such a chunk imports is one too. */
function chunksOfMany(
  outputs: ReadonlyMap<string, Metafile["outputs"][string]>,
  names: readonly string[],
): string[] {
  const loads = (file: string): string[] =>
    (outputs.get(file)?.imports ?? [])
      .filter(({ kind, external }) => kind === "import-statement" && !external)
      .flatMap(({ path }) => [basename(path), ...loads(basename(path))]);
  const entries = names.map((name) => `${name}.js`);
  const loaded = entries.flatMap((entry) => [...new Set(loads(entry))]);
  return [...new Set(loaded)].filter((file) =>
    !entries.includes(file) && loaded.filter((one) => one === file).length >= MIN_ENTRIES
  );
}

/** Has esbuild find scripts in memory by their file names, and leave imports of others as they are. */
function inMemory(
  texts: ReadonlyMap<string, string>,
  external: Readonly<Record<string, string>>,
): Plugin {
  return {
    name: "fresh-chunks",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path }) => {
        const file = basename(path.replace(`${CHUNK}:`, ""));
        return file in external
          ? { path: `./${external[file]}`, external: true }
          : { path: file, namespace: CHUNK };
      });
      build.onLoad({ filter: /.*/, namespace: CHUNK }, ({ path }) => ({
        contents: texts.get(path)!,
      }));
    },
  };
}
