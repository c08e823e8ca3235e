import { App, setBuildCache } from "./app.ts";
import { type BuildCache, emptyBuildCache } from "./build_cache.ts";

/** Route files by their path below `routes/`, each with its exports. */
export type RouteFiles = Readonly<Record<string, Record<string, unknown>>>;

/** Sends a request to an app: a path, or a full URL, and what `Request` takes. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** The state of the apps in tests: what was passed on the way. */
export interface TestState {
  trail?: string[];
}

export function sender<State>(app: App<State>, cache: Partial<BuildCache> = {}): Send {
  setBuildCache(app, { ...emptyBuildCache, ...cache });
  const handler = app.handler();
  return (path, init) => handler(new Request(new URL(path, "http://localhost"), init));
}

/** An app whose file routes are given as objects. */
export function sendToFiles(
  files: RouteFiles,
  configure: (app: App<TestState>) => App<TestState> = (app) => app.fsRoutes(),
): Send {
  return sender(configure(new App<TestState>()), {
    fsRoutes: Object.entries(files).map(([path, module]) => ({ path, module })),
  });
}

/** Status and body, for comparing both at once. */
export async function outcome(response: Promise<Response>): Promise<[number, string]> {
  const { status, text } = await response.then(async (res) => ({
    status: res.status,
    text: await res.text(),
  }));
  return [status, text];
}

/** What a page has between `<body>` and `</body>`. */
export async function bodyOf(response: Promise<Response>): Promise<string> {
  const html = await (await response).text();
  return /<body>(.*)<\/body>/s.exec(html)?.[1] ?? html;
}
