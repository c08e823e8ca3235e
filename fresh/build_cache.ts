import type { AnyComponent } from "preact";

/** Where a component that is hydrated in the browser lives in the client bundle. */
export interface Island {
  readonly name: string;
  readonly exportName: string;
  /** URL path of the script that exports the component. */
  readonly chunk: string;
}

/** A file that is served as it is. */
export interface StaticFile {
  /** Content hash in hexadecimal digits, for the ETag and for `asset()` URLs. */
  readonly hash: string;
  readonly contentType: string;
  /** Length of the unencoded content in bytes. */
  readonly size: number;
  /** Whether the name carries the hash, so that the content at this URL never changes. */
  readonly immutable: boolean;
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** Readers for the variants that were compressed at build time. */
  readonly encodings: Readonly<
    Partial<Record<"br" | "gzip", () => Promise<Uint8Array<ArrayBuffer>>>>
  >;
}

/** A module of the `routes/` folder. */
export interface FsRouteFile {
  /** Path below `routes/` with forward slashes, such as "posts/[id]/index.tsx". */
  readonly path: string;
  readonly module: Record<string, unknown>;
}

/** All that a build hands to the server. */
export interface BuildCache {
  /** The project's folder. */
  readonly root: string;
  readonly mode: "production" | "development";
  /** URL path of the client runtime; null when nothing is interactive. */
  readonly clientEntry: string | null;
  // deno-lint-ignore no-explicit-any -- islands take props of every shape
  readonly islands: ReadonlyMap<AnyComponent<any>, Island>;
  readonly fsRoutes: readonly FsRouteFile[];
  /** The file at a decoded path below the base path, such as "/styles.css"; null when there is none. */
  staticFile(pathname: string): StaticFile | null;
}

/** The build of an app that has no files: what an {@linkcode App} uses until it is given another. */
export const emptyBuildCache: BuildCache = {
  root: ".",
  mode: "production",
  clientEntry: null,
  islands: new Map(),
  fsRoutes: [],
  staticFile: () => null,
};
