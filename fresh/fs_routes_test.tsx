import assert from "node:assert/strict";
import type { PageProps } from "./define.ts";
import { page } from "./define.ts";
import type { Middleware } from "./define.ts";
import { HttpError } from "./error.ts";
import { readFsRoutes } from "./fs_routes.ts";
import { bodyOf, outcome, sendToFiles, type TestState } from "./test_support.ts";

type Props = PageProps<unknown, TestState>;

const mark = (name: string): Middleware<TestState> => (ctx) => {
  (ctx.state.trail ??= []).push(name);
  return ctx.next();
};
const answerTrail: Middleware<TestState> = (ctx) => ctx.text((ctx.state.trail ?? []).join(" "));
const answer = (text: string) => ({ handler: () => new Response(text) });
const wrap = (name: string) => ({
  default: ({ Component }: Props) => (
    <>
      {name}(<Component />)
    </>
  ),
});

/** The patterns of route files in the order in which they are tried. */
function patternsOf(...paths: string[]): string[] {
  return readFsRoutes(paths.map((path) => ({ path, module: answer("") })))
    .flatMap((file) => file.kind === "route" ? [file.pattern] : []);
}

Deno.test("File routes are named by their path", () => {
  const patterns = (path: string) => patternsOf(path)[0];
  assert.equal(patterns("index.tsx"), "/");
  assert.equal(patterns("about.tsx"), "/about");
  assert.equal(patterns("blog/index.ts"), "/blog");
  assert.equal(patterns("blog/[slug].ts"), "/blog/:slug");
  assert.equal(patterns("blog/[slug]/comments.js"), "/blog/:slug/comments");
  assert.equal(patterns("old/[...path].tsx"), "/old/:path*");
  assert.equal(patterns("docs/[[version]]/index.tsx"), "/docs{/:version}?");
  assert.equal(patterns("[[name]].tsx"), "/{:name}?");
  assert.equal(patterns("@[username].tsx"), "/@:username");
  assert.equal(patterns("(marketing)/about.tsx"), "/about");
  assert.equal(patterns("(marketing)/index.tsx"), "/");
  assert.equal(patterns("openapi.json.ts"), "/openapi.json");
});

Deno.test("File routes are tried from the more specific to the less", () => {
  assert.deepEqual(
    patternsOf(
      "[...path].tsx",
      "posts/[id].tsx",
      "[[lang]]/help.tsx",
      "posts/@[name].tsx",
      "[section]/new.tsx",
      "posts/new.tsx",
    ),
    ["/posts/new", "/posts/@:name", "/posts/:id", "/:section/new", "{/:lang}?/help", "/:path*"],
  );
});

Deno.test("File routes leave out tests and folders with an underscore", () => {
  assert.deepEqual(
    patternsOf(
      "index.tsx",
      "index_test.tsx",
      "about.test.ts",
      "(_islands)/like.tsx",
      "shop/(_components)/card.tsx",
    ),
    ["/"],
  );
});

Deno.test("File routes refuse a name that they cannot read", () => {
  assert.throws(() => patternsOf("[a][b].tsx"), /Could not read the route "\[a\]\[b\]\.tsx"/);
  assert.throws(() => patternsOf("x-[[a]].tsx"), SyntaxError);
});

Deno.test("File routes refuse a file without the exports that its name calls for", () => {
  const read = (path: string, module: Record<string, unknown>) => () =>
    readFsRoutes([{ path, module }]);
  assert.throws(read("index.tsx", {}), /"routes\/index.tsx": it must have a component/);
  assert.throws(read("_layout.tsx", answer("")), /a component as default export/);
  assert.throws(read("_middleware.ts", { default: { GET: answer } }), /an array of functions/);
});

Deno.test("File route renders its component inside layouts and app", async () => {
  const send = sendToFiles({
    "_app.tsx": wrap("app"),
    "_layout.tsx": wrap("outer"),
    "in/_layout.tsx": wrap("inner"),
    "in/page.tsx": { default: () => <b>page</b> },
    "in/own.tsx": {
      default: () => <b>own</b>,
      config: { skipAppWrapper: true, skipInheritedLayouts: true },
    },
    "index.tsx": { default: () => <b>home</b> },
  });
  assert.equal(await bodyOf(send("/in/page")), "app(outer(inner(<b>page</b>)))");
  assert.equal(await bodyOf(send("/in/own")), "<b>own</b>");
  assert.equal(await bodyOf(send("/")), "app(outer(<b>home</b>))");
});

Deno.test("File route passes its handler's data, status and headers on", async () => {
  const send = sendToFiles({
    "index.tsx": {
      handlers: {
        GET: () => page({ name: "Ada" }, { status: 202, headers: { "x-a": "b" } }),
      },
      default: ({ data }: PageProps<{ name: string }>) => <h1>{data.name}</h1>,
    },
  });
  const response = await send("/");
  assert.equal(response.status, 202);
  assert.equal(response.headers.get("x-a"), "b");
  assert.match(await response.text(), /<h1>Ada<\/h1>/);
});

Deno.test("File route may be async and answer with a response", async () => {
  const send = sendToFiles({
    "page.tsx": {
      default: async () => {
        await Promise.resolve();
        return <b>late</b>;
      },
    },
    // deno-lint-ignore require-await -- a component is awaited when it is async
    "away.tsx": { default: async () => new Response("instead") },
  });
  assert.equal(await bodyOf(send("/page")), "<b>late</b>");
  assert.deepEqual(await outcome(send("/away")), [200, "instead"]);
});

Deno.test("File route with handlers for other methods still renders for GET", async () => {
  const send = sendToFiles({
    "page.tsx": {
      handler: { POST: () => new Response("posted") },
      default: () => <b>shown</b>,
    },
  });
  assert.equal(await bodyOf(send("/page")), "<b>shown</b>");
  assert.deepEqual(await outcome(send("/page", { method: "POST" })), [200, "posted"]);
});

Deno.test("File routes of different groups share a URL by method", async () => {
  const send = sendToFiles({
    "(write)/bar/index.ts": { handler: { POST: () => new Response("posted") } },
    "bar/index.ts": { handler: { GET: () => new Response("got") } },
  });
  assert.deepEqual(await outcome(send("/bar")), [200, "got"]);
  assert.deepEqual(await outcome(send("/bar", { method: "POST" })), [200, "posted"]);
});

Deno.test("File middleware covers its folder and no other", async () => {
  const send = sendToFiles({
    "_middleware.ts": { default: mark("root") },
    "admin/_middleware.ts": { handler: [mark("admin1"), mark("admin2")] },
    "admin/users.ts": { handler: answerTrail },
    "admin.ts": { handler: answerTrail },
    "(members)/_middleware.ts": { default: mark("members") },
    "(members)/club.ts": { handler: answerTrail },
  });
  assert.deepEqual(await outcome(send("/admin/users")), [200, "root admin1 admin2"]);
  assert.deepEqual(await outcome(send("/admin")), [200, "root"]);
  assert.deepEqual(await outcome(send("/club")), [200, "root members"]);
});

Deno.test("File route is covered by a middleware that the app has for its path", async () => {
  const send = sendToFiles(
    {
      "admin.ts": { handler: answerTrail },
      "admin/users.ts": { handler: answerTrail },
    },
    (app) => app.use("/admin", mark("guard")).fsRoutes(),
  );
  assert.deepEqual(await outcome(send("/admin")), [200, "guard"]);
  assert.deepEqual(await outcome(send("/admin/users")), [200, "guard"]);
});

Deno.test("File route may replace its pattern", async () => {
  const send = sendToFiles({
    "pkg.ts": {
      config: { routeOverride: "/x/:module@:version/:path*" },
      handler: (ctx: { params: object }) => Response.json(ctx.params),
    },
  });
  assert.deepEqual(await (await send("/x/std@1/a/b")).json(), {
    module: "std",
    version: "1",
    path: "a/b",
  });
});

Deno.test("File error page is the nearest one, and its failure goes to the next", async () => {
  const failing = () => {
    throw new Error("route");
  };
  const send = sendToFiles({
    "_error.tsx": {
      default: ({ error }: Props) => <p>root {(error as Error).message}</p>,
    },
    "a/_error.tsx": {
      default: ({ error }: Props) => <p>a {(error as Error).message}</p>,
    },
    "a/index.tsx": { default: failing },
    "b/_500.tsx": {
      handler: () => {
        throw new HttpError(501, "page");
      },
    },
    "b/index.tsx": { default: failing },
  });
  assert.equal(await bodyOf(send("/a")), "<p>a route</p>");
  assert.equal((await send("/a")).status, 500);
  assert.equal(await bodyOf(send("/b")), "<p>root page</p>");
  assert.equal((await send("/b")).status, 501);
});

Deno.test("File page for 404 is shown for unknown URLs and thrown 404s", async () => {
  const send = sendToFiles({
    "_404.tsx": { default: ({ url }: Props) => <p>no {url.pathname}</p> },
    "_error.tsx": { default: () => <p>error</p> },
    "post.tsx": {
      handler: () => {
        throw new HttpError(404);
      },
    },
  });
  for (const path of ["/nowhere", "/post"]) {
    const response = await send(path);
    assert.equal(response.status, 404);
    assert.match(await response.text(), new RegExp(`<p>no ${path}</p>`));
  }
});

Deno.test("File routes mounted twice run each middleware, layout and error page once", async () => {
  let errorPages = 0;
  const send = sendToFiles({
    "_app.tsx": wrap("app"),
    "_layout.tsx": wrap("layout"),
    "_middleware.ts": { default: mark("root") },
    "_error.tsx": {
      handler: () => {
        errorPages++;
        throw new HttpError(409, "page");
      },
    },
    "posts/_layout.tsx": wrap("posts"),
    "posts/_middleware.ts": { default: [mark("one"), mark("two")] },
    "posts/[id].tsx": {
      default: ({ params, state }: Props) => <b>{params.id} {state.trail?.join(" ")}</b>,
    },
    "posts/bad.tsx": {
      default: () => {
        throw new HttpError(400, "route");
      },
    },
  }, (app) => app.use("/api", mark("api")).fsRoutes().fsRoutes("/api"));
  assert.equal(await bodyOf(send("/posts/1")), "app(layout(posts(<b>1 root one two</b>)))");
  assert.equal(await bodyOf(send("/api/posts/1")), "app(layout(posts(<b>1 root api one two</b>)))");
  assert.deepEqual(await outcome(send("/api/posts/bad")), [409, "page"]);
  assert.equal(errorPages, 1);
});

Deno.test("File routes mounted at a path alone are found only there", async () => {
  const send = sendToFiles({
    "_middleware.ts": { default: mark("root") },
    "index.ts": { handler: answerTrail },
    "posts/[id].ts": { handler: answerTrail },
  }, (app) => app.fsRoutes("/api"));
  assert.deepEqual(await outcome(send("/api")), [200, "root"]);
  assert.deepEqual(await outcome(send("/api/posts/1")), [200, "root"]);
  assert.equal((await send("/posts/1")).status, 404);
});
