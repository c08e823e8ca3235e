/** A small web framework with the API of Fresh 2: pages, islands and endpoints, by file or by call. */
export { App, type ListenOptions } from "./app.ts";
export type { Context, FreshConfig, ResolvedFreshConfig } from "./context.ts";
export {
  createDefine,
  type Define,
  type HandlerByMethod,
  type HandlerFn,
  type LayoutConfig,
  type Middleware,
  page,
  type PageProps,
  type PageResponse,
  type RouteConfig,
  type RouteData,
  type RouteHandler,
} from "./define.ts";
export { HttpError } from "./error.ts";
export { cors, type CORSOptions } from "./middleware/cors.ts";
export { csp, type CSPOptions } from "./middleware/csp.ts";
export { csrf, type CsrfOptions } from "./middleware/csrf.ts";
export { staticFiles } from "./middleware/static_files.ts";
export { trailingSlashes } from "./middleware/trailing_slashes.ts";
export type { Method } from "./router.ts";
