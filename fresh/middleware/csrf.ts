import type { Context } from "../context.ts";
import type { Middleware } from "../define.ts";
import { HttpError } from "../error.ts";

/** Options of {@linkcode csrf}. */
// deno-lint-ignore no-explicit-any -- the options fit an app with any state
export interface CsrfOptions<State = any> {
  /** The origins that may send requests, such as "https://example.com". Default: the app's own. */
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => boolean);
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses with 403 what another site has a browser send. Safe methods pass; so do requests that
 * the browser marks as coming from this site or from the user, those from an allowed origin, and
 * those that no browser has sent, since they have neither `Sec-Fetch-Site` nor `Origin`.
 */
export function csrf<State>(options: CsrfOptions<State> = {}): Middleware<State> {
  const isAllowed = originTest(options.origin);
  return (ctx) => {
    const { method, headers } = ctx.req;
    if (SAFE_METHODS.has(method)) return ctx.next();
    const site = headers.get("sec-fetch-site");
    if (site === "same-origin" || site === "none") return ctx.next();
    const origin = headers.get("origin");
    if (origin === null ? site === null : isAllowed(origin, ctx)) {
      return ctx.next();
    }
    throw new HttpError(403);
  };
}

function originTest<State>(
  allowed: CsrfOptions<State>["origin"],
): (origin: string, ctx: Context<State>) => boolean {
  if (allowed === undefined) return (origin, ctx) => origin === ctx.url.origin;
  if (typeof allowed === "function") return allowed;
  const origins = new Set([allowed].flat());
  return (origin) => origins.has(origin);
}
