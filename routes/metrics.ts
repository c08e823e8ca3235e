import { createHash, timingSafeEqual } from "node:crypto";
import { HttpRefusal } from "../web/problem.ts";
import { type Ctx, define } from "../web/state.ts";

/** What the server measures of itself, for Prometheus. Whom it is not for finds nothing here. */
export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.wants = "json";
    if (!mayRead(ctx)) throw new HttpRefusal(404, "There is nothing at this address");
    const { metrics } = ctx.state.watching;
    return new Response(await metrics.text(), {
      headers: { "content-type": metrics.contentType, "cache-control": "no-store" },
    });
  },
});

/**
 * With a token set, whoever has it. Else who asks from this machine, and not through a proxy, which
 * would make everybody seem to.
 */
function mayRead({ info: { remoteAddr }, req: { headers }, state: { watching } }: Ctx): boolean {
  const { metricsToken } = watching;
  if (metricsToken !== null) {
    return isSame(headers.get("authorization") ?? "", `Bearer ${metricsToken}`);
  }
  return "hostname" in remoteAddr && LOOPBACK.test(remoteAddr.hostname) &&
    !FORWARDED.some((name) => headers.has(name));
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const FORWARDED = ["forwarded", "via", "x-forwarded-for"];

/** Compares in a time that tells nothing of the secret. */
const isSame = (given: string, secret: string): boolean =>
  timingSafeEqual(sha256(given), sha256(secret));

const sha256 = (text: string): Uint8Array => createHash("sha256").update(text).digest();
