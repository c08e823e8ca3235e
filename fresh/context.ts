import { Fragment, h, isValidElement, type VNode } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { andThen, appWrapper, type Eventually, type Wrap, wrapInLayouts } from "./components.ts";
import type { LayoutConfig, RouteComponent } from "./define.ts";
import { HttpError } from "./error.ts";
import { renderDocument } from "./render.ts";
import { collapseSlashes, type Params } from "./router.ts";

/** How an app is set up; every field has a default. */
export interface FreshConfig {
  /** Where the app is mounted, such as "/shop". Default: at the root. */
  basePath?: string;
  /** Default: "production". */
  mode?: "development" | "production";
  /**
   * Whether `ctx.url` takes its scheme and host from `X-Forwarded-Proto` and `X-Forwarded-Host`.
   * Only for an app behind a proxy that sets them, since clients could set them too. Default: false.
   */
  trustProxy?: boolean;
}

/** The configuration with its defaults filled in. */
export interface ResolvedFreshConfig extends Required<FreshConfig> {
  /** The project's folder. */
  root: string;
}

/** One element of the chain that answers a request. */
export type Step<State> = (ctx: Context<State>) => Eventually<Response>;

/** What goes around a page: the app wrapper, and in it the layouts from the outermost in. */
export interface Surroundings<State> {
  readonly app: RouteComponent<State> | null;
  readonly layouts: readonly RouteComponent<State>[];
}

/** What all requests of one app have in common. */
export interface Environment {
  readonly config: ResolvedFreshConfig;
  readonly cache: BuildCache;
}

/** Changes a response in place, or gives another. */
export type ResponseChange = (response: Response) => Response;

/** The search parameter by which a client asks for a page's partials alone. */
export const PARTIAL_PARAM = "fresh-partial";

const DEFAULT_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

const HTML = "text/html; charset=utf-8";

/** The part of a request's state that is the framework's own affair. */
export class RequestScope<State> {
  readonly environment: Environment;
  /** Normalised and percent-encoded, with the base path. */
  readonly pathname: string;
  readonly steps: readonly Step<State>[];
  /** Index of the next step to run. */
  position = 0;
  surroundings: Surroundings<State> = { app: null, layouts: [] };
  /** The nonce of the page rendered last; empty when nothing in it needs one. */
  nonce = "";
  /** Whether a dynamic route may answer at its URL with a slash at the end. */
  trailingSlashAllowed = false;
  /** What middlewares that an error passed by would have done to the response. */
  errorPageChanges: readonly ResponseChange[] = [];

  constructor(environment: Environment, pathname: string, steps: readonly Step<State>[]) {
    this.environment = environment;
    this.pathname = pathname;
    this.steps = steps;
  }
}

/** The framework's own part of a context, out of the app's reach. */
export let scopeOf: <State>(ctx: Context<State>) => RequestScope<State>;

/** {@linkcode Context.render} without a promise where none is needed. */
export let renderPage: <State>(
  ctx: Context<State>,
  page: VNode,
  init: ResponseInit,
  surroundings: Surroundings<State>,
) => Eventually<Response>;

/** Runs the next step of the chain. */
export function advance<State>(ctx: Context<State>): Eventually<Response> {
  const scope = scopeOf(ctx);
  const step = scope.steps[scope.position++];
  if (step === undefined) throw new HttpError(404);
  return step(ctx);
}

/** Has the page for an error that passes by a middleware changed as its responses are. */
export function changeErrorPage<State>(ctx: Context<State>, change: ResponseChange): void {
  const scope = scopeOf(ctx);
  scope.errorPageChanges = [...scope.errorPageChanges, change];
}

/** A request and everything to answer it with. There is one for each request. */
export class Context<State> {
  readonly config: ResolvedFreshConfig;
  req: Request;
  /** The connection that the request came by. */
  readonly info: Deno.ServeHandlerInfo;
  /** The pattern of the matched route, such as "/posts/:id"; null when there is none. */
  readonly route: string | null;
  /** Decoded parameters of the route; an optional one that is absent is "". */
  readonly params: Record<string, string>;
  /** What the middlewares and handlers of this request share. */
  readonly state: State = {} as State;
  /** What the route's handler passed to its component. */
  data: unknown = undefined;
  /** What was thrown, in an error page; otherwise null. */
  error: unknown = null;

  readonly #scope: RequestScope<State>;
  #url: URL | null = null;

  static {
    scopeOf = (ctx) => ctx.#scope;
    renderPage = (ctx, page, init, { app, layouts }) =>
      andThen(wrapInLayouts(ctx, page, layouts), (content) => {
        if (content instanceof Response) return content;
        if (app === null) return ctx.#respond(content, null, init);
        return andThen(
          appWrapper(ctx, app),
          (wrap) => wrap instanceof Response ? wrap : ctx.#respond(content, wrap, init),
        );
      });
  }

  constructor(
    req: Request,
    info: Deno.ServeHandlerInfo | undefined,
    route: string | null,
    params: Params,
    scope: RequestScope<State>,
  ) {
    this.req = req;
    this.info = info ?? DEFAULT_INFO;
    this.config = scope.environment.config;
    this.route = route;
    this.params = params;
    this.#scope = scope;
  }

  /** The request's URL, with repeated slashes in its path collapsed. */
  get url(): URL {
    return this.#url ??= requestUrl(this.req, this.config.trustProxy);
  }

  /** Whether the client asks for the page's partials alone. */
  get isPartial(): boolean {
    return this.req.url.includes(PARTIAL_PARAM) &&
      this.url.searchParams.has(PARTIAL_PARAM);
  }

  /** Passes the request on, and gives the response that comes back. */
  next = (): Promise<Response> => {
    try {
      return Promise.resolve(advance(this));
    } catch (error) {
      return Promise.reject(error);
    }
  };

  /**
   * Sends the client elsewhere. A path always stays on this site: "//evil.com" leads to "/evil.com".
   *
   * @param status a 3xx status; 302 by default.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    const location = stayOnSite(pathOrUrl);
    return new Response(null, {
      status,
      headers: {
        location: toAscii(this.isPartial ? withPartialParam(location) : location),
      },
    });
  }

  /**
   * Renders an element inside the layouts and the app wrapper of this place, as an HTML document.
   *
   * @throws TypeError when `vnode` is no JSX element.
   */
  // deno-lint-ignore require-await -- an error from rendering must reject
  async render(
    // deno-lint-ignore no-explicit-any -- elements of every component
    vnode: VNode<any> | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    if (vnode !== null && !isValidElement(vnode)) {
      throw new TypeError(`Expected a JSX element to render, but got "${vnode}"`);
    }
    const { app, layouts } = this.#scope.surroundings;
    return renderPage(this, vnode ?? h(Fragment, null), init, {
      app: config.skipAppWrapper ? null : app,
      layouts: config.skipInheritedLayouts ? [] : layouts,
    });
  }

  /** A response of plain text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** A response of ready-made HTML. */
  html(content: string, init?: ResponseInit): Response {
    return new Response(content, {
      ...init,
      headers: htmlHeaders(init?.headers),
    });
  }

  /** A response of JSON. */
  // deno-lint-ignore no-explicit-any -- whatever JSON.stringify takes
  json(content: any, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** A response that is sent piece by piece as they come. Strings are sent in UTF-8. */
  stream<Chunk extends string | Uint8Array>(
    chunks:
      | Iterable<Chunk>
      | AsyncIterable<Chunk>
      | (() => Iterable<Chunk> | AsyncIterable<Chunk>),
    init?: ResponseInit,
  ): Response {
    const source = typeof chunks === "function" ? chunks() : chunks;
    return new Response(ReadableStream.from(encodeChunks(source)), init);
  }

  #respond(page: VNode, app: Wrap | null, init: ResponseInit): Response {
    const { html, nonce, stylesheets, modulePreloads } = renderDocument({
      page,
      app,
      url: this.url,
      route: this.route,
      isPartial: this.isPartial,
      basePath: this.config.basePath,
      cache: this.#scope.environment.cache,
      error: this.error,
    });
    this.#scope.nonce = nonce;
    // Style sheets come first: nothing is painted before them, and a browser has few connections.
    const links = [
      ...stylesheets.map((url) => `<${encodeURI(url)}>; rel="preload"; as="style"`),
      ...modulePreloads.map((url) => `<${encodeURI(url)}>; rel="modulepreload"`),
    ];
    return new Response(html, {
      ...init,
      headers: htmlHeaders(init.headers, links.join(", ")),
    });
  }
}

function requestUrl(req: Request, trustProxy: boolean): URL {
  const url = URL.parse(req.url);
  if (url === null) {
    throw new HttpError(400, `Expected a valid URL, but got "${req.url}"`);
  }
  if (url.pathname.includes("//")) url.pathname = collapseSlashes(url.pathname);
  if (trustProxy) {
    const proto = forwarded(req, "x-forwarded-proto");
    const host = forwarded(req, "x-forwarded-host");
    if (proto === "http" || proto === "https") url.protocol = proto;
    if (host) url.host = host;
  }
  return url;
}

/** The value that the proxy nearest to the client gave. */
const forwarded = (req: Request, header: string): string | undefined =>
  req.headers.get(header)?.split(",", 1)[0]?.trim();

/** Headers of an HTML response: a plain object where it will do, which is quicker to send. */
function htmlHeaders(init: HeadersInit | undefined, link = ""): HeadersInit {
  if (init === undefined) {
    return link === "" ? { "content-type": HTML } : { "content-type": HTML, link };
  }
  const headers = new Headers(init);
  headers.set("content-type", HTML);
  if (link !== "") headers.append("link", link);
  return headers;
}

/** Makes sure that what starts as a path cannot be read as another site's URL by any browser. */
function stayOnSite(location: string): string {
  const text = location.replace(/[\t\r\n]+/g, "").trim();
  if (!/^[\\/]/.test(text)) return text;
  const end = text.search(/[?#]|$/);
  return text.slice(0, end).replace(/[\\/]{2,}|^\\/g, "/") + text.slice(end);
}

/** Asks the page that a partial request is redirected to for its partials, too. */
function withPartialParam(location: string): string {
  const [, target, hash] = /^([^#]*)(.*)$/.exec(location)!;
  if (target!.includes(`${PARTIAL_PARAM}=`)) return location;
  return `${target}${target!.includes("?") ? "&" : "?"}${PARTIAL_PARAM}=true${hash}`;
}

/** Percent-encodes what a header cannot carry. */
const toAscii = (location: string): string =>
  location.replace(/[^\x20-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()));

async function* encodeChunks(
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) {
    yield typeof chunk === "string" ? encoder.encode(chunk) : chunk;
  }
}
