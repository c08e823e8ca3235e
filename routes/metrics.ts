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
 * With a token set, whoever has it. Else who asks from this machine, by an address of this machine,
 * of a server that is reached by such an address only: there may be a proxy before any other, which
 * makes everybody seem to ask from here, and need not say that it does.
 */
function mayRead({ info: { remoteAddr }, req: { headers }, url, state }: Ctx): boolean {
  const { publicUrl, watching: { metricsToken } } = state;
  if (metricsToken !== null) {
    return isSame(headers.get("authorization") ?? "", `Bearer ${metricsToken}`);
  }
  const hosts = [new URL(publicUrl), url, remoteAddr].map((one) =>
    "hostname" in one && one.hostname
  );
  return hosts.every((host) => host && LOOPBACK.test(host)) &&
    !FORWARDED.some((name) => headers.has(name));
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3})$/;
const FORWARDED = ["forwarded", "via", "x-forwarded-for"];

/** Compares in a time that tells nothing of the secret. */
const isSame = (given: string, secret: string): boolean =>
  timingSafeEqual(sha256(given), sha256(secret));

const sha256 = (text: string): Uint8Array => createHash("sha256").update(text).digest();
