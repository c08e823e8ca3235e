import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type App, setBuildCache } from "./app.ts";
import type { FsRouteFile, StaticFile } from "./build_cache.ts";
import { bundleClient, type ClientBundle, islandName } from "./bundle.ts";
import {
  createSnapshot,
  type FileEntry,
  type IslandModule,
  OUT_DIR,
  SCRIPT_PATH,
  type Snapshot,
} from "./snapshot.ts";
import { LiveReload, watch } from "./live_reload.ts";
import { LIVE_RELOAD_PATH } from "./runtime/wire.ts";
import { writeStamp } from "./stale.ts";
import { compress, contentHash, contentTypeOf, listFiles } from "./static_listing.ts";

/** Where a project's files are. Paths are relative to `root`. */
export interface BuilderOptions {
  /** The project's folder; "." by default. */
  root?: string;
  /** "islands" by default. */
  islandDir?: string;
  /** "routes" by default. */
  routeDir?: string;
  /** One or several folders, of which the first with a file wins; "static" by default. */
  staticDir?: string | string[];
  /** The oldest browsers to support, in esbuild's notation. */
  target?: string | string[];
  /** Files to leave out; tests by default. */
  ignore?: RegExp[];
}

/** How to build. */
export interface BuildOptions {
  /** "production" by default. */
  mode?: "production" | "development";
  /** Whether to write `_fresh/` (the default), or to keep everything in memory, as for tests. */
  snapshot?: "disk" | "memory";
}

/** The files of a project that a build is made of. Paths are absolute. */
interface Project {
  readonly root: string;
  readonly routeDir: string;
  /** Paths below `routeDir`. */
  readonly routes: readonly string[];
  readonly islands: readonly string[];
  /** Static files by URL path. */
  readonly statics: ReadonlyMap<string, string>;
}

const SCRIPT = /\.[jt]sx?$/;
const TEST = /[._]test\.[jt]sx?$/;
/** A folder of routes whose files are not routes, such as `(_components)`. */
const PRIVATE_FOLDER = /(^|\/)\(_[^/]*\)\//;
const ISLAND_FOLDER = /(^|\/)\(_islands\)\//;

/** Makes of a project's files what its server needs: scripts for the browser, and lists of files. */
export class Builder {
  readonly #root: string;
  readonly #islandDir: string;
  readonly #routeDir: string;
  readonly #staticDirs: readonly string[];
  readonly #target: string | string[];
  readonly #ignore: readonly RegExp[];

  constructor(
    {
      root = ".",
      islandDir = "islands",
      routeDir = "routes",
      staticDir = "static",
      target = ["chrome99", "firefox99", "safari15"],
      ignore = [TEST],
    }: BuilderOptions = {},
  ) {
    this.#root = resolve(root);
    this.#islandDir = resolve(root, islandDir);
    this.#routeDir = resolve(root, routeDir);
    this.#staticDirs = [staticDir].flat().map((folder) => resolve(root, folder));
    this.#target = target;
    this.#ignore = ignore;
  }

  /**
   * Builds the project.
   *
   * @returns Puts a build in memory to use in an app: `(await builder.build({ snapshot: "memory" }))(app)`.
   *   One on disk is what `listen` finds by itself, so its routes are not even loaded.
   * @throws {Error} when an island or something that it imports has an error.
   */
  async build(
    { mode = "production", snapshot = "disk" }: BuildOptions = {},
    // deno-lint-ignore no-explicit-any -- an app of any state
  ): Promise<(app: App<any>) => void> {
    const project = await this.#listProject();
    const bundle = await bundleClient({ ...project, mode, target: this.#target });
    if (snapshot === "disk") {
      await this.#write(project, bundle);
      return () => {
        throw new Error('A build on disk cannot be put to use here; build with snapshot "memory"');
      };
    }
    const inMemory = await loadProject(project, bundle, mode);
    return (app) => setBuildCache(app, inMemory);
  }

  /**
   * Serves the app for development. Pages reload when a static file or an island's script changes,
   * and when this program is restarted, which `deno run --watch` does for changes on the server.
   *
   * @param importApp Imports the app, as in `() => import("./main.ts")`.
   * @param options As for `Deno.serve`.
   */
  async listen(
    // deno-lint-ignore no-explicit-any -- an app of any state
    importApp: () => Promise<{ app: App<any> } | App<any>>,
    options: Partial<Deno.ServeTcpOptions> = {},
  ): Promise<void> {
    const imported = await importApp();
    const app = "app" in imported ? imported.app : imported;
    const build = async () => {
      (await this.build({ mode: "development", snapshot: "memory" }))(app);
      return app.handler();
    };
    let handler = await build();

    const reload = new LiveReload();
    const watcher = watch([this.#islandDir, ...this.#staticDirs], async () => {
      try {
        handler = await build();
        reload.changed();
      } catch (error) {
        console.error(error);
      }
    });
    const server = Deno.serve(
      options,
      (request, info) =>
        new URL(request.url).pathname.endsWith(LIVE_RELOAD_PATH)
          ? reload.subscribe()
          : handler(request, info),
    );
    options.signal?.addEventListener("abort", () => reload.close(), { once: true });
    await server.finished;
    watcher.close();
    reload.close();
  }

  async #listProject(): Promise<Project> {
    const keep = (path: string) => SCRIPT.test(path) && !this.#ignore.some((re) => re.test(path));
    const [routes, islands, ...statics] = await Promise.all([
      listFiles(this.#routeDir),
      listFiles(this.#islandDir),
      ...this.#staticDirs.map(async (folder) =>
        (await listFiles(folder)).map((path) => [`/${path}`, join(folder, path)] as const)
      ),
    ]);
    return {
      root: this.#root,
      routeDir: this.#routeDir,
      routes: routes.filter((path) => keep(path) && !PRIVATE_FOLDER.test(path)),
      islands: [
        ...islands.filter(keep).map((path) => join(this.#islandDir, path)),
        ...routes.filter((path) => keep(path) && ISLAND_FOLDER.test(path))
          .map((path) => join(this.#routeDir, path)),
      ],
      statics: new Map(statics.reverse().flat()),
    };
  }

  /** Writes `_fresh/`: the scripts, compressed variants of all files, and the module for the server. */
  async #write(project: Project, bundle: ClientBundle): Promise<void> {
    const { root } = project;
    const out = join(root, OUT_DIR);
    await Deno.remove(out, { recursive: true }).catch(ignoreNotFound);

    const files = await Promise.all([
      ...Array.from(bundle.scripts, async ([pathname, content]) => {
        const file = outFile(pathname);
        await writeFile(join(root, file), content);
        return writeVariants(root, pathname, file, content, true);
      }),
      ...Array.from(
        project.statics,
        async ([pathname, path]) =>
          writeVariants(root, pathname, relative(root, path), await Deno.readFile(path), false),
      ),
    ]);
    await writeFile(
      join(out, "server.js"),
      new TextEncoder().encode(serverModule(project, bundle, Object.fromEntries(files))),
    );
    await writeStamp(root, await this.#inputs(project, bundle), this.#folders());
  }

  /** Files whose content went into the build, this code included. */
  async #inputs(project: Project, bundle: ClientBundle): Promise<string[]> {
    const fresh = dirname(fileURLToPath(import.meta.url));
    const code = (await listFiles(fresh)).filter((path) => SCRIPT.test(path) && !TEST.test(path));
    const paths = [
      join(project.root, "deno.json"),
      ...project.statics.values(),
      ...bundle.inputs,
      ...code.map((path) => join(fresh, path)),
    ];
    return [...new Set(paths)].map((path) => relative(project.root, path)).sort();
  }

  #folders(): string[] {
    return [this.#routeDir, this.#islandDir, ...this.#staticDirs]
      .map((folder) => relative(this.#root, folder));
  }
}

/** The build without a detour by way of the disk. */
async function loadProject(
  project: Project,
  bundle: ClientBundle,
  mode: Snapshot["mode"],
): Promise<Snapshot> {
  const load = (path: string): Promise<Record<string, unknown>> => import(pathToFileURL(path).href);
  const [routes, islands, statics] = await Promise.all([
    Promise.all(project.routes.map(async (path): Promise<FsRouteFile> => ({
      path,
      module: await load(join(project.routeDir, path)),
    }))),
    Promise.all(project.islands.map(async (path): Promise<IslandModule> => ({
      module: await load(path),
      name: islandName(path),
      chunk: bundle.islandChunks.get(path)!,
    }))),
    Promise.all(
      Array.from(
        project.statics,
        async ([pathname, path]) =>
          [pathname, memoryFile(pathname, await Deno.readFile(path), false)] as const,
      ),
    ),
  ]);
  const scripts = Array.from(
    bundle.scripts,
    ([pathname, content]) => [pathname, memoryFile(pathname, content, true)] as const,
  );
  return createSnapshot({
    root: project.root,
    mode,
    client: bundle,
    routes,
    islands,
    files: new Map([...statics, ...scripts]),
  });
}

function memoryFile(
  pathname: string,
  content: Uint8Array<ArrayBuffer>,
  immutable: boolean,
): StaticFile {
  return {
    hash: contentHash(content),
    contentType: contentTypeOf(pathname),
    size: content.length,
    immutable,
    read: () => Promise.resolve(content),
    encodings: {},
  };
}

/** Writes the compressed variants of a file, and describes it. `file` is relative to `root`. */
async function writeVariants(
  root: string,
  pathname: string,
  file: string,
  content: Uint8Array,
  immutable: boolean,
): Promise<[pathname: string, entry: FileEntry]> {
  const contentType = contentTypeOf(pathname);
  const variants = Object.entries(await compress(content, contentType));
  const encodings = await Promise.all(variants.map(async ([encoding, variant]) => {
    const path = `${outFile(pathname)}.${encoding}`;
    await writeFile(join(root, path), variant);
    return [encoding, path] as const;
  }));
  return [pathname, {
    file,
    hash: contentHash(content),
    contentType,
    size: content.length,
    immutable,
    encodings: Object.fromEntries(encodings),
  }];
}

/** Where a file that the build makes for a URL path is: scripts in `js/`, others in `static/`. */
function outFile(pathname: string): string {
  return pathname.startsWith(SCRIPT_PATH)
    ? join(OUT_DIR, "js", pathname.slice(SCRIPT_PATH.length))
    : join(OUT_DIR, "static", pathname);
}

async function writeFile(path: string, content: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, content);
}

/** The text of `_fresh/server.js`: a `ServerModule`. */
function serverModule(
  { root, routeDir, routes, islands }: Project,
  { clientEntry, navigationEntry, liveReloadEntry, chunkImports, islandChunks }: ClientBundle,
  files: Record<string, FileEntry>,
): string {
  const out = join(root, OUT_DIR);
  const importFrom = (name: string, path: string) =>
    `import * as ${name} from ${JSON.stringify(relative(out, path).replaceAll("\\", "/"))};`;
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return [
    "// Written by the build; read by `loadSnapshot`.",
    ...routes.map((path, i) => importFrom(`route${i}`, join(routeDir, path))),
    ...islands.map((path, i) => importFrom(`island${i}`, path)),
    `export const client = ${
      json({ clientEntry, navigationEntry, liveReloadEntry, chunkImports })
    };`,
    "export const routes = [",
    ...routes.map((path, i) => `  { path: ${JSON.stringify(path)}, module: route${i} },`),
    "];",
    "export const islands = [",
    ...islands.map((path, i) => {
      const name = JSON.stringify(islandName(path));
      return `  { name: ${name}, chunk: "${islandChunks.get(path)}", module: island${i} },`;
    }),
    "];",
    `export const files = ${json(files)};`,
    "",
  ].join("\n");
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
