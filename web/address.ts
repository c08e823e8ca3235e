import type { Ctx } from "./state.ts";

/**
 * The network address a request comes from, for rate limits alone. Behind a proxy that is to be
 * trusted it is the one that the proxy saw: the last of X-Forwarded-For.
 */
export function addressOf({ config, info, req }: Ctx): string {
  const forwarded = config.trustProxy ? req.headers.get("x-forwarded-for") : null;
  const last = forwarded?.split(",").at(-1)?.trim();
  if (last) return last;
  return "hostname" in info.remoteAddr ? info.remoteAddr.hostname : "local";
}
