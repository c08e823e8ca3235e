/**
 * Operations: what a route's file declares for each method. From one declaration come the
 * validation, the JSON answer, the page or redirect, and the operation's part of the OpenAPI document.
 */
import type { HandlerFn, PageResponse } from "fresh";
import { z } from "zod";
import type { Sender } from "../domain/core/bus.ts";
import { uuidOf } from "../domain/core/id.ts";
import type { Page as PageOfList } from "../domain/core/query.ts";
import type { CommandName, QueryName } from "../domain/mod.ts";
import type { Caller } from "./accounts.ts";
import type { Body, Fields } from "./body.ts";
import { keepPhotos, keptPhotos, type Photos } from "./media/photos.ts";
import type { ReceivedFile } from "./multipart.ts";
import { noticeCookie, type NoticeName } from "./notices.ts";
import { answerTo, type FieldError, HttpRefusal, InvalidInput, LoginRequired } from "./problem.ts";
import type { Limited } from "./rate_limit.ts";
import { Received } from "./received.ts";
import type { Media } from "./schemas.ts";
import type { Ctx, State } from "./state.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

type Infer<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** What a handler is given, already validated. */
export interface Input<Params, Query, RequestBody, Auth, File = undefined> {
  readonly params: Infer<Params>;
  readonly query: Infer<Query>;
  readonly body: Infer<RequestBody>;
  readonly file: File extends string ? ReceivedFile : undefined;
  readonly caller: Auth extends "required" ? Caller : Caller | null;
  /** Sends commands as the caller, once for each command id the request carries. */
  readonly sender: Sender;
  /** Where a form wants its browser to go afterwards: a path of this server, or null. */
  readonly returnTo: string | null;
}

/** A form that was refused: shown again with what was typed and what is wrong with it. */
export interface RefusedForm {
  readonly values: Fields;
  readonly errors: readonly FieldError[];
  /** The refusal as a sentence, for what belongs to no field. */
  readonly message: string;
  /** The pictures that came with it and are kept: sent again as its `media`, they need not come again. */
  readonly pictures: readonly Media[];
}

/** A form that nobody has filled in yet. */
export const blankForm: RefusedForm = { values: {}, errors: [], message: "", pictures: [] };

type Page<Data> = Response | PageResponse<Data>;
type Eventually<Value> = Value | Promise<Value>;

/** One operation of the contract. */
export interface Operation<Params, Query, RequestBody, Auth, Answer, Data, File = undefined> {
  /** A line for the documentation. */
  readonly summary: string;
  /** The command or query behind it. */
  readonly does: CommandName | QueryName;
  /** Whether somebody must be logged in. */
  readonly auth?: Auth;
  /** Schema of the path's parameters. What does not fit is 422 in JSON and 404 as a page. */
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: RequestBody;
  /** The field of a multipart body that brings a file; programs send it so as well. */
  readonly file?: File;
  /** The largest that it may be, in bytes; as large as a picture unless said otherwise. */
  readonly fileBytes?: number;
  /** What bringing a file takes of one's allowances, before any of it is read. */
  readonly fileAllowance?: Limited;
  /** What pictures a form may bring as files: they are kept, and their ids are the body's `media`. */
  readonly photos?: Photos;
  /** Status and schema of the JSON answer; `null` has no body. */
  readonly answers: readonly [status: 200 | 201, schema: z.ZodType] | readonly [204, null];
  readonly run: (
    ctx: Ctx,
    input: Input<Params, Query, RequestBody, Auth, File>,
  ) => Promise<Answer>;
  /** The JSON answer, where it is not what `run` answers. */
  readonly json?: (
    ctx: Ctx,
    input: Input<Params, Query, RequestBody, Auth, File>,
    answer: Answer,
  ) => Promise<unknown>;
  /** The answer as a page. */
  readonly page?: (
    ctx: Ctx,
    input: Input<Params, Query, RequestBody, Auth, File>,
    answer: Answer,
  ) => Eventually<Page<Data>>;
  /** Where a browser goes instead of seeing the answer itself. A form's `return_to` wins over it. */
  readonly seeOther?: (
    input: Input<Params, Query, RequestBody, Auth, File>,
    answer: Answer,
    ctx: Ctx,
  ) => string;
  /** What the page that a browser goes to says. */
  readonly notice?: NoticeName;
  /** The page of a form that was refused. */
  readonly formAgain?: (ctx: Ctx, form: RefusedForm) => Eventually<Data>;
}

/** A page that is no operation of the contract, such as one with a form. */
export interface PageOnly<Data> {
  readonly auth?: "required";
  readonly page: (ctx: Ctx) => Eventually<Page<Data>>;
}

// deno-lint-ignore no-explicit-any -- any operation: the precise types live in its declaration
export type AnyOperation<Data> = Operation<any, any, any, any, any, Data, any>;
type Endpoint<Data> = { readonly [M in Method]?: AnyOperation<Data> | PageOnly<Data> };

/** Declares an operation, inferring the types of its input from its schemas. */
export function operation<
  Answer,
  Data = never,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  RequestBody extends z.ZodType | undefined = undefined,
  Auth extends "required" | undefined = undefined,
  File extends string | undefined = undefined,
>(
  declaration: Operation<Params, Query, RequestBody, Auth, Answer, Data, File>,
): Operation<Params, Query, RequestBody, Auth, Answer, Data, File> {
  return declaration;
}

/** Declares a page that is no operation. */
export const pageOnly = <Data>(declaration: PageOnly<Data>): PageOnly<Data> => declaration;

const isOperation = <Data>(
  declared: AnyOperation<Data> | PageOnly<Data>,
): declared is AnyOperation<Data> => "run" in declared;

/** A route's handler that still knows what it was declared from. */
export type EndpointHandler<Data> = HandlerFn<Data, State> & { readonly endpoint: Endpoint<Data> };

/** What an endpoint's handler hands to its page. */
export type DataOf<Handler> = Handler extends EndpointHandler<infer Data> ? Data : never;

/** What a route's handler answers, by method; null is what is no operation. */
export function methodsOf(handler: unknown): [Method, AnyOperation<unknown> | null][] {
  const declared = Object.entries(isEndpoint(handler) ? handler.endpoint : handler ?? {});
  return declared.map(([method, one]) => [
    method as Method,
    typeof one === "object" && isOperation(one) ? one : null,
  ]);
}

/** Whether a route's handler answers a browser's GET with a page made by {@linkcode endpoint}. */
export const answersPage = (handler: unknown): boolean =>
  isEndpoint(handler) && handler.endpoint.GET?.page !== undefined;

const isEndpoint = (handler: unknown): handler is { readonly endpoint: Endpoint<unknown> } =>
  typeof handler === "function" && "endpoint" in handler;

/**
 * Makes a route's handler. It answers HEAD like GET, OPTIONS and wrong methods with Allow, and takes
 * a POST whose form says `_method` for that method, since a form can send nothing else.
 */
export function endpoint<Data>(declared: Endpoint<Data>): EndpointHandler<Data> {
  const handle = async (ctx: Ctx): Promise<Page<Data>> => {
    await using received = new Received(ctx, Object.values(declared).find(bringsFiles));
    const method = await methodOf(ctx, received);
    const one = method === null ? undefined : declared[method];
    if (one === undefined || (ctx.state.wants === "json" && !isOperation(one))) {
      return refuseMethod(ctx, declared);
    }
    if (one.auth === "required" && ctx.state.caller === null) throw new LoginRequired();
    if (!isOperation(one)) return await one.page(ctx);
    if (method !== "GET") await takeAllowance(ctx);
    return ctx.state.wants === "json"
      ? await asJson(ctx, one, received)
      : await asPage(ctx, one, received);
  };
  return Object.assign(handle as HandlerFn<Data, State>, { endpoint: declared });
}

const bringsFiles = <Data>(
  one: AnyOperation<Data> | PageOnly<Data>,
): one is AnyOperation<Data> =>
  isOperation(one) && (one.file !== undefined || one.photos !== undefined);

async function methodOf(ctx: Ctx, received: Received): Promise<Method | null> {
  const { method } = ctx.req;
  if (method === "GET" || method === "HEAD") return "GET";
  if (method === "POST" && isForm(ctx)) {
    const read = await received.body();
    const wanted = read.kind === "form" ? read.value._method?.toUpperCase() : undefined;
    if (wanted === "PUT" || wanted === "DELETE") return wanted;
  }
  return method === "POST" || method === "PUT" || method === "DELETE" ? method : null;
}

const isForm = (ctx: Ctx): boolean =>
  ctx.state.wants === "html" &&
  /^(application\/x-www-form-urlencoded|multipart\/form-data)/i
    .test(ctx.req.headers.get("content-type") ?? "");

function refuseMethod<Data>(ctx: Ctx, declared: Endpoint<Data>): Response {
  const methods = (Object.keys(declared) as Method[]).filter((method) =>
    ctx.state.wants === "html" || isOperation(declared[method]!)
  );
  const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (ctx.req.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow } });
  }
  throw new HttpRefusal(405, `${ctx.req.method} is not possible here`, { allow });
}

async function takeAllowance({ state: { caller, limiter } }: Ctx): Promise<void> {
  if (caller !== null) await limiter.take("command", caller.id);
}

const JSON_HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

async function asJson<Data>(
  ctx: Ctx,
  one: AnyOperation<Data>,
  received: Received,
): Promise<Response> {
  const input = await inputOf(ctx, one, received);
  const done = await one.run(ctx, input);
  const [status, schema] = one.answers;
  if (schema === null) return new Response(null, { status });
  const answer = one.json === undefined ? done : await one.json(ctx, input, done);
  const next = Array.isArray(answer) ? nextPage(ctx.url, input.query, answer) : null;
  return new Response(JSON.stringify(answer), {
    status,
    headers: next === null ? JSON_HEADERS : { ...JSON_HEADERS, link: `<${next}>; rel="next"` },
  });
}

async function asPage<Data>(
  ctx: Ctx,
  one: AnyOperation<Data>,
  received: Received,
): Promise<Page<Data>> {
  try {
    const input = await inputOf(ctx, one, received);
    const answer = await one.run(ctx, input);
    if (one.page !== undefined) return await one.page(ctx, input, answer);
    const read = await received.body();
    const returnTo = read.kind === "form" ? ownPath(read.value.return_to) : null;
    const location = returnTo ?? one.seeOther?.(input, answer, ctx) ?? "/";
    return seeOther(
      location,
      one.notice === undefined ? {} : { "set-cookie": noticeCookie(one.notice) },
    );
  } catch (error) {
    const { problem: { status, errors, detail }, headers } = answerTo(error);
    const canMend = [400, 401, 403, 409, 413, 422, 429, 503].includes(status);
    if (one.formAgain === undefined || !canMend || error instanceof LoginRequired) throw error;
    const read = await received.body().catch((): Body => ({ kind: "none" }));
    const values = read.kind === "form" ? read.value : {};
    const pictures = await keptPhotos(ctx, received.media);
    const form = { values, errors: errors ?? [], message: detail, pictures };
    return { data: await one.formAgain(ctx, form), status, headers };
  }
}

async function inputOf<Data>(ctx: Ctx, one: AnyOperation<Data>, received: Received) {
  const params = one.params === undefined ? undefined : parseParams(ctx, one.params);
  const query = one.query === undefined
    ? undefined
    : parse(one.query, Object.fromEntries(ctx.url.searchParams), "query");
  const hasBody = one.body !== undefined || one.file !== undefined || isForm(ctx);
  const read = hasBody ? await received.body() : null;
  const sender = ctx.req.method === "GET" ? senderOf(ctx) : await commandSender(ctx, received);
  return {
    params,
    query,
    file: one.file === undefined ? undefined : fileOf(one.file, read),
    body: one.body === undefined
      ? undefined
      : parse(one.body, await valueOf(ctx, one, received, sender), "body"),
    caller: ctx.state.caller,
    returnTo: read?.kind === "form" ? ownPath(read.value.return_to) : null,
    sender,
  };
}

/** What the body says, with the pictures that came with it as its `media`. */
async function valueOf<Data>(
  ctx: Ctx,
  { photos }: AnyOperation<Data>,
  received: Received,
  sender: Sender,
): Promise<unknown> {
  const read = await received.body();
  if (read.kind === "none") return undefined;
  if (read.kind === "json" || photos === undefined) return read.value;
  const { media, errors } = await keepPhotos(ctx, photos, read, sender);
  received.media = media;
  if (errors.length > 0) throw new InvalidInput(errors);
  if (media.length === 0) return read.value;
  return { ...read.value, media: photos.most === 1 ? media.at(-1) : media };
}

function fileOf(field: string, read: Body | null): ReceivedFile {
  const file = read?.kind === "form" ? read.files[0] : undefined;
  if (file === undefined) throw new InvalidInput([{ path: field, message: "Required" }]);
  return file;
}

function parseParams(ctx: Ctx, schema: z.ZodType): unknown {
  try {
    return parse(schema, ctx.params, "path");
  } catch (error) {
    if (ctx.state.wants === "json") throw error;
    throw new HttpRefusal(404, "There is nothing at this address");
  }
}

/**
 * Validates; the errors name the fields as the contract does.
 *
 * @param whole what the input as a whole is called in an error
 */
function parse(schema: z.ZodType, value: unknown, whole: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.map(({ path, message }) => ({
    path: path.length === 0 ? whole : path.join("."),
    message,
  })));
}

const COMMAND_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const senderOf = ({ state: { caller } }: Ctx): Sender => ({ actor: caller?.id ?? null });

/**
 * The command id comes in a header from programs and islands, in a hidden field from forms. It stands
 * for what was sent with it: a form that is changed after the Back button, and sent again, is another
 * command.
 */
async function commandSender(ctx: Ctx, received: Received): Promise<Sender> {
  const sender = senderOf(ctx);
  const header = ctx.req.headers.get("idempotency-key");
  if (header === null && !isForm(ctx)) return sender;
  const read = await received.body();
  const field = read.kind === "form" ? read.value.command_id : undefined;
  const given = header ?? (field || undefined);
  if (given === undefined) return sender;
  if (!COMMAND_ID.test(given)) {
    const path = header === null ? "command_id" : "Idempotency-Key";
    throw new InvalidInput([{ path, message: "Must be a UUID" }]);
  }
  // Not the host: behind a proxy it may be each node's own, and the command is the same on all.
  const { pathname, search } = new URL(ctx.req.url);
  const parts = [given.toLowerCase(), ctx.req.method, pathname + search, withoutSecrets(read)];
  return { ...sender, commandId: uuidOf(...parts) };
}

/** A body as text, but for its password: what is stored of it must not help to guess one. */
function withoutSecrets(body: Body): string {
  if (body.kind === "none") return "";
  const said = body.kind === "json"
    ? body.value
    : [body.lists, body.files.map(({ place, sha256 }) => [place, sha256])];
  return JSON.stringify(said, (key, value) => key === "password" ? undefined : value);
}

/** A path of this server to return to; anything else could lead people astray. */
export function ownPath(path: string | null | undefined): string | null {
  if (path === null || path === undefined || !/^\/(?![/\\])[^\s\\]*$/.test(path)) return null;
  return path;
}

/**
 * Sends a browser on to a page after a form, so that a reload repeats nothing (RFC 9110, 303).
 *
 * @param location a path; what a header cannot hold of it is percent-encoded
 */
export const seeOther = (location: string, headers: HeadersInit = {}): Response => {
  const all = new Headers(headers);
  all.set("location", location.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent));
  return new Response(null, { status: 303, headers: all });
};

/** The address of the next page of a list (RFC 8288), or null at its end. */
export function nextPage(url: URL, query: unknown, answer: unknown): string | null {
  if (!Array.isArray(answer) || !isPageQuery(query) || answer.length < query.limit) return null;
  const last = answer.at(-1)?.id;
  if (last === undefined) return null;
  const search = new URLSearchParams(url.search);
  search.delete("offset");
  search.set("before", String(last));
  search.set("limit", String(query.limit));
  return `${url.pathname}?${search}`;
}

/** A page of a list, for an island that has it stay as the server has it. */
export interface ListPage<Item> {
  /** Newest first. */
  readonly items: readonly Item[];
  /** How many make a whole page. */
  readonly limit: number;
  /** Whether the newest are among them: then what changes is shown as it changes. */
  readonly isLatest: boolean;
}

export const listPage = <Item>(
  { limit, offset, before }: PageOfList,
  items: readonly Item[],
): ListPage<Item> => ({ items, limit, isLatest: before === undefined && offset === 0 });

const isPageQuery = (query: unknown): query is { limit: number } =>
  typeof query === "object" && query !== null && "limit" in query;

z.config({
  customError: (issue) => issue.input === undefined ? "Required" : undefined,
});
