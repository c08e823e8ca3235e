import type { FsRouteFile } from "./build_cache.ts";
import type { LayoutConfig, Middleware, Route, RouteComponent, RouteConfig } from "./define.ts";

/** What a file of `routes/` declares, read from its name and its exports. */
export type FsDeclaration<State> =
  & {
    /** The file's path, by which a second mount of the same file is known. */
    readonly file: string;
    /** Keys of the segments that the file's folder leads to, groups included. */
    readonly folder: readonly string[];
  }
  & (
    | { readonly kind: "app"; readonly component: RouteComponent<State> }
    | {
      readonly kind: "middleware";
      readonly middlewares: readonly Middleware<State>[];
    }
    | {
      readonly kind: "layout";
      readonly component: RouteComponent<State>;
      readonly config: LayoutConfig;
    }
    | { readonly kind: "error"; readonly route: Route<State> }
    | { readonly kind: "notFound"; readonly route: Route<State> }
    | {
      readonly kind: "route";
      readonly route: Route<State>;
      /** A URL pattern such as "/posts/:id". */
      readonly pattern: string;
      /** Key of the segment that the file's own name adds; null for an index. */
      readonly name: string | null;
    }
  );

const EXTENSION = /\.[cm]?[jt]sx?$/;
const TEST_FILE = /[._]test\.[cm]?[jt]sx?$/;
const PRIVATE_FOLDER = /(^|\/)\(_[^/]*\)\//;

/**
 * Reads the declarations of route files. Those for whole folders come first, then the routes with
 * the more specific before the less: "posts/new" before "posts/[id]" before "[...path]". Tests and
 * folders such as "(_components)" are left out.
 *
 * @throws Error when a file exports nothing that its name calls for, or its name is malformed.
 */
export function readFsRoutes<State>(files: readonly FsRouteFile[]): FsDeclaration<State>[] {
  const declarations = files
    .filter(({ path }) => !TEST_FILE.test(path) && !PRIVATE_FOLDER.test(path))
    .toSorted((a, b) => compareSpecificity(a.path, b.path))
    .map((file) => readFile<State>(file));
  return [
    ...declarations.filter(({ kind }) => kind !== "route"),
    ...declarations.filter(({ kind }) => kind === "route"),
  ];
}

function readFile<State>({ path, module }: FsRouteFile): FsDeclaration<State> {
  const parts = path.replace(EXTENSION, "").split("/");
  const name = parts.at(-1)!;
  const folder = parts.slice(0, -1).map((part) => segmentPattern(part, path));
  const origin = { file: path, folder };
  const exports = new RouteExports<State>(path, module);
  switch (name) {
    case "_app":
      return { ...origin, kind: "app", component: exports.requireComponent() };
    case "_layout":
      return {
        ...origin,
        kind: "layout",
        component: exports.requireComponent(),
        config: exports.config ?? {},
      };
    case "_middleware":
      return {
        ...origin,
        kind: "middleware",
        middlewares: exports.requireMiddlewares(),
      };
    case "_error":
    case "_500":
      return { ...origin, kind: "error", route: exports.requireRoute() };
    case "_404":
      return { ...origin, kind: "notFound", route: exports.requireRoute() };
  }
  const route = exports.requireRoute();
  const ownName = name === "index" ? null : segmentPattern(name, path);
  return {
    ...origin,
    kind: "route",
    route,
    pattern: route.config?.routeOverride ??
      urlPattern([...folder, ...(ownName ? [ownName] : [])]),
    name: ownName,
  };
}

/** The exports of a route file, checked for what the file's name calls for. */
class RouteExports<State> {
  readonly #path: string;
  readonly #module: Record<string, unknown>;

  constructor(path: string, module: Record<string, unknown>) {
    this.#path = path;
    this.#module = module;
  }

  get config(): RouteConfig | undefined {
    return this.#module.config as RouteConfig | undefined;
  }

  get #handler(): unknown {
    return this.#module.handlers ?? this.#module.handler;
  }

  requireComponent(): RouteComponent<State> {
    if (typeof this.#module.default !== "function") {
      this.#fail("a component as default export");
    }
    return this.#module.default as RouteComponent<State>;
  }

  requireMiddlewares(): Middleware<State>[] {
    const middlewares = [this.#handler ?? this.#module.default].flat();
    if (!middlewares.every((middleware) => typeof middleware === "function")) {
      this.#fail("a function, or an array of functions, as default export");
    }
    return middlewares as Middleware<State>[];
  }

  requireRoute(): Route<State> {
    const component = this.#module.default;
    const handler = this.#handler;
    const hasHandler = typeof handler === "function" ||
      (typeof handler === "object" && handler !== null);
    if (typeof component !== "function" && !hasHandler) {
      this.#fail(`a component as default export, or a "handler" or "handlers" export`);
    }
    return {
      component: component as Route<State>["component"],
      config: this.config,
      handler: handler as Route<State>["handler"],
    };
  }

  #fail(wanted: string): never {
    throw new Error(`Could not use "routes/${this.#path}": it must have ${wanted}`);
  }
}

/** A file's or folder's name as a part of a pattern: "[id]" as ":id", "[[id]]" as "{/:id}?". */
function segmentPattern(name: string, path: string): string {
  const optional = /^\[\[(\w+)\]\]$/.exec(name);
  if (optional) return `{/:${optional[1]}}?`;
  const rest = /^\[\.\.\.(\w+)\]$/.exec(name);
  if (rest) return `:${rest[1]}*`;
  const pattern = name.replace(/\[(\w+)\]/g, ":$1");
  if (/[[\]]/.test(pattern) || name.includes("][")) {
    throw new SyntaxError(
      `Could not read the route "${path}": wanted "[name]", "[[name]]" or "[...name]", with text ` +
        `between two parameters, but got "${name}"`,
    );
  }
  return pattern;
}

function urlPattern(parts: readonly string[]): string {
  const path = parts
    .filter((part) => !(part.startsWith("(") && part.endsWith(")")))
    .map((part) => part.startsWith("{/") ? part : `/${part}`);
  const allOptional = path.every((part) => part.startsWith("{/"));
  return allOptional ? path.join("").replace("{/", "/{") || "/" : path.join("");
}

/** Orders routes part by part: fixed text, then text with parameters, parameters, optional, rest. */
function compareSpecificity(a: string, b: string): number {
  const [left, right] = [a, b].map((path) =>
    path.replace(EXTENSION, "").replace(/(^|\/)index$/, "").split("/")
      .filter((part) => part !== "" && !part.startsWith("("))
  ) as [string[], string[]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = genericness(left[i]!) - genericness(right[i]!);
    if (order !== 0) return order;
  }
  return right.length - left.length || (a < b ? -1 : 1);
}

function genericness(part: string): number {
  if (part.startsWith("[...")) return 4;
  if (part.startsWith("[[")) return 3;
  if (/^\[\w+\]$/.test(part)) return 2;
  return part.includes("[") ? 1 : 0;
}
