import type { FsRouteFile } from "./build_cache.ts";
import type { Eventually } from "./components.ts";
import { advance, type Context, scopeOf, type Step } from "./context.ts";
import type { HandlerFn, LayoutConfig, Middleware, Route, RouteComponent } from "./define.ts";
import { type ErrorStatus, HttpError } from "./error.ts";
import { type FsDeclaration, readFsRoutes } from "./fs_routes.ts";
import {
  joinPattern,
  type Method,
  METHODS,
  NO_PARAMS,
  type Params,
  patternSegments,
  Router,
} from "./router.ts";
import {
  type ChainParts,
  compileChain,
  type Layer,
  layersOf,
  newSegment,
  renderWithoutData,
  routeStep,
  type Segment,
  trailOfUrl,
  trailTo,
} from "./segments.ts";

/** One call of an `App` method. The order of calls is the order in which they take effect. */
export type Command<State> =
  | { readonly type: "app"; readonly component: RouteComponent<State> }
  | { readonly type: "notFound"; readonly route: Route<State> }
  | { readonly type: "fsRoutes"; readonly path: string }
  | {
    readonly type: "error";
    readonly path: string;
    readonly route: Route<State>;
  }
  | {
    readonly type: "route";
    readonly path: string;
    readonly route: Route<State>;
  }
  | {
    readonly type: "middleware";
    readonly path: string;
    readonly middlewares: readonly Middleware<State>[];
  }
  | {
    readonly type: "layout";
    readonly path: string;
    readonly component: RouteComponent<State>;
    readonly config: LayoutConfig;
  }
  | {
    readonly type: "handler";
    readonly path: string;
    readonly methods: readonly Method[];
    readonly middlewares: readonly Middleware<State>[];
  };

/** The chain that answers one method of a route. */
class Endpoint<State> {
  readonly #parts: ChainParts<State>;
  readonly steps: readonly Step<State>[];
  #slashSteps: readonly Step<State>[] | null = null;

  constructor(parts: ChainParts<State>) {
    this.#parts = parts;
    this.steps = compileChain(parts);
  }

  /** The chain for the URL with a slash at the end: it redirects, unless slashes are wanted. */
  get slashSteps(): readonly Step<State>[] {
    const { ending } = this.#parts;
    return this.#slashSteps ??= compileChain({
      ...this.#parts,
      ending: [redirectFromSlash, ...ending],
    });
  }
}

interface Entry<State> {
  /** The layers around the endpoint that was added last. */
  layers: readonly Layer<State>[];
  readonly endpoints: Map<string, Endpoint<State>>;
}

/** The methods that a route supports. */
export interface OtherMethods {
  /** As a header says it. */
  readonly allow: string;
  /** Whether the route handles OPTIONS, and so says itself what it supports. */
  readonly asked: boolean;
}

/** How a request is to be answered. */
export interface Resolution<State> {
  readonly route: string | null;
  readonly params: Params;
  readonly steps: readonly Step<State>[];
  /** What there is instead, when the route does not support the method of the request. */
  readonly otherMethods: OtherMethods | null;
}

const PROGRAMMATIC = { mountDepth: 0, ownName: false };

/** All routes of an app, compiled: finds the chain of steps that answers a request. */
export class RouteTable<State> {
  readonly #basePath: string;
  readonly #notFound: Route<State> | null;
  readonly #root: Segment<State> = newSegment("");
  readonly #router = new Router<Entry<State>>();
  readonly #unmatched = new Map<Segment<State>, readonly Step<State>[]>();

  constructor(
    commands: readonly Command<State>[],
    fsRoutes: readonly FsRouteFile[],
    basePath: string,
  ) {
    const files = readFsRoutes<State>(fsRoutes);
    this.#basePath = basePath;
    this.#notFound = findNotFound(commands, files);
    for (const command of commands) {
      if (command.type !== "fsRoutes") this.#apply(command);
      else for (const file of files) this.#applyFile(file, command.path);
    }
  }

  /** @param pathname as `pathnameOf` gives it; null for a URL that cannot be parsed. */
  resolve(method: string, pathname: string | null): Resolution<State> {
    if (pathname === null) {
      return this.#refuse([this.#root], 400, "Malformed URL");
    }
    const match = this.#router.match(pathname);
    if (match === null) return this.#resolveUnmatched(pathname);
    const { item: entry, pattern: route, params } = match;
    if (params === null) {
      return this.#refuse(this.#trailOf(pathname), 400, "Malformed percent sign in the URL");
    }
    const endpoint = endpointFor(entry, method);
    if (endpoint === undefined) {
      return this.#resolveOtherMethod(method, entry, route, params);
    }
    const steps = match.trailingSlash ? endpoint.slashSteps : endpoint.steps;
    return { route, params, steps, otherMethods: null };
  }

  #resolveUnmatched(pathname: string): Resolution<State> {
    const trail = this.#trailOf(pathname);
    const segment = trail.at(-1)!;
    let steps = this.#unmatched.get(segment);
    if (steps === undefined) {
      this.#unmatched.set(segment, steps = this.#compileUnmatched(trail, []));
    }
    return { route: null, params: NO_PARAMS, steps, otherMethods: null };
  }

  #resolveOtherMethod(
    method: string,
    entry: Entry<State>,
    route: string,
    params: Params,
  ): Resolution<State> {
    const allow = allowedMethods(entry);
    const ending: Step<State> = method === "OPTIONS"
      ? () => new Response(null, { status: 204, headers: { allow } })
      : refuse(405);
    const steps = compileChain({
      layers: entry.layers,
      notFound: this.#notFound,
      ending: [ending],
    });
    const asked = entry.endpoints.has("OPTIONS");
    return { route, params, steps, otherMethods: { allow, asked } };
  }

  #refuse(trail: readonly Segment<State>[], status: ErrorStatus, message: string) {
    const steps = this.#compileUnmatched(trail, [refuse(status, message)]);
    return { route: null, params: NO_PARAMS, steps, otherMethods: null };
  }

  #trailOf(pathname: string): Segment<State>[] {
    const base = this.#basePath;
    if (base !== "" && pathname !== base && !pathname.startsWith(`${base}/`)) {
      return [this.#root];
    }
    return trailOfUrl(this.#root, pathname.slice(base.length + 1).split("/"));
  }

  #compileUnmatched(
    trail: readonly Segment<State>[],
    ending: readonly Step<State>[],
  ): readonly Step<State>[] {
    const layers = layersOf(trail, {
      mountDepth: trail.length,
      ownName: false,
    });
    return compileChain({ layers, notFound: this.#notFound, ending });
  }

  #apply(command: Exclude<Command<State>, { type: "fsRoutes" }>): void {
    switch (command.type) {
      case "app":
        this.#root.app = command.component;
        break;
      case "middleware":
        this.#scope(command.path).middlewares.push({
          value: command.middlewares,
          file: null,
        });
        break;
      case "layout": {
        const { component, config } = command;
        this.#scope(command.path).layout = {
          value: { component, config },
          file: null,
        };
        break;
      }
      case "error":
        this.#scope(command.path).errorRoute = {
          value: command.route,
          file: null,
        };
        break;
      case "route":
        this.#addRoute(
          command.route.config?.routeOverride ?? command.path,
          this.#layers(command.path),
          command.route,
        );
        break;
      case "handler":
        this.#addEndpoint(command.path, command.methods, {
          layers: this.#layers(command.path),
          notFound: this.#notFound,
          ending: command.middlewares,
        });
    }
  }

  #applyFile(declaration: FsDeclaration<State>, mount: string): void {
    const { file } = declaration;
    const mountKeys = patternSegments(scopePath(mount));
    const keys = [...mountKeys, ...declaration.folder];
    const segment = trailTo(this.#root, keys).at(-1)!;
    switch (declaration.kind) {
      case "app":
        this.#root.app = declaration.component;
        break;
      case "middleware":
        segment.middlewares.push({ value: declaration.middlewares, file });
        break;
      case "layout": {
        const { component, config } = declaration;
        segment.layout = { value: { component, config }, file };
        break;
      }
      case "error":
        segment.errorRoute = { value: declaration.route, file };
        break;
      case "route": {
        const { name, pattern, route } = declaration;
        const trail = trailTo(this.#root, name === null ? keys : [...keys, name]);
        const place = { mountDepth: mountKeys.length, ownName: name !== null };
        this.#addRoute(joinPattern(mount, pattern), layersOf(trail, place), route);
      }
    }
  }

  #scope(path: string): Segment<State> {
    return trailTo(this.#root, patternSegments(scopePath(path))).at(-1)!;
  }

  #layers(path: string): Layer<State>[] {
    return layersOf(trailTo(this.#root, patternSegments(scopePath(path))), PROGRAMMATIC);
  }

  #addRoute(path: string, layers: readonly Layer<State>[], route: Route<State>): void {
    for (const [methods, handler] of handlersOf(route)) {
      this.#addEndpoint(path, methods, {
        layers,
        notFound: this.#notFound,
        config: route.config,
        ending: [routeStep(route, handler)],
      });
    }
  }

  #addEndpoint(path: string, methods: readonly string[], parts: ChainParts<State>): void {
    const entry = this.#router.add(
      joinPattern(this.#basePath, path),
      () => ({ layers: parts.layers, endpoints: new Map() }),
    );
    entry.layers = parts.layers;
    const endpoint = new Endpoint(parts);
    for (const method of methods) {
      if (!entry.endpoints.has(method)) entry.endpoints.set(method, endpoint);
    }
  }
}

/** The path whose segment a declaration covers: "/admin/*" is "/admin" and everything below it. */
const scopePath = (path: string): string => path.replace(/\/?\*$/, "");

/** `notFound()` works wherever it is called, so that it is known before any chain is compiled. */
function findNotFound<State>(
  commands: readonly Command<State>[],
  files: readonly FsDeclaration<State>[],
): Route<State> | null {
  const page = files.findLast((file) => file.kind === "notFound");
  const command = commands.findLast(({ type }) =>
    type === "notFound" || (type === "fsRoutes" && page !== undefined)
  );
  return (command?.type === "notFound" ? command.route : command && page?.route) ?? null;
}

/** The handlers of a route with the methods they are for; a component without any is for GET. */
function handlersOf<State>(
  { handler, component }: Route<State>,
): [readonly string[], HandlerFn<unknown, State>][] {
  if (typeof handler === "function") return [[METHODS, handler]];
  const byMethod = { ...(component && { GET: renderWithoutData }), ...handler };
  return Object.entries(byMethod).map(([method, fn]) => [[method], fn]);
}

function endpointFor<State>(entry: Entry<State>, method: string): Endpoint<State> | undefined {
  const { endpoints } = entry;
  return endpoints.get(method) ??
    (method === "HEAD" ? endpoints.get("GET") : undefined);
}

function allowedMethods<State>({ endpoints }: Entry<State>): string {
  const methods = new Set([...endpoints.keys(), "OPTIONS"]);
  if (methods.has("GET")) methods.add("HEAD");
  return METHODS.filter((method) => methods.has(method)).join(", ");
}

function refuse(status: ErrorStatus, message?: string): () => never {
  return () => {
    throw new HttpError(status, message);
  };
}

/** Passes on to the route where slashes are wanted; else sends the client to the URL without one. */
function redirectFromSlash<State>(ctx: Context<State>): Eventually<Response> {
  const { trailingSlashAllowed, pathname } = scopeOf(ctx);
  if (trailingSlashAllowed) return advance(ctx);
  return new Response(null, {
    status: 308,
    headers: { location: pathname.slice(0, -1) + ctx.url.search },
  });
}
