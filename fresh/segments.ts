import { andThen, componentElement, type Eventually } from "./components.ts";
import { advance, type Context, renderPage, scopeOf, type Step } from "./context.ts";
import type { Surroundings } from "./context.ts";
import type {
  HandlerFn,
  LayoutConfig,
  Middleware,
  PageResponse,
  Route,
  RouteComponent,
} from "./define.ts";
import { HttpError } from "./error.ts";
import { type Method, segmentTest } from "./router.ts";

/** Something declared for a segment; `file` names the route file it comes from, if it does. */
interface Declared<T> {
  readonly value: T;
  readonly file: string | null;
}

interface Layout<State> {
  readonly component: RouteComponent<State>;
  readonly config: LayoutConfig;
}

/**
 * A folder of `routes/`, or the part between two slashes in a pattern, with what has been declared
 * for everything below it.
 */
export interface Segment<State> {
  /** "posts", ":id", "(group)"; "" for the root. */
  readonly key: string;
  readonly children: Map<string, Segment<State>>;
  /** The children that a URL does not name: groups, and those with parameters. */
  readonly unnamed: { readonly child: Segment<State>; readonly covers: CoverTest }[];
  app: RouteComponent<State> | null;
  layout: Declared<Layout<State>> | null;
  errorRoute: Declared<Route<State>> | null;
  readonly middlewares: Declared<readonly Middleware<State>[]>[];
}

/** How many segments of a URL a segment of the tree stands for, given the next one: 0, 1, or null. */
type CoverTest = (urlSegment: string) => 0 | 1 | null;

/** What one segment contributes to the chain of a route below it. */
export interface Layer<State> {
  readonly surroundings: Surroundings<State>;
  readonly changesSurroundings: boolean;
  readonly errorRoute: Route<State> | null;
  /** Whether the page for 404 is shown here already, and not in a layer around. */
  readonly showsNotFound: boolean;
  readonly middlewares: readonly Middleware<State>[];
}

export function newSegment<State>(key: string): Segment<State> {
  return {
    key,
    children: new Map(),
    unnamed: [],
    app: null,
    layout: null,
    errorRoute: null,
    middlewares: [],
  };
}

/** The segments from the root down to the one that the keys lead to, creating those that are new. */
export function trailTo<State>(root: Segment<State>, keys: readonly string[]): Segment<State>[] {
  const trail = [root];
  let segment = root;
  for (const key of keys) {
    let child = segment.children.get(key);
    if (child === undefined) child = addChild(segment, key);
    trail.push(segment = child);
  }
  return trail;
}

function addChild<State>(segment: Segment<State>, key: string): Segment<State> {
  const child = newSegment<State>(key);
  segment.children.set(key, child);
  const isGroup = key.startsWith("(") && key.endsWith(")");
  const test = segmentTest(key);
  if (isGroup) segment.unnamed.push({ child, covers: () => 0 });
  else if (test !== null) segment.unnamed.push({ child, covers: (it) => test(it) ? 1 : null });
  return child;
}

/** The segments that a URL without a route of its own is below, as far down as they are known. */
export function trailOfUrl<State>(
  root: Segment<State>,
  urlSegments: readonly string[],
): Segment<State>[] {
  return [root, ...deepest(root, urlSegments).trail];
}

interface Descent<State> {
  readonly trail: readonly Segment<State>[];
  /** How many segments of the URL the trail covers: a group covers none. */
  readonly covered: number;
}

function deepest<State>(segment: Segment<State>, urlSegments: readonly string[]): Descent<State> {
  let best: Descent<State> = { trail: [], covered: 0 };
  const [head, ...tail] = urlSegments;
  if (head === undefined || head === "") return best;
  const consider = (child: Segment<State>, count: 0 | 1) => {
    const below = deepest(child, count === 0 ? urlSegments : tail);
    const covered = below.covered + count;
    if (covered > best.covered) best = { trail: [child, ...below.trail], covered };
  };
  const named = segment.children.get(head);
  if (named !== undefined) consider(named, 1);
  for (const { child, covers } of segment.unnamed) {
    const count = covers(head);
    if (count !== null && child !== named) consider(child, count);
  }
  return best;
}

/**
 * What the segments of a trail contribute, as declared up to now. A file that is mounted more than
 * once along the trail contributes once, at its outermost place.
 *
 * @param place `mountDepth` leading segments below the root are not the route's own but those of
 *   the path it is mounted at; with `ownName`, the last segment is a file's name and not a folder,
 *   so that files in a folder of that name do not count.
 */
export function layersOf<State>(
  trail: readonly Segment<State>[],
  place: { readonly mountDepth: number; readonly ownName: boolean },
): Layer<State>[] {
  const folders = trail.length - (place.ownName ? 1 : 0);
  const seen = new Set<string>();
  let surroundings: Surroundings<State> = { app: null, layouts: [] };
  return trail.map((segment, i) => {
    const take = <T>(declared: Declared<T> | null): T | null => {
      if (declared === null) return null;
      if (declared.file === null) return declared.value;
      if (i >= folders || seen.has(declared.file)) return null;
      seen.add(declared.file);
      return declared.value;
    };
    const outer = surroundings;
    if (segment.app !== null) {
      surroundings = { ...surroundings, app: segment.app };
    }
    const layout = take(segment.layout);
    if (layout !== null) {
      surroundings = withConfig(surroundings, layout.config);
      surroundings = {
        ...surroundings,
        layouts: [...surroundings.layouts, layout.component],
      };
    }
    return {
      surroundings,
      changesSurroundings: surroundings !== outer,
      errorRoute: take(segment.errorRoute),
      showsNotFound: i > place.mountDepth && i < folders,
      middlewares: segment.middlewares.flatMap((declared) => take(declared) ?? []),
    };
  });
}

function withConfig<State>(
  surroundings: Surroundings<State>,
  config: LayoutConfig | undefined,
): Surroundings<State> {
  if (!config?.skipAppWrapper && !config?.skipInheritedLayouts) {
    return surroundings;
  }
  return {
    app: config.skipAppWrapper ? null : surroundings.app,
    layouts: config.skipInheritedLayouts ? [] : surroundings.layouts,
  };
}

/** What the chain of a route is made of. */
export interface ChainParts<State> {
  /** Root first; never empty. */
  readonly layers: readonly Layer<State>[];
  /** The page for errors of status 404; null to leave them to the error pages. */
  readonly notFound: Route<State> | null;
  /** What the route renders without. */
  readonly config?: LayoutConfig | undefined;
  /** The steps after the layers, the last of which answers. */
  readonly ending: readonly Step<State>[];
}

/**
 * Compiles the chain that answers a route's requests. It is done once for a route; a segment with
 * nothing to add costs nothing afterwards. The first step turns every error into a response.
 */
export function compileChain<State>(parts: ChainParts<State>): Step<State>[] {
  const { layers, notFound, config, ending } = parts;
  const [root, ...rest] = layers as [Layer<State>, ...Layer<State>[]];
  const steps: Step<State>[] = [
    boundary(root.surroundings, showAnyError(root, notFound)),
    ...root.middlewares,
  ];
  let middlewaresSinceBoundary = root.middlewares.length > 0;
  for (const layer of rest) {
    const showsNotFound = notFound !== null && layer.showsNotFound &&
      middlewaresSinceBoundary;
    if (layer.changesSurroundings || layer.errorRoute !== null || showsNotFound) {
      steps.push(boundary(layer.surroundings, showError(layer, notFound)));
      middlewaresSinceBoundary = false;
    }
    steps.push(...layer.middlewares);
    middlewaresSinceBoundary ||= layer.middlewares.length > 0;
  }
  const surroundings = layers.at(-1)!.surroundings;
  const own = withConfig(surroundings, config);
  if (own !== surroundings) steps.push(boundary(own, rethrow));
  return [...steps, ...ending];
}

/**
 * A step that runs the rest of the chain in its own surroundings, has `recover` turn an error into
 * a response, and puts the former surroundings back for the middlewares around it.
 */
function boundary<State>(
  surroundings: Surroundings<State>,
  recover: (ctx: Context<State>, error: unknown) => Eventually<Response>,
): Step<State> {
  async function fail(
    ctx: Context<State>,
    error: unknown,
    outer: Surroundings<State>,
  ): Promise<Response> {
    const scope = scopeOf(ctx);
    scope.surroundings = surroundings;
    try {
      return await recover(ctx, error);
    } finally {
      scope.surroundings = outer;
    }
  }

  function leave(ctx: Context<State>, response: Response, outer: Surroundings<State>) {
    if (!(response instanceof Response)) {
      return fail(ctx, notAResponse(response), outer);
    }
    scopeOf(ctx).surroundings = outer;
    return response;
  }

  return (ctx) => {
    const scope = scopeOf(ctx);
    const outer = scope.surroundings;
    scope.surroundings = surroundings;
    try {
      const response = advance(ctx);
      if (!(response instanceof Promise)) return leave(ctx, response, outer);
      return response.then(
        (response) => leave(ctx, response, outer),
        (error) => fail(ctx, error, outer),
      );
    } catch (error) {
      return fail(ctx, error, outer);
    }
  };
}

const notAResponse = (value: unknown): TypeError =>
  new TypeError(`Expected a "Response" from a middleware or handler, but got "${value}"`);

function rethrow(_ctx: unknown, error: unknown): never {
  throw error;
}

/** Shows the layer's error page, or lets the error pass when there is none for it. */
function showError<State>(layer: Layer<State>, notFound: Route<State> | null) {
  return (ctx: Context<State>, error: unknown): Eventually<Response> => {
    const is404 = error instanceof HttpError && error.status === 404;
    const page = (is404 ? notFound : null) ?? layer.errorRoute;
    if (page === null) throw error;
    return renderErrorPage(ctx, page, error);
  };
}

/** As {@linkcode showError}, but where there is no page, or the page fails, it answers in text. */
function showAnyError<State>(layer: Layer<State>, notFound: Route<State> | null) {
  const show = showError(layer, notFound);
  return async (ctx: Context<State>, error: unknown): Promise<Response> => {
    try {
      return await show(ctx, error);
    } catch (uncaught) {
      return applyErrorPageChanges(ctx, plainErrorResponse(uncaught));
    }
  };
}

function plainErrorResponse(error: unknown): Response {
  const failure = error instanceof HttpError ? error : new HttpError(500);
  if (failure.status >= 500) console.error(error);
  return new Response(failure.message, { status: failure.status });
}

async function renderErrorPage<State>(
  ctx: Context<State>,
  route: Route<State>,
  error: unknown,
): Promise<Response> {
  // A guard may have thrown: `ctx.next()` in an error page must not run what it guards.
  const scope = scopeOf(ctx);
  scope.position = scope.steps.length;
  scope.surroundings = withConfig(scope.surroundings, route.config);
  ctx.error = error;
  const handler = errorHandler(route, ctx.req.method);
  if (handler === null) throw error;
  const status = error instanceof HttpError ? error.status : 500;
  return applyErrorPageChanges(ctx, await routeStep(route, handler, status)(ctx));
}

function errorHandler<State>(
  route: Route<State>,
  method: string,
): HandlerFn<unknown, State> | null {
  if (typeof route.handler === "function") return route.handler;
  return route.handler?.[method as Method] ?? route.handler?.GET ??
    (route.component ? renderWithoutData : null);
}

/** Does to an error's response what the middlewares that the error passed by do to every response. */
function applyErrorPageChanges<State>(ctx: Context<State>, response: Response): Response {
  const scope = scopeOf(ctx);
  const changes = scope.errorPageChanges;
  scope.errorPageChanges = [];
  return changes.reduce((changed, change) => change(changed), response);
}

/** The handler of a page that has none. */
export const renderWithoutData = (): PageResponse<unknown> => ({ data: {} });

/** The last step of a route: its handler, and its component when the handler gives data for it. */
export function routeStep<State>(
  route: Route<State>,
  handler: HandlerFn<unknown, State>,
  status = 200,
): Step<State> {
  const { component } = route;
  if (component === undefined) return handler as Step<State>;
  return (ctx) =>
    andThen(handler(ctx), (result) => {
      if (result instanceof Response) return result;
      ctx.data = result.data;
      return andThen(
        componentElement(ctx, component, result.data),
        (element) => {
          if (element instanceof Response) return element;
          return renderPage(ctx, element, pageInit(result, status), scopeOf(ctx).surroundings);
        },
      );
    });
}

function pageInit(result: PageResponse<unknown>, status: number): ResponseInit {
  const init: ResponseInit = { status: result.status ?? status };
  if (result.headers !== undefined) init.headers = result.headers;
  return init;
}
