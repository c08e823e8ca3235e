/** Two kinds of caller: a program that speaks JSON, and a browser that runs no script. */
import assert from "node:assert/strict";
import type { Token, User } from "../../web/schemas.ts";
import { type Form, formsOf, textOf } from "./html.ts";

/** Everybody's password. */
export const PASSWORD = "film and light";

/** An answer in JSON; `undefined` where it has no body. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface SendOptions {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, instead. */
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

/** A program that uses the contract. */
export interface Api {
  send<Body>(method: string, path: string, options?: SendOptions): Promise<Answer<Body>>;
  get<Body>(path: string): Promise<Answer<Body>>;
  post<Body>(path: string, json?: unknown): Promise<Answer<Body>>;
  put<Body>(path: string, json?: unknown): Promise<Answer<Body>>;
  delete<Body>(path: string): Promise<Answer<Body>>;
}

/** A client of the JSON side; with a token it is somebody. Paths start with "/api" where meant. */
export function api(origin: string, token?: string): Api {
  async function send<Body>(
    method: string,
    path: string,
    { json, body, headers = {}, signal }: SendOptions = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(origin + path, {
      method,
      redirect: "manual",
      headers: {
        accept: "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body }),
      ...(signal !== undefined && { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? undefined : JSON.parse(text)) as Body,
    };
  }
  return {
    send,
    get: (path) => send("GET", path),
    post: (path, json) => send("POST", path, { json }),
    put: (path, json) => send("PUT", path, { json }),
    delete: (path) => send("DELETE", path),
  };
}

/** Somebody who is registered, and their client. */
export interface Person extends Api {
  readonly id: number;
  readonly username: string;
  readonly token: string;
}

export const emailOf = (username: string): string => `${username}@example.org`;

export const accountOf = (username: string) => ({
  username,
  email: emailOf(username),
  password: PASSWORD,
});

/** Registers somebody and logs them in, as a program. */
export async function join(origin: string, username: string): Promise<Person> {
  const stranger = api(origin);
  const { body: { id } } = await stranger.post<User>("/api/auth/register", accountOf(username));
  const { body: { access_token } } = await stranger.post<Token>("/api/auth/login", {
    email: emailOf(username),
    password: PASSWORD,
  });
  return { id, username, token: access_token, ...api(origin, access_token) };
}

/** A page as a browser without script has it. */
export interface Page {
  readonly status: number;
  /** Of the page itself, after redirects. */
  readonly url: URL;
  readonly headers: Headers;
  readonly html: string;
  /** What is to be read on it. */
  readonly text: string;
  readonly forms: readonly Form[];
  /** Statuses of the redirects that led here. */
  readonly redirects: readonly number[];
}

/** Somebody with a browser that runs no script. */
export interface Visitor {
  /** Cookies by name. */
  readonly cookies: Map<string, string>;
  /** Follows a link or types an address, and redirects from there. */
  open(path: string): Promise<Page>;
  /**
   * Fills in a form of a page and sends it. Fields that are not given keep their initial values.
   *
   * @param action of the form; where several have it, the first
   */
  submit(page: Page, action: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  /** One request with the cookies, and no redirect followed. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** A browser that runs no script; its cookies are its own. */
export function browserless(origin: string): Visitor {
  const cookies = new Map<string, string>();

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("accept")) headers.set("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    if (!headers.has("sec-fetch-site")) headers.set("sec-fetch-site", "same-origin");
    if (cookies.size > 0) {
      headers.set("cookie", Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; "));
    }
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
    return response;
  }

  function keep(cookie: string): void {
    const [pair, ...attributes] = cookie.split("; ");
    const [name, value] = pair!.split("=", 2);
    if (attributes.includes("Max-Age=0")) cookies.delete(name!);
    else cookies.set(name!, value!);
  }

  async function arrive(path: string, init?: RequestInit): Promise<Page> {
    const redirects: number[] = [];
    let url = new URL(path, origin);
    let response = await request(path, init);
    while (response.headers.has("location")) {
      await response.body?.cancel();
      redirects.push(response.status);
      assert.ok(redirects.length < 5, `Redirected without end at "${url}"`);
      url = new URL(response.headers.get("location")!, url);
      assert.equal(url.origin, origin);
      response = await request(url.pathname + url.search);
    }
    const html = await response.text();
    const { status, headers } = response;
    return { status, headers, url, html, text: textOf(html), forms: formsOf(html), redirects };
  }

  return {
    cookies,
    request,
    open: (path) => arrive(path),
    submit(page, action, fields = {}) {
      const form = formAt(page, action);
      for (const name of Object.keys(fields)) {
        assert.ok(name in form.fields, `The form "${action}" has no field "${name}"`);
      }
      assert.equal(form.method, "post");
      return arrive(action, {
        method: "POST",
        headers: { origin, referer: page.url.href },
        body: new URLSearchParams({ ...form.fields, ...fields }),
      });
    },
  };
}

/** The form of a page that is sent to a path. */
export function formAt(page: Page, action: string): Form {
  const form = page.forms.find((form) => form.action === action);
  assert.ok(form, `No form of "${page.url.pathname}" is sent to "${action}"`);
  return form;
}

/** Registers somebody by the form, which logs them in. */
export async function signUp(origin: string, username: string): Promise<Visitor> {
  const visitor = browserless(origin);
  const page = await visitor.submit(
    await visitor.open("/auth/register"),
    "/auth/register",
    accountOf(username),
  );
  assert.equal(page.status, 200, page.text);
  return visitor;
}

/** Logs somebody in by the form. */
export async function logIn(origin: string, username: string): Promise<Visitor> {
  const visitor = browserless(origin);
  const form = { email: emailOf(username), password: PASSWORD };
  await visitor.submit(await visitor.open("/auth/login"), "/auth/login", form);
  return visitor;
}
