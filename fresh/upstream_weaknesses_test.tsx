import assert from "node:assert/strict";
import { App } from "./app.ts";
import type { Context } from "./context.ts";
import type { Middleware, PageProps } from "./define.ts";
import { HttpError } from "./error.ts";
import { csp } from "./middleware/csp.ts";
import { staticFiles } from "./middleware/static_files.ts";
import { trailingSlashes } from "./middleware/trailing_slashes.ts";
import { RouteTable } from "./route_table.ts";
import { Router } from "./router.ts";
import { outcome, sender, sendToFiles, type TestState } from "./test_support.ts";

// Where Fresh 2.3.3 is weak and this implementation must not be, in the order of the README.

const deny: Middleware<TestState> = () => new Response("denied", { status: 403 });
const secret = { handler: () => new Response("secret") };
const errorPage = {
  default: ({ error }: PageProps<unknown, TestState>) => (
    <p>page {error instanceof HttpError ? error.status : "?"}</p>
  ),
};

Deno.test("1: a middleware for /admin/* covers /admin/users, /admin and /admin/a/b", async () => {
  const guarded = new App<TestState>().use("/admin/*", deny);
  for (const path of ["/admin", "/admin/users", "/admin/a/b"]) {
    guarded.get(path, secret.handler);
  }
  const send = sender(guarded);
  const sendToRoutes = sendToFiles(
    { "admin.ts": secret, "admin/users.ts": secret, "admin/a/b.ts": secret },
    (app) => app.use("/admin/*", deny).fsRoutes(),
  );
  for (const path of ["/admin", "/admin/users", "/admin/a/b"]) {
    assert.deepEqual(await outcome(send(path)), [403, "denied"]);
    assert.deepEqual(await outcome(sendToRoutes(path)), [403, "denied"]);
  }
});

Deno.test("2: a wrong method on a file route is 405 with Allow, on the error page", async () => {
  const send = sendToFiles({
    "_error.tsx": errorPage,
    "api.ts": {
      handler: {
        GET: () => new Response("ok"),
        POST: () => new Response("ok"),
      },
    },
    "page.tsx": { default: () => <p>page</p> },
  });
  for (
    const [path, allow] of [["/api", "GET, HEAD, POST, OPTIONS"], ["/page", "GET, HEAD, OPTIONS"]]
  ) {
    const response = await send(path!, { method: "DELETE" });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), allow);
    assert.match(await response.text(), /<p>page 405<\/p>/);
  }
});

Deno.test("2: an unknown method is 405, also where a handler is for all methods", async () => {
  const send = sendToFiles({ "all.ts": { handler: () => new Response("ok") } });
  for (const method of ["PROPFIND", "CONSTRUCTOR", "__PROTO__"]) {
    assert.equal((await send("/all", { method })).status, 405);
  }
});

Deno.test("2: for an unknown method, a handler for all methods says by OPTIONS what it allows", async () => {
  const handler = ({ req }: Context<TestState>) =>
    new Response(null, req.method === "OPTIONS" ? { headers: { allow: "GET, OPTIONS" } } : {});
  const response = await sendToFiles({ "all.ts": { handler } })("/all", { method: "PROPFIND" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET, OPTIONS");
});

Deno.test("3: a malformed percent sign in a parameter is 400, on the error page", async () => {
  const send = sendToFiles({
    "_error.tsx": errorPage,
    "tags/[tag].ts": secret,
  });
  for (const path of ["/tags/%zz", "/tags/%E0%A4%A", "/tags/%"]) {
    const response = await send(path);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /<p>page 400<\/p>/);
  }
});

Deno.test("3: a folder's middleware guards a malformed URL, too", async () => {
  const send = sendToFiles({
    "tags/_middleware.ts": { default: deny },
    "tags/[tag].ts": secret,
  });
  assert.deepEqual(await outcome(send("/tags/%zz")), [403, "denied"]);
});

Deno.test("4: a slash after a dynamic route redirects to the route with its query", async () => {
  const send = sendToFiles({
    "posts/[id].ts": secret,
    "docs/[[version]]/index.ts": secret,
  });
  for (const [from, to] of [["/posts/1/?a=b", "/posts/1?a=b"], ["/docs/v2/", "/docs/v2"]]) {
    const response = await send(from!);
    assert.equal(response.status, 308);
    assert.equal(response.headers.get("location"), to);
  }
});

Deno.test("4: a slash after a dynamic route goes round no circle when slashes are wanted", async () => {
  const send = sendToFiles(
    { "posts/[id].ts": secret },
    (app) => app.use(trailingSlashes("always")).fsRoutes(),
  );
  assert.deepEqual(await outcome(send("/posts/1/")), [200, "secret"]);
});

Deno.test("5: a folder's middleware and layout cover unknown URLs below the folder", async () => {
  const send = sendToFiles({
    "_404.tsx": { default: () => <p>nothing here</p> },
    "admin/_middleware.ts": { default: deny },
    "admin/users/[id].ts": secret,
    "(club)/club/_layout.tsx": {
      default: ({ Component }: PageProps) => (
        <main>
          <Component />
        </main>
      ),
    },
    "(club)/club/index.ts": secret,
  });
  for (const path of ["/admin", "/admin/nope", "/admin/users", "/admin/users/1/nope"]) {
    assert.deepEqual(await outcome(send(path)), [403, "denied"]);
  }
  const response = await send("/club/nope");
  assert.equal(response.status, 404);
  assert.match(await response.text(), /<main><p>nothing here<\/p><\/main>/);
});

Deno.test("7: nothing is served but the files that the build lists", async () => {
  const asked: string[] = [];
  const send = sender(new App<TestState>().use(staticFiles()), {
    staticFile: (path) => {
      asked.push(path);
      return null;
    },
  });
  const paths = ["/_fresh/server.js", "/_fresh/snapshot.json", "/../deno.json", "/.env"];
  for (const path of paths) assert.equal((await send(path)).status, 404);
  assert.deepEqual(asked, ["/_fresh/server.js", "/_fresh/snapshot.json", "/deno.json", "/.env"]);
});

Deno.test("8: a match takes as much work among a thousand routes as among ten", () => {
  const routerOf = (count: number) => {
    const router = new Router<number>();
    for (let i = 0; i < count; i++) {
      router.add(`/section${i}/:id`, () => i);
      router.add(`/section${i}/:id/items/:item`, () => i);
      router.add(`/about${i}`, () => i);
    }
    return router;
  };
  const [few, many] = [routerOf(10), routerOf(1000)];
  for (const path of ["/section9/7", "/section9/7/items/8", "/about9", "/section9/7/", "/nope/x"]) {
    assert.equal(lookupsIn(() => many.match(path)), lookupsIn(() => few.match(path)));
    assert.ok(lookupsIn(() => many.match(path)) <= 12);
  }
});

Deno.test("8: an unknown URL takes as much work among a thousand routes as among ten", () => {
  const tableOf = (count: number) => {
    const paths = Array.from({ length: count }, (_, i) => [`section${i}/[id].ts`, `about${i}.ts`]);
    const files = paths.flat().map((path) => ({ path, module: secret }));
    return new RouteTable<TestState>([{ type: "fsRoutes", path: "*" }], files, "");
  };
  const [few, many] = [tableOf(10), tableOf(1000)];
  for (const path of ["/styles.css", "/section9/7/nope", "/nope"]) {
    assert.equal(
      lookupsIn(() => many.resolve("GET", path)),
      lookupsIn(() => few.resolve("GET", path)),
    );
  }
});

Deno.test("9. csp() asks for an upgrade to https over https alone", async () => {
  const handler = new App().use(csp()).get("/", () => new Response("hello")).handler();
  const policy = async (url: string) =>
    (await handler(new Request(url))).headers.get("content-security-policy") ?? "";
  assert.match(await policy("https://filmroll.example/"), /; upgrade-insecure-requests$/);
  assert.doesNotMatch(await policy("http://192.168.1.7:8000/"), /upgrade/);
});

/** How many map look-ups and pattern matches `run` makes. */
function lookupsIn(run: () => void): number {
  const originals = [
    [Map.prototype, "get"],
    [RegExp.prototype, "exec"],
    [URLPattern.prototype, "exec"],
  ] as const;
  let count = 0;
  const restore = originals.map(([target, name]) => {
    const descriptor = Object.getOwnPropertyDescriptor(target, name)!;
    const original = descriptor.value as (...args: unknown[]) => unknown;
    Object.defineProperty(target, name, {
      ...descriptor,
      value(this: unknown, ...args: unknown[]) {
        count++;
        return original.apply(this, args);
      },
    });
    return () => Object.defineProperty(target, name, descriptor);
  });
  try {
    run();
  } finally {
    for (const undo of restore) undo();
  }
  return count;
}
