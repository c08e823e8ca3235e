import type { AnyComponent, FunctionComponent, RenderableProps, VNode } from "preact";
import type { Context } from "./context.ts";
import type { Method } from "./router.ts";

/**
 * Receives a request on its way to a route. It answers with a response of its own, or with that of
 * `ctx.next()`, which it may change.
 */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** What a handler returns to have the route's component rendered. */
export interface PageResponse<Data> {
  data: Data;
  headers?: HeadersInit | undefined;
  status?: number | undefined;
}

/** Answers a request with a response, or with data for the route's component. */
export interface HandlerFn<Data, State> {
  (ctx: Context<State>): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** A handler for each method that a route supports; any other method is answered with 405. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** One function for every method, or an object with a function for each. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** The data that a handler passes to its page. */
export type RouteData<Handler extends RouteHandler<unknown, unknown>> = Handler extends
  RouteHandler<infer Data, unknown> ? Data : never;

/** What page, layout, app and error components receive. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "isPartial"
    | "error"
    | "route"
  >
  & {
    data: Data;
    /** The page inside this layout or app; renders nothing in a page. */
    Component: FunctionComponent;
  };

/** A component that is awaited before the page is rendered. It may answer with a response instead. */
export type AsyncComponent<Props> = (
  props: RenderableProps<Props>,
  // deno-lint-ignore no-explicit-any -- as in Preact's own component types
  context?: any,
  // deno-lint-ignore no-explicit-any -- elements of every component
) => Promise<VNode<any> | Response | null>;

// deno-lint-ignore no-explicit-any -- a component for one kind of data stands where any data may come
type AnyPageProps<State> = PageProps<any, State>;

/** The component of a page, a layout, the app wrapper or an error page. */
export type RouteComponent<State> =
  | AnyComponent<AnyPageProps<State>>
  | AsyncComponent<AnyPageProps<State>>;

/** How a layout relates to those around it. */
export interface LayoutConfig {
  /** Render without the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Render without the app wrapper. */
  skipAppWrapper?: boolean;
}

/** How a route relates to its place in the tree. */
export interface RouteConfig extends LayoutConfig {
  /** A URL pattern that replaces the one derived from the file's path. */
  routeOverride?: string;
}

/** A page, an endpoint or an error page. */
export interface Route<State> {
  component?: RouteComponent<State> | undefined;
  config?: RouteConfig | undefined;
  handler?: RouteHandler<unknown, State> | undefined;
}

/** Identity functions that give handlers, pages, layouts and middleware their types. */
export interface Define<State> {
  handlers<
    Data,
    Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>,
  >(handlers: Handlers): typeof handlers;
  page<
    // deno-lint-ignore no-explicit-any -- the data is inferred from the handler
    Handler extends RouteHandler<any, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: AnyComponent<PageProps<Data, State>>): typeof render;
  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
}

/**
 * Gives the helpers that tie an app's files to its state.
 *
 * ```tsx
 * const define = createDefine<{ user: string }>();
 * export const handlers = define.handlers({ GET: (ctx) => page({ name: ctx.state.user }) });
 * export default define.page<typeof handlers>(({ data }) => <h1>{data.name}</h1>);
 * ```
 */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}

/** Has the route's component rendered with data, and optionally with a status and headers. */
export function page(): PageResponse<undefined>;
export function page<Data>(
  data: Data,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<Data>;
export function page<Data>(
  data?: Data,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<Data | undefined> {
  return { data, headers: options?.headers, status: options?.status };
}
