import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyComponent } from "preact";
import type { BuildCache, FsRouteFile, Island, StaticFile } from "./build_cache.ts";
import { setScope } from "./runtime/scope.ts";

/** A {@linkcode BuildCache} with what only rendering needs. */
export interface Snapshot extends BuildCache {
  /** URL path of the script for client navigation and partials. */
  readonly navigationEntry: string | null;
  /** URL path of the script that reloads the page when the program changed; only in development. */
  readonly liveReloadEntry: string | null;
  /** For each island's script the other scripts that it imports, besides the client runtime. */
  readonly chunkImports: Readonly<Record<string, readonly string[]>>;
}

/** The scripts of a build, by URL path. */
export interface ClientEntries {
  readonly clientEntry: string | null;
  readonly navigationEntry: string | null;
  readonly liveReloadEntry: string | null;
  readonly chunkImports: Readonly<Record<string, readonly string[]>>;
}

/** A static file in a build: where it is rather than how to read it. Paths are relative to the root. */
export interface FileEntry {
  readonly file: string;
  readonly hash: string;
  readonly contentType: string;
  readonly size: number;
  readonly immutable: boolean;
  readonly encodings: Readonly<globalThis.Partial<Record<"br" | "gzip", string>>>;
}

/** A module of islands: each component that it exports is one. */
export interface IslandModule {
  readonly module: Record<string, unknown>;
  readonly name: string;
  readonly chunk: string;
}

/** What `_fresh/server.js` exports. */
export interface ServerModule {
  readonly client: ClientEntries;
  readonly routes: readonly FsRouteFile[];
  readonly islands: readonly IslandModule[];
  readonly files: Readonly<Record<string, FileEntry>>;
}

/** The folder of a build below the root. */
export const OUT_DIR = "_fresh";
/** URL path below which the scripts are. */
export const SCRIPT_PATH = "/_fresh/js/";

/**
 * The build in `_fresh/` below the project's folder `root`.
 *
 * @throws {Error} when there is none.
 */
export async function loadSnapshot(root: string): Promise<BuildCache> {
  const path = join(root, OUT_DIR, "server.js");
  if (!await exists(path)) {
    throw new Error(`Could not find "${OUT_DIR}/": run "deno task build" first`);
  }
  const server: ServerModule = await import(pathToFileURL(path).href);
  const files = new Map(
    Object.entries(server.files).map(([pathname, entry]) => [pathname, diskFile(root, entry)]),
  );
  return createSnapshot({ ...server, root, mode: "production", files });
}

/** Puts a snapshot together from its parts. From then on `asset()` knows its files. */
export function createSnapshot(
  { root, mode, client, routes, islands, files }: {
    root: string;
    mode: BuildCache["mode"];
    client: ClientEntries;
    routes: readonly FsRouteFile[];
    islands: readonly IslandModule[];
    files: ReadonlyMap<string, StaticFile>;
  },
): Snapshot {
  setScope({ assetHash: (path) => files.get(path)?.hash });
  return {
    root,
    mode,
    ...client,
    islands: islandsByComponent(islands),
    fsRoutes: routes,
    staticFile: (pathname) => files.get(pathname) ?? null,
  };
}

// deno-lint-ignore no-explicit-any -- islands take props of every shape
function islandsByComponent(modules: readonly IslandModule[]): Map<AnyComponent<any>, Island> {
  const islands = new Map<AnyComponent, Island>();
  for (const { module, name, chunk } of modules) {
    for (const [exportName, value] of Object.entries(module)) {
      if (typeof value !== "function") continue;
      islands.set(value as AnyComponent, { name, exportName, chunk });
    }
  }
  return islands;
}

/** Files up to this size, in bytes, stay in memory once they were read. */
const KEPT_SIZE = 256 * 1024;

function diskFile(root: string, { file, encodings, ...entry }: FileEntry): StaticFile {
  const read = (path: string) => {
    const readFile = () => Deno.readFile(join(root, path));
    return entry.size <= KEPT_SIZE ? once(readFile) : readFile;
  };
  return {
    ...entry,
    read: read(file),
    encodings: {
      ...(encodings.br === undefined ? {} : { br: read(encodings.br) }),
      ...(encodings.gzip === undefined ? {} : { gzip: read(encodings.gzip) }),
    },
  };
}

/** Remembers the first success. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () =>
    loaded ??= load().catch((error) => {
      loaded = undefined;
      throw error;
    });
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
