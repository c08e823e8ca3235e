import { App, csp, csrf, type Middleware, staticFiles } from "fresh";
import { compress } from "./compress.ts";
import { unreadCounts } from "./live/events.ts";
import { errorFacts, log } from "./log.ts";
import { wantedType } from "./negotiate.ts";
import { readYourWrites } from "./nodes/read_your_writes.ts";
import { noticeCookie, readNotice } from "./notices.ts";
import { seeOther } from "./operation.ts";
import { answerTo, LoginRequired, problemResponse } from "./problem.ts";
import { securityHeaders } from "./security.ts";
import { readSessionCookie, sessionCookie } from "./session_cookie.ts";
import type { Ctx, Services, State, Watching } from "./state.ts";

export interface AppOptions {
  readonly services: Services;
  readonly trustProxy: boolean;
}

/** The web application: each middleware with its reason, then the routes, as pages and as JSON. */
export function createApp({ services, trustProxy }: AppOptions): App<State> {
  return new App<State>({ trustProxy })
    .use(measure(services.watching))
    .use(compress)
    .use(prepare(services), ...services.areSeveralNodes ? [readYourWrites] : [])
    .use(answerErrors)
    .use(staticFiles())
    .use(securePages(services.publicUrl))
    .use(refuseForgery(services.publicUrl))
    .use(identify)
    .use(countUnread)
    .use(showNotice)
    .fsRoutes()
    .fsRoutes("/api");
}

/** Measures what each request takes, from its arrival to the head of its answer. */
const measure = ({ activity, metrics }: Watching): Middleware<State> => async (ctx) => {
  const began = performance.now();
  const { route, req: { method } } = ctx;
  const answered = (status: number) => {
    const milliseconds = performance.now() - began;
    metrics.request(route, method, status, milliseconds);
    activity.request(milliseconds);
    log("debug", "Answered", { method, route, status, milliseconds });
  };
  try {
    const response = await ctx.next();
    answered(response.status);
    return response;
  } catch (error) {
    answered(answerTo(error).problem.status);
    throw error;
  }
};

/** Gives routes their services, and settles what the answer shall be. */
const prepare = (services: Services): Middleware<State> => (ctx) => {
  Object.assign(ctx.state, services);
  ctx.state.caller = null;
  ctx.state.unread = { notifications: 0, messages: 0 };
  ctx.state.notice = null;
  ctx.state.livePosition = services.live.position;
  ctx.state.wants = wantedType(ctx.req.url, ctx.req.headers);
  return ctx.next();
};

/** Programs get a problem (RFC 9457); people get a page, or the log-in form where that is missing. */
const answerErrors: Middleware<State> = async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    const { problem: { status } } = answerTo(error);
    if (!ctx.state.faults.met(error) && status === 500) {
      log("error", "Unexpected error", errorFacts(error));
    }
    if (ctx.state.wants === "json") return problemResponse(error);
    if (error instanceof LoginRequired) return seeOther(loginAddress(ctx.req, ctx.url));
    throw error;
  }
};

/** The log-in form, coming back to the page that was asked for, or from which a form was sent. */
function loginAddress(request: Request, url: URL): string {
  const isRead = request.method === "GET" || request.method === "HEAD";
  const from = isRead ? url.href : request.headers.get("referer") ?? "/";
  const page = URL.parse(from, url);
  const returnTo = page?.origin === url.origin ? page.pathname + page.search : "/";
  return returnTo === "/"
    ? "/auth/login"
    : `/auth/login?${new URLSearchParams({ return_to: returnTo })}`;
}

/** Of every page. Pictures may come from anywhere: posts link them. */
const POLICY = [
  "img-src 'self' data: blob: http: https:",
  "style-src 'self'",
  "base-uri 'none'",
];

/** Swagger UI and ReDoc write style elements as they run; their scripts are files like ours. */
const DOCUMENTATION_POLICY = [
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
];

const isDocumentation = (pathname: string): boolean => /^\/(docs|redoc)(\/|$)/.test(pathname);

/** Keeps a page to what we sent. */
function securePages(publicUrl: string): Middleware<State> {
  const ours = csp<State>({ useNonce: true, csp: POLICY });
  const documentation = csp<State>({ csp: DOCUMENTATION_POLICY });
  const security = Object.entries(securityHeaders(publicUrl));
  const secure: Middleware<State> = async (ctx) => {
    const policy = isDocumentation(ctx.url.pathname) ? documentation : ours;
    const response = await policy(ctx);
    const { headers } = response;
    for (const [name, value] of security) headers.set(name, value);
    headers.append("vary", "accept, cookie");
    if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
    return response;
  };
  return (ctx) => ctx.state.wants === "json" ? ctx.next() : secure(ctx);
}

/**
 * Refuses forms that another site sent. Who proves themselves by a token is no browser's victim, and
 * what has neither Sec-Fetch-Site nor Origin comes from no browser.
 */
function refuseForgery(publicUrl: string): Middleware<State> {
  const guard = csrf<State>({
    origin: (origin, ctx) => origin === ctx.url.origin || origin === publicUrl,
  });
  return (ctx) => ctx.req.headers.has("authorization") ? ctx.next() : guard(ctx);
}

/**
 * Files that are the same for everybody: pictures, and what the documentation loads. Found in the
 * text of the address, since parsing it costs more.
 */
const FILE = /^\w+:\/\/[^/]*(?:\/api)?\/(?:media\/[^/?]+\/[^/?]|docs\/[^/?]|openapi\.json)/;

/** Finds out who is calling, by token or by session cookie; who loads a file is not asked for. */
const identify: Middleware<State> = (ctx) => {
  const { headers, url } = ctx.req;
  if (FILE.test(url)) return ctx.next();
  const authorization = headers.get("authorization");
  if (authorization !== null) return identifyByToken(ctx, authorization);
  const secret = readSessionCookie(headers, ctx.state.publicUrl);
  return secret === null ? ctx.next() : identifyBySession(ctx, secret);
};

/** Counts what is unread, for the rail of a page. */
const countUnread: Middleware<State> = async (ctx) => {
  const { caller, filmroll, wants } = ctx.state;
  if (caller !== null && wants === "html" && ctx.req.method === "GET") {
    ctx.state.unread = await unreadCounts(filmroll.queries, caller.id);
  }
  return await ctx.next();
};

/** Has a page say what the form before it did, and say it once. */
const showNotice: Middleware<State> = async (ctx) => {
  const notice = ctx.state.wants === "html" ? readNotice(ctx.req.headers) : null;
  if (notice === null || ctx.req.method !== "GET") return await ctx.next();
  ctx.state.notice = notice;
  const response = await ctx.next();
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (isPage) response.headers.append("set-cookie", noticeCookie(null));
  return response;
};

async function identifyByToken(ctx: Ctx, authorization: string): Promise<Response> {
  const [scheme, token] = authorization.split(" ", 2);
  if (scheme!.toLowerCase() === "bearer" && token !== undefined) {
    ctx.state.caller = await ctx.state.accounts.callerByToken(token);
  }
  return await ctx.next();
}

async function identifyBySession(ctx: Ctx, secret: string): Promise<Response> {
  const { accounts, publicUrl } = ctx.state;
  const session = await accounts.callerBySession(secret);
  if (session === null) return await ctx.next();
  ctx.state.caller = session.caller;
  const response = await ctx.next();
  if (session.slid) response.headers.append("set-cookie", sessionCookie(secret, publicUrl));
  return response;
}
