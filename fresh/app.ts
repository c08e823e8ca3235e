import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type BuildCache, emptyBuildCache } from "./build_cache.ts";
import { andThen, type Eventually } from "./components.ts";
import {
  advance,
  Context,
  type Environment,
  type FreshConfig,
  RequestScope,
  type ResolvedFreshConfig,
} from "./context.ts";
import type { LayoutConfig, Middleware, Route, RouteComponent, RouteConfig } from "./define.ts";
import { type Command, RouteTable } from "./route_table.ts";
import { joinPattern, type Method, METHODS, pathnameOf } from "./router.ts";
import { withHeaders } from "./responses.ts";

/** Options of `Deno.serve`, with or without a certificate. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & {
    /** Told why no new connections could be taken for a moment, each time that it happens. */
    onInterrupted?: (error: Error) => void;
  };

/** Answers a request; it does not reject. */
export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** A {@linkcode Handler} that makes no promise where none is needed. */
type Answer = (request: Request, info?: Deno.ServeHandlerInfo) => Eventually<Response>;

/** How long new connections are left waiting after one could not be taken. */
const INTERRUPTION_MS = 200;

const FIRST_PORT = 8000;
const PORTS_TO_TRY = 20;

/** Gives an app the files of a build: what its file routes and static files are. */
export let setBuildCache: <State>(app: App<State>, cache: BuildCache) => void;

/** The build that an app was given; null when it has none. */
export let getBuildCache: <State>(app: App<State>) => BuildCache | null;

/**
 * Passes requests through middlewares to routes. Calls take effect in their order: a middleware
 * applies to the routes that are added after it.
 *
 * ```ts
 * const app = new App<{ user: string }>()
 *   .use(staticFiles())
 *   .use("/admin", guard)
 *   .get("/health", () => new Response("ok"))
 *   .fsRoutes();
 * await app.listen({ port: 8000 });
 * ```
 */
export class App<State> {
  readonly config: ResolvedFreshConfig;
  readonly #commands: Command<State>[] = [];
  #cache: () => BuildCache | null = () => null;

  static {
    getBuildCache = (app) => app.#cache();
    setBuildCache = (app, cache) => {
      app.config.root = cache.root;
      app.config.mode = cache.mode;
      app.#cache = () => cache;
    };
  }

  constructor(config: FreshConfig = {}) {
    this.config = {
      root: ".",
      basePath: (config.basePath ?? "").replace(/\/$/, ""),
      mode: config.mode ?? "production",
      trustProxy: config.trustProxy ?? false,
    };
  }

  /** Adds middlewares, for everything or for a path and all below it ("/admin" or "/admin/*"). */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    return typeof first === "string"
      ? this.#add({ type: "middleware", path: first, middlewares: rest })
      : this.#add({
        type: "middleware",
        path: "*",
        middlewares: [first, ...rest],
      });
  }

  /** Sets the page for what is not found, wherever it is called. */
  notFound(page: Route<State> | Middleware<State>): this {
    return this.#add({ type: "notFound", route: toRoute(page) });
  }

  /** Sets the page for errors at a path and below; the nearest one is shown. "*" is everywhere. */
  onError(path: string, page: Route<State> | Middleware<State>): this {
    return this.#add({ type: "error", path, route: toRoute(page) });
  }

  /** Sets the component around every page, which usually has the `<html>` element. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#add({ type: "app", component });
  }

  /** Sets the component around the pages at a path and below. */
  layout(path: string, component: RouteComponent<State>, config: LayoutConfig = {}): this {
    return this.#add({ type: "layout", path, component, config });
  }

  /** Adds a page, or a handler for several methods. */
  route(path: string, route: Route<State>, config?: RouteConfig): this {
    return this.#add({
      type: "route",
      path,
      route: config ? { ...route, config } : route,
    });
  }

  /** Adds a handler for GET, and for HEAD where there is no other. */
  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["GET"], path, middlewares);
  }

  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["POST"], path, middlewares);
  }

  put(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PUT"], path, middlewares);
  }

  patch(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["PATCH"], path, middlewares);
  }

  delete(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["DELETE"], path, middlewares);
  }

  head(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["HEAD"], path, middlewares);
  }

  /** Adds a handler for every method. */
  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(METHODS, path, middlewares);
  }

  /**
   * Adds the routes of the `routes/` folder, at the root or below a path. They can be added at
   * several paths; each middleware, layout and error page still counts once for a request.
   */
  fsRoutes(path = "*"): this {
    return this.#add({ type: "fsRoutes", path });
  }

  /** Adds all that another app has, below a path. */
  mountApp(path: string, app: App<State>): this {
    const base = joinPattern(path, app.config.basePath || "/");
    for (const command of app.#commands) {
      this.#add(
        "path" in command ? { ...command, path: joinPattern(base, command.path) } : command,
      );
    }
    app.#cache = () => this.#cache();
    return this;
  }

  /**
   * The function that answers requests, for `Deno.serve` or for tests. It has the routes that were
   * added up to now; without a build there are no file routes.
   */
  handler(): Handler {
    const answer = this.#compile();
    return (req, info) => {
      const response = Promise.resolve(answer(req, info));
      return req.method === "HEAD" ? response.then(withoutBody) : response;
    };
  }

  /**
   * Serves the app until it is stopped by `signal`. The build is read from `_fresh/` unless the app
   * was given one. Without a port, the first free one from 8000 on is used.
   *
   * @throws Error when the app has file routes and there is no build, or when it cannot listen.
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    if (this.#cache() === null) await this.#loadBuild();
    const { signal, onInterrupted, ...rest } = options;
    const onListen = options.onListen ?? announce(this.config.basePath, "cert" in options);
    const handler = this.#compile();
    const server = serve(handler, { ...rest, onListen });
    const { port } = server.addr as Deno.NetAddr;
    const again = () => Deno.serve({ ...rest, port, onListen: () => {} }, handler);
    await keepServing(server, again, signal, onInterrupted);
  }

  /** The handler as a server needs it, which itself sends no body for HEAD. */
  #compile(): Answer {
    const cache = this.#cache() ?? emptyBuildCache;
    const environment: Environment = { config: this.config, cache };
    const table = new RouteTable(this.#commands, cache.fsRoutes, this.config.basePath);
    const answer: Answer = (req, info) => {
      const pathname = pathnameOf(req.url);
      const { route, params, steps, otherMethods } = table.resolve(req.method, pathname);
      const scope = new RequestScope<State>(environment, pathname ?? "/", steps);
      const response = advance(new Context<State>(req, info, route, params, scope));
      if (otherMethods === null) return response;
      return andThen(response, async (it) => {
        const { allow, asked } = otherMethods;
        return withAllow(it, asked ? await askAllow(answer, req, info) ?? allow : allow);
      });
    };
    return answer;
  }

  async #loadBuild(): Promise<void> {
    const root = new URL(".", Deno.mainModule);
    if (await exists(new URL("_fresh/server.js", root))) {
      const { loadSnapshot } = await import("./snapshot.ts");
      setBuildCache(this, await loadSnapshot(fileURLToPath(root)));
    } else if (this.#commands.some(({ type }) => type === "fsRoutes")) {
      throw new Error(`Could not find "_fresh/": run "deno task build" first`);
    }
  }

  #add(command: Command<State>): this {
    this.#commands.push(command);
    return this;
  }

  #handle(
    methods: readonly Method[],
    path: string,
    middlewares: readonly Middleware<State>[],
  ): this {
    return this.#add({ type: "handler", path, methods, middlewares });
  }
}

function toRoute<State>(page: Route<State> | Middleware<State>): Route<State> {
  return typeof page === "function" ? { handler: page } : page;
}

function withoutBody(response: Response): Response {
  response.body?.cancel();
  return new Response(null, response);
}

/** What a route that handles OPTIONS allows; null where it does not say. */
async function askAllow(
  answer: Answer,
  { url, headers }: Request,
  info?: Deno.ServeHandlerInfo,
): Promise<string | null> {
  const response = await answer(new Request(url, { method: "OPTIONS", headers }), info);
  await response.body?.cancel();
  return response.headers.get("allow");
}

function withAllow(response: Response, allow: string): Response {
  if (response.status !== 405 || response.headers.has("allow")) return response;
  return withHeaders(response, (headers) => headers.set("allow", allow));
}

function serve(handler: Deno.ServeHandler, options: ListenOptions): Deno.HttpServer {
  if (options.port !== undefined) return Deno.serve(options, handler);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TO_TRY; port++) {
    try {
      return Deno.serve({ ...options, port }, handler);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  const last = FIRST_PORT + PORTS_TO_TRY - 1;
  throw new Deno.errors.AddrInUse(
    `Could not find a free port from "${FIRST_PORT}" to "${last}": pass one as "port"`,
  );
}

/**
 * Waits until a server is stopped by `signal`. When Deno cannot take a connection, out of file
 * descriptors for one, it ends the server; then the requests under way are finished, connections
 * without any are closed, and another server listens in its place.
 */
async function keepServing(
  server: Deno.HttpServer,
  again: () => Deno.HttpServer,
  signal: AbortSignal | undefined,
  onInterrupted: (error: Error) => void = () => {},
): Promise<void> {
  const draining = new Set<Promise<void>>();
  // Given to Deno.serve, the signal would cut off the requests under way.
  signal?.addEventListener("abort", () => server.shutdown(), { once: true });
  let failure = await failureOf(server.finished);
  while (failure !== null) {
    onInterrupted(failure);
    const drained: Promise<void> = server.shutdown().finally(() => draining.delete(drained));
    draining.add(drained);
    await setTimeout(INTERRUPTION_MS);
    if (signal?.aborted) break;
    failure = await failureOf((async () => {
      server = again();
      await server.finished;
    })());
  }
  await Promise.all(draining);
}

/** Why something failed; null when it did not. */
const failureOf = (work: Promise<void>): Promise<Error | null> =>
  work.then(() => null, (error: Error) => error);

/** Says where the server can be reached. */
function announce(basePath: string, secure: boolean): (address: Deno.NetAddr) => void {
  return ({ hostname, port }) => {
    const isAny = hostname === "0.0.0.0" || hostname === "::";
    const host = isAny ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
    console.log(
      `Listening on ${secure ? "https" : "http"}://${host}:${port}${basePath}/`,
    );
  };
}

async function exists(file: URL): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
