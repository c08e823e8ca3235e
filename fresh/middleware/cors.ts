import type { Context } from "../context.ts";
import { changeErrorPage } from "../context.ts";
import type { Middleware } from "../define.ts";
import { withHeaders } from "../responses.ts";

/** Options of {@linkcode cors}; each is the value of an `Access-Control-…` header. */
export interface CORSOptions<State> {
  /** The origins that may read responses; "*" is all of them, and a function gives the one to allow. */
  origin:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => string | undefined | null);
  /** Default: GET, HEAD, PUT, POST, DELETE and PATCH. */
  allowMethods?: string[];
  /** Default: those that the preflight request asks for. */
  allowHeaders?: string[];
  /** How long a browser may remember the answer to a preflight request, in seconds. */
  maxAge?: number;
  /** Whether cookies may be sent along. */
  credentials?: boolean;
  exposeHeaders?: string[];
}

const DEFAULT_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Lets pages of other origins read responses, errors included, and answers preflight requests. */
export function cors<State>(options: Partial<CORSOptions<State>> = {}): Middleware<State> {
  const { origin = "*", credentials = false, maxAge } = options;
  const allowedOrigin = originToAllow(origin);
  const methods = (options.allowMethods ?? DEFAULT_METHODS).join(",");
  const allowHeaders = (options.allowHeaders ?? []).join(",");
  const exposeHeaders = (options.exposeHeaders ?? []).join(",");

  const addOrigin = (headers: Headers, allowed: string | null) => {
    if (allowed) headers.set("access-control-allow-origin", allowed);
    if (origin !== "*") addVary(headers, "Origin");
    if (credentials) headers.set("access-control-allow-credentials", "true");
    if (exposeHeaders) {
      headers.set("access-control-expose-headers", exposeHeaders);
    }
  };

  const preflight = (ctx: Context<State>, allowed: string | null): Response => {
    const headers = new Headers();
    addOrigin(headers, allowed);
    if (maxAge !== undefined) {
      headers.set("access-control-max-age", String(maxAge));
    }
    if (methods) headers.set("access-control-allow-methods", methods);
    const requested = ctx.req.headers.get("access-control-request-headers");
    if (allowHeaders || requested) {
      headers.set("access-control-allow-headers", allowHeaders || requested!);
      addVary(headers, "Access-Control-Request-Headers");
    }
    return new Response(null, { status: 204, headers });
  };

  return async (ctx) => {
    const allowed = allowedOrigin(ctx.req.headers.get("origin") ?? "", ctx);
    if (ctx.req.method === "OPTIONS") return preflight(ctx, allowed);
    const change = (response: Response) =>
      withHeaders(response, (headers) => addOrigin(headers, allowed));
    try {
      return change(await ctx.next());
    } catch (error) {
      changeErrorPage(ctx, change);
      throw error;
    }
  };
}

function originToAllow<State>(
  origin: CORSOptions<State>["origin"],
): (origin: string, ctx: Context<State>) => string | null {
  if (typeof origin === "function") {
    return (requested, ctx) => origin(requested, ctx) ?? null;
  }
  if (origin === "*") return () => "*";
  const origins = new Set([origin].flat());
  return (requested) => origins.has(requested) ? requested : null;
}

function addVary(headers: Headers, name: string): void {
  const names = (headers.get("vary") ?? "").split(/\s*,\s*/).filter((known) => known !== "");
  if (names.includes("*") || names.includes(name)) return;
  headers.set("vary", [...names, name].join(", "));
}
