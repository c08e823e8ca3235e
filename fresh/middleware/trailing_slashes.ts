import { scopeOf } from "../context.ts";
import type { Middleware } from "../define.ts";

/** Redirects so that the path of every URL but "/" ends with a slash ("always") or does not ("never"). */
export function trailingSlashes<State>(mode: "always" | "never"): Middleware<State> {
  return (ctx) => {
    const scope = scopeOf(ctx);
    const { pathname } = scope;
    const hasSlash = pathname.endsWith("/");
    if (mode === "never" && hasSlash && pathname !== "/") {
      return ctx.redirect(pathname.slice(0, -1) + ctx.url.search);
    }
    if (mode === "always") {
      if (!hasSlash) return ctx.redirect(`${pathname}/${ctx.url.search}`);
      scope.trailingSlashAllowed = true;
    }
    return ctx.next();
  };
}
