import { type AnyOperation, type Method, operationsOf } from "./operation.ts";

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

/** Every operation that the route files declare, by path and method. */
export async function catalogue(): Promise<CataloguedOperation[]> {
  const found: CataloguedOperation[] = [];
  for (const file of await routeFiles(ROUTES)) {
    const { handler, handlers } = await import(new URL(file, ROUTES).href);
    for (const [method, operation] of operationsOf(handler ?? handlers)) {
      found.push({ method, path: pathOf(file), file, operation });
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

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
