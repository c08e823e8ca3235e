import { answersPage, type AnyOperation, type Method, methodsOf } from "./operation.ts";

/** An operation and where it is found. */
export interface CataloguedOperation {
  readonly method: Method;
  /** With parameters in braces: "/posts/{id}". */
  readonly path: string;
  /** The file below routes/. */
  readonly file: string;
  readonly operation: AnyOperation<unknown>;
}

const ROUTES = new URL("../routes/", import.meta.url);

/** A route's file with all that it answers. */
export interface Route {
  /** With parameters in braces: "/posts/{id}". */
  readonly path: string;
  /** The file below routes/. */
  readonly file: string;
  /** The operations by method; null is what is no operation, such as a page alone or a file. */
  readonly methods: readonly (readonly [Method, AnyOperation<unknown> | null])[];
  /** Whether a GET answers a browser with a page of ours. */
  readonly hasPage: boolean;
}

/** Every route, by path. */
export async function routes(): Promise<Route[]> {
  const found: Route[] = [];
  for (const file of await routeFiles(ROUTES)) {
    const { handler, handlers = handler } = await import(new URL(file, ROUTES).href);
    found.push({
      path: pathOf(file),
      file,
      methods: methodsOf(handlers),
      hasPage: answersPage(handlers),
    });
  }
  return found.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

/** Every operation that the route files declare, by path and method. */
export const catalogue = async (): Promise<CataloguedOperation[]> =>
  (await routes()).flatMap(({ path, file, methods }) =>
    methods.flatMap(([method, operation]) =>
      operation === null ? [] : [{ method, path, file, operation }]
    )
  );

async function routeFiles(folder: URL, prefix = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (name.startsWith("_") || name.startsWith("(_") || name.includes("_test.")) continue;
    if (isDirectory) {
      files.push(...await routeFiles(new URL(`${name}/`, folder), `${prefix}${name}/`));
    } else if (/\.tsx?$/.test(name)) files.push(prefix + name);
  }
  return files;
}

/** "posts/[id]/index.tsx" → "/posts/{id}"; a folder in parentheses is no part of the path. */
function pathOf(file: string): string {
  const segments = file.replace(/\.tsx?$/, "").split("/")
    .filter((segment) => !segment.startsWith("("))
    .map((segment) => segment.replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}"));
  if (segments.at(-1) === "index") segments.pop();
  return `/${segments.join("/")}`;
}
