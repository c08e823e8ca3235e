import { gzipSync } from "node:zlib";
import type { Middleware } from "fresh";
import { takesGzip } from "./negotiate.ts";
import type { State } from "./state.ts";

/** What is text and comes as a whole: pictures are compressed already, and streams must not wait. */
const TEXT = /^(text\/(html|css|javascript)|application\/(problem\+)?json)\b/;

/** A packet's worth, in bytes: less is not sooner there for being smaller. */
const WORTHWHILE = 1400;

/** zlib's: a page's size falls to the sixth part; higher levels take longer for little more. */
const LEVEL = 2;

/** Sends text in gzip to who takes it. Files of `static/` come compressed, and pass. */
export const compress: Middleware<State> = (ctx) =>
  takesGzip(ctx.req.headers) ? ctx.next().then(inGzip) : ctx.next();

async function inGzip(response: Response): Promise<Response> {
  const { headers, status } = response;
  const isText = status !== 304 && TEXT.test(headers.get("content-type") ?? "");
  if (!isText || headers.has("content-encoding")) return response;
  const body = await response.bytes();
  if (body.length < WORTHWHILE) return new Response(body, response);
  headers.set("content-encoding", "gzip");
  headers.append("vary", "accept-encoding");
  return new Response(gzipSync(body, { level: LEVEL }), response);
}
