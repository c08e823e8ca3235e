import { changeErrorPage, scopeOf } from "../context.ts";
import type { Middleware } from "../define.ts";
import { withHeaders } from "../responses.ts";

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Report what the policy would forbid, instead of forbidding it. */
  reportOnly?: boolean;
  /** The URL that browsers send reports to. */
  reportTo?: string;
  /** Directives such as "img-src 'self' https:", each in place of the default of its name. */
  csp?: string[];
  /**
   * Allow the inline scripts and styles of rendered pages by a nonce, and no others, wherever a
   * directive has 'unsafe-inline'.
   */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Only over https: a plain server, as in a home network, has nothing to upgrade to. */
const UPGRADE = "upgrade-insecure-requests";

/** Sets a `Content-Security-Policy` on every response, error pages included. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, csp = [], useNonce = false } = options;
  const policy = useNonce ? noncePolicy(directives(csp, reportTo)) : () => fixed;
  const upgrades = csp.some((directive) => nameOf(directive) === UPGRADE);
  const fixed = directives(csp, reportTo).join("; ");
  const name = `content-security-policy${reportOnly ? "-report-only" : ""}`;
  const endpoints = reportTo === undefined ? null : `csp-endpoint="${reportTo}"`;

  return async (ctx) => {
    const change = (response: Response) =>
      withHeaders(response, (headers) => {
        const upgrade = !upgrades && ctx.url.protocol === "https:" ? `; ${UPGRADE}` : "";
        headers.set(name, policy(scopeOf(ctx).nonce) + upgrade);
        if (endpoints !== null) headers.set("reporting-endpoints", endpoints);
      });
    try {
      return change(await ctx.next());
    } catch (error) {
      changeErrorPage(ctx, change);
      throw error;
    }
  };
}

function directives(own: readonly string[], reportTo: string | undefined): string[] {
  const names = new Set(own.map(nameOf));
  return [
    ...DEFAULTS.filter((directive) => !names.has(nameOf(directive))),
    ...own,
    ...(reportTo === undefined ? [] : ["report-to csp-endpoint", `report-uri ${reportTo}`]),
  ];
}

const nameOf = (directive: string): string => directive.trim().split(/\s/, 1)[0]!.toLowerCase();

/**
 * The policy for a nonce, or for a page that needs none. Everything but the nonce is put together
 * beforehand.
 */
function noncePolicy(directives: readonly string[]): (nonce: string) => string {
  const pieces = directives.join("; ").split(" 'unsafe-inline'");
  const without = pieces.join("");
  return (nonce) => nonce === "" ? without : pieces.join(` 'nonce-${nonce}'`);
}
