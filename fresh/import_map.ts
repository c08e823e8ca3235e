import { dirname, join, resolve } from "node:path";

interface DenoConfig {
  name?: string;
  imports?: Record<string, string>;
  exports?: string | Record<string, string>;
  links?: string[];
}

/** What names in `import` statements of a project mean, from its deno.json. */
export class ImportMap {
  readonly root: string;
  readonly #imports: Readonly<Record<string, string>>;
  /** Modules of linked packages by name, such as "@fresh/core/runtime". */
  readonly #linked: ReadonlyMap<string, string>;

  private constructor(
    root: string,
    imports: Readonly<Record<string, string>>,
    linked: ReadonlyMap<string, string>,
  ) {
    this.root = root;
    this.#imports = imports;
    this.#linked = linked;
  }

  /** Reads the deno.json of a folder, or of the nearest one above it, and of the packages it links. */
  static async read(folder: string): Promise<ImportMap> {
    const root = await findConfig(folder) ?? folder;
    const config = await readConfig(root);
    const linked = new Map<string, string>();
    for (const link of config.links ?? []) {
      const linkedFolder = resolve(root, link);
      const { name, exports = {} } = await readConfig(linkedFolder);
      const modules = typeof exports === "string" ? { ".": exports } : exports;
      for (const [path, file] of Object.entries(modules)) {
        linked.set(`${name}${path.slice(1)}`, join(linkedFolder, file));
      }
    }
    return new ImportMap(root, config.imports ?? {}, linked);
  }

  /**
   * The path of a module, absolute; or the name of a package in `node_modules/`; or a relative
   * specifier as it is.
   */
  resolve(specifier: string): string {
    const target = this.#lookUp(specifier);
    if (target.startsWith("npm:")) {
      return target.slice(4).replace(/^\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]+)?/, "$1");
    }
    if (target.startsWith("jsr:")) {
      const name = target.slice(4).replace(/^\/?(@[^/]+\/[^/@]+)(?:@[^/]+)?/, "$1");
      return this.#linked.get(name) ?? target;
    }
    if (target.startsWith("file:")) return new URL(target).pathname;
    if (target !== specifier && target.startsWith(".")) return join(this.root, target);
    return target;
  }

  #lookUp(specifier: string): string {
    const exact = this.#imports[specifier];
    if (exact !== undefined) return exact;
    const prefix = Object.keys(this.#imports)
      .filter((name) => name.endsWith("/") && specifier.startsWith(name))
      .reduce((longest, name) => name.length > longest.length ? name : longest, "");
    return prefix === "" ? specifier : this.#imports[prefix] + specifier.slice(prefix.length);
  }
}

const CONFIG_FILES = ["deno.json", "deno.jsonc"];

/** The nearest folder with a configuration, from `folder` upwards. */
async function findConfig(folder: string): Promise<string | null> {
  for await (const { name } of Deno.readDir(folder)) {
    if (CONFIG_FILES.includes(name)) return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? null : findConfig(parent);
}

async function readConfig(folder: string): Promise<DenoConfig> {
  for (const name of CONFIG_FILES) {
    try {
      return parseJsonc(await Deno.readTextFile(join(folder, name)));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return {};
}

/** Parses JSON with comments and trailing commas. */
export function parseJsonc(text: string): DenoConfig {
  const json = text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string) => string ?? "")
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string) => string ?? "");
  return JSON.parse(json);
}
