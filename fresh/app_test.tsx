import assert from "node:assert/strict";
import { App, getBuildCache, setBuildCache } from "./app.ts";
import { emptyBuildCache } from "./build_cache.ts";
import type { Middleware } from "./define.ts";
import { HttpError } from "./error.ts";
import { bodyOf, outcome, sender, type TestState } from "./test_support.ts";

/** A middleware that leaves a mark on the way to the route. */
const mark = (name: string): Middleware<TestState> => (ctx) => {
  (ctx.state.trail ??= []).push(name);
  return ctx.next();
};

const answerTrail: Middleware<TestState> = (ctx) => ctx.text((ctx.state.trail ?? []).join(" "));

const newApp = () => new App<TestState>();

Deno.test("App runs middlewares in the order in which they were added", async () => {
  const send = sender(newApp().use(mark("a"), mark("b")).use(mark("c")).get("/", answerTrail));
  assert.deepEqual(await outcome(send("/")), [200, "a b c"]);
});

Deno.test("App applies a middleware only to the routes that are added after it", async () => {
  const send = sender(newApp().get("/early", answerTrail).use(mark("a")).get("/late", answerTrail));
  assert.deepEqual(await outcome(send("/early")), [200, ""]);
  assert.deepEqual(await outcome(send("/late")), [200, "a"]);
});

Deno.test("App applies the middlewares of a path to the path and all below it", async () => {
  const app = newApp().use("/admin", mark("guard"));
  for (const path of ["/admin", "/admin/users/:id", "/administer"]) {
    app.get(path, answerTrail);
  }
  const send = sender(app);
  assert.deepEqual(await outcome(send("/admin")), [200, "guard"]);
  assert.deepEqual(await outcome(send("/admin/users/1")), [200, "guard"]);
  assert.deepEqual(await outcome(send("/administer")), [200, ""]);
});

Deno.test("App lets a middleware answer in the route's place", async () => {
  const send = sender(
    newApp().use(() => new Response("closed", { status: 503 })).get("/", mark("x")),
  );
  assert.deepEqual(await outcome(send("/")), [503, "closed"]);
});

Deno.test("App lets a middleware change the response", async () => {
  const app = newApp().use(async (ctx) => {
    const response = await ctx.next();
    response.headers.set("x-served-by", "test");
    return response;
  }).get("/", () => new Response("ok"));
  assert.equal((await sender(app)("/")).headers.get("x-served-by"), "test");
});

Deno.test("App runs several handlers of a route in turn", async () => {
  const send = sender(newApp().get("/", mark("a"), mark("b"), answerTrail));
  assert.deepEqual(await outcome(send("/")), [200, "a b"]);
});

Deno.test("App answers each method with its handler", async () => {
  const app = newApp();
  app.get("/x", () => new Response("got")).post("/x", () => new Response("posted"));
  app.put("/x", () => new Response("put")).patch("/x", () => new Response("patched"));
  app.delete("/x", () => new Response("deleted"));
  const send = sender(app);
  assert.deepEqual(await outcome(send("/x")), [200, "got"]);
  assert.deepEqual(await outcome(send("/x", { method: "POST" })), [200, "posted"]);
  assert.deepEqual(await outcome(send("/x", { method: "PUT" })), [200, "put"]);
  assert.deepEqual(await outcome(send("/x", { method: "PATCH" })), [200, "patched"]);
  assert.deepEqual(await outcome(send("/x", { method: "DELETE" })), [200, "deleted"]);
});

Deno.test("App answers HEAD with the handler for GET and without a body", async () => {
  const send = sender(newApp().get("/", () => new Response("ok", { headers: { "x-a": "b" } })));
  const response = await send("/", { method: "HEAD" });
  assert.equal(response.body, null);
  assert.equal(response.headers.get("x-a"), "b");
});

Deno.test("App prefers a handler for HEAD to the one for GET", async () => {
  const app = newApp().get("/", () => new Response("", { status: 500 }))
    .head("/", () => new Response(null, { status: 204 }));
  assert.equal((await sender(app)("/", { method: "HEAD" })).status, 204);
});

Deno.test("App answers OPTIONS with 204 and the methods of the route", async () => {
  const send = sender(newApp().get("/x", answerTrail).post("/x", answerTrail));
  const response = await send("/x", { method: "OPTIONS" });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("allow"), "GET, HEAD, POST, OPTIONS");
});

Deno.test("App answers every method with a handler for all", async () => {
  const send = sender(newApp().all("/x", (ctx) => ctx.text(ctx.req.method)));
  for (const method of ["GET", "POST", "OPTIONS", "DELETE"]) {
    assert.deepEqual(await outcome(send("/x", { method })), [200, method]);
  }
});

Deno.test("App serves everything with a handler for *", async () => {
  const send = sender(newApp().all("*", (ctx) => ctx.text(ctx.url.pathname)));
  assert.deepEqual(await outcome(send("/any/thing")), [200, "/any/thing"]);
  assert.deepEqual(await outcome(send("/")), [200, "/"]);
});

Deno.test("App answers 404 in text when there is no page for it", async () => {
  assert.deepEqual(await outcome(sender(newApp())("/nowhere")), [404, "Not Found"]);
});

Deno.test("App runs middlewares for requests without a route", async () => {
  const send = sender(newApp().get("/", answerTrail).use(() => new Response("caught")));
  assert.deepEqual(await outcome(send("/nowhere")), [200, "caught"]);
});

Deno.test("App shows the page for what is not found with status 404", async () => {
  const app = newApp().notFound({
    component: ({ url }) => <p>no {url.pathname}</p>,
  });
  const response = await sender(app)("/nowhere");
  assert.equal(response.status, 404);
  assert.match(await response.text(), /<p>no \/nowhere<\/p>/);
});

Deno.test("App shows the page for what is not found when a handler throws a 404", async () => {
  const app = newApp()
    .get("/post", () => {
      throw new HttpError(404, "No such post");
    })
    .onError("*", () => new Response("error page"))
    .notFound((ctx) => ctx.text((ctx.error as HttpError).message, { status: 404 }));
  assert.deepEqual(await outcome(sender(app)("/post")), [404, "No such post"]);
});

Deno.test("App shows the nearest error page", async () => {
  const app = newApp()
    .onError("*", () => new Response("outer"))
    .onError("/a", () => new Response("inner"))
    .get("/a/b", () => Promise.reject(new Error("late")))
    .get("/c", () => {
      throw new Error("at once");
    });
  const send = sender(app);
  assert.deepEqual(await outcome(send("/a/b")), [200, "inner"]);
  assert.deepEqual(await outcome(send("/c")), [200, "outer"]);
});

Deno.test("App shows the next error page when one fails", async () => {
  const app = newApp()
    .onError("*", (ctx) => ctx.text((ctx.error as Error).message))
    .onError("/a", () => {
      throw new Error("from the page");
    })
    .get("/a", () => {
      throw new Error("from the route");
    });
  assert.deepEqual(await outcome(sender(app)("/a")), [200, "from the page"]);
});

Deno.test("App gives a rendered error page the error's status, or 500", async () => {
  const app = newApp()
    .onError("*", {
      component: ({ error }) => <p>{(error as Error).message}</p>,
    })
    .get("/teapot", () => {
      throw new HttpError(418);
    })
    .get("/bug", () => {
      throw new Error("a bug");
    });
  const send = sender(app);
  const [teapot, bug] = [await send("/teapot"), await send("/bug")];
  assert.equal(teapot.status, 418);
  assert.match(await teapot.text(), /<p>I'm a teapot<\/p>/);
  assert.equal(bug.status, 500);
  assert.match(await bug.text(), /<p>a bug<\/p>/);
});

Deno.test("App lets an error page set its own status", async () => {
  const app = newApp()
    .onError("*", {
      handler: () => ({ data: null, status: 503 }),
      component: () => <p>soon</p>,
    })
    .get("/", () => {
      throw new Error("down");
    });
  assert.equal((await sender(app)("/")).status, 503);
});

Deno.test("App shows an error page of GET for other methods, too", async () => {
  const app = newApp()
    .onError("*", {
      handler: { GET: () => new Response("oops", { status: 500 }) },
    })
    .post("/", () => {
      throw new Error("down");
    });
  assert.deepEqual(await outcome(sender(app)("/", { method: "POST" })), [500, "oops"]);
});

Deno.test("App answers in text when an error has no page, and hides what is not an HttpError", async (t) => {
  const app = newApp()
    .get("/forbidden", () => {
      throw new HttpError(403, "Members only");
    })
    .get("/bug", () => {
      throw new Error("the password is …");
    });
  const send = sender(app);
  await t.step("HttpError", async () => {
    assert.deepEqual(await outcome(send("/forbidden")), [403, "Members only"]);
  });
  await t.step("other errors", async () => {
    const logged = await withSilentConsole(async () => {
      assert.deepEqual(await outcome(send("/bug")), [500, "Internal Server Error"]);
    });
    assert.equal((logged[0] as Error).message, "the password is …");
  });
});

Deno.test("App refuses what is not a response", async () => {
  const app = newApp().get("/", (() => "text") as unknown as Middleware<TestState>);
  const logged = await withSilentConsole(async () => {
    assert.equal((await sender(app)("/")).status, 500);
  });
  assert.match((logged[0] as Error).message, /^Expected a "Response".*"text"$/);
});

Deno.test("App does not run a guarded route when an error page calls next", async () => {
  let ran = false;
  const app = newApp()
    .onError("*", (ctx) => ctx.next())
    .use(() => {
      throw new HttpError(403);
    })
    .get("/", () => {
      ran = true;
      return new Response("secret");
    });
  assert.equal((await sender(app)("/")).status, 404);
  assert.equal(ran, false);
});

Deno.test("App puts a page into its layouts and the app wrapper", async () => {
  const app = newApp()
    .appWrapper(({ Component }) => (
      <>
        app(<Component />)
      </>
    ))
    .layout("/", ({ Component }) => (
      <>
        outer(<Component />)
      </>
    ))
    .layout("/in", async ({ Component }) => {
      await Promise.resolve();
      return (
        <>
          inner(<Component />)
        </>
      );
    })
    .get("/in", (ctx) => ctx.render(<b>page</b>))
    .get(
      "/bare",
      (ctx) =>
        ctx.render(<b>page</b>, {}, {
          skipAppWrapper: true,
          skipInheritedLayouts: true,
        }),
    );
  const send = sender(app);
  assert.equal(await bodyOf(send("/in")), "app(outer(inner(<b>page</b>)))");
  assert.equal(await bodyOf(send("/bare")), "<b>page</b>");
});

Deno.test("App renders an async app wrapper", async () => {
  const app = newApp()
    .appWrapper(async ({ Component }) => {
      await Promise.resolve();
      return (
        <main>
          <Component />
        </main>
      );
    })
    .get("/", (ctx) => ctx.render(<b>page</b>));
  assert.equal(await bodyOf(sender(app)("/")), "<main><b>page</b></main>");
});

Deno.test("App lets a layout skip those around it", async () => {
  const app = newApp()
    .appWrapper(({ Component }) => (
      <>
        app(<Component />)
      </>
    ))
    .layout("/", ({ Component }) => (
      <>
        outer(<Component />)
      </>
    ))
    .layout("/own", ({ Component }) => (
      <>
        own(<Component />)
      </>
    ), {
      skipAppWrapper: true,
      skipInheritedLayouts: true,
    })
    .get("/own", (ctx) => ctx.render(<b>page</b>));
  assert.equal(await bodyOf(sender(app)("/own")), "own(<b>page</b>)");
});

Deno.test("App renders what a middleware renders in the middleware's own layouts", async () => {
  const app = newApp()
    .layout("/", ({ Component }) => (
      <>
        outer(<Component />)
      </>
    ))
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch {
        return ctx.render(<i>mended</i>);
      }
    })
    .layout("/in", ({ Component }) => (
      <>
        inner(<Component />)
      </>
    ))
    .get("/in", () => Promise.reject(new Error("late")));
  assert.equal(await bodyOf(sender(app)("/in")), "outer(<i>mended</i>)");
});

Deno.test("App renders a route's component with what its handler gives", async () => {
  const app = newApp().route("/", {
    handler: {
      GET: () => ({ data: "Ada", status: 201, headers: { "x-a": "b" } }),
    },
    component: ({ data }) => <h1>{data}</h1>,
  });
  const response = await sender(app)("/");
  assert.equal(response.status, 201);
  assert.equal(response.headers.get("x-a"), "b");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(await response.text(), /<h1>Ada<\/h1>/);
});

Deno.test("App serves everything below its base path", async () => {
  const app = new App<TestState>({ basePath: "/shop/" })
    .use("/cart", mark("cart"))
    .get("/", answerTrail)
    .get("/cart/:id", (ctx) => ctx.text(`${ctx.params.id} ${ctx.state.trail} ${ctx.route}`));
  const send = sender(app);
  assert.equal((await send("/shop")).status, 200);
  assert.deepEqual(await outcome(send("/shop/cart/1")), [200, "1 cart /shop/cart/:id"]);
  assert.equal((await send("/cart/1")).status, 404);
});

Deno.test("App mounts another app with its middlewares and base path", async () => {
  const inner = new App<TestState>({ basePath: "/v1" })
    .use(mark("inner"))
    .get("/", answerTrail)
    .get("/users/:id", (ctx) => ctx.text(`${ctx.params.id} ${ctx.state.trail}`));
  const send = sender(newApp().use(mark("outer")).get("/", answerTrail).mountApp("/api", inner));
  assert.deepEqual(await outcome(send("/")), [200, "outer"]);
  assert.deepEqual(await outcome(send("/api/v1")), [200, "outer inner"]);
  assert.deepEqual(await outcome(send("/api/v1/users/2")), [200, "2 outer,inner"]);
  assert.equal((await send("/api/users/2")).status, 404);
});

Deno.test("App mounted at the root shares its middlewares", async () => {
  const inner = newApp().use(mark("inner")).get("/in", answerTrail);
  const send = sender(newApp().use(mark("outer")).mountApp("/", inner));
  assert.deepEqual(await outcome(send("/in")), [200, "outer inner"]);
});

Deno.test("App takes the root and the mode of its build", () => {
  const app = newApp();
  assert.equal(getBuildCache(app), null);
  setBuildCache(app, {
    ...emptyBuildCache,
    root: "/srv/app",
    mode: "development",
  });
  assert.equal(app.config.root, "/srv/app");
  assert.equal(app.config.mode, "development");
});

Deno.test("App listens until it is stopped, and answers HEAD with the length that GET has", async () => {
  const app = newApp().get("/", (ctx) => ctx.text(ctx.info.remoteAddr.transport));
  setBuildCache(app, emptyBuildCache);
  const stop = new AbortController();
  const address = Promise.withResolvers<Deno.NetAddr>();
  const finished = app.listen({
    port: 0,
    hostname: "127.0.0.1",
    signal: stop.signal,
    onListen: address.resolve,
  });
  const { port } = await address.promise;
  assert.deepEqual(await outcome(fetch(`http://127.0.0.1:${port}/`)), [200, "tcp"]);
  stop.abort();
  await finished;
});

Deno.test("App refuses to listen with file routes and without a build", async () => {
  await assert.rejects(newApp().fsRoutes().listen({ port: 0 }), {
    message: `Could not find "_fresh/": run "deno task build" first`,
  });
});

/** What is logged as errors while `run` runs, instead of printing it. */
async function withSilentConsole(run: () => Promise<void>): Promise<unknown[]> {
  const logged: unknown[] = [];
  const original = console.error;
  console.error = (...args) => logged.push(...args);
  try {
    await run();
  } finally {
    console.error = original;
  }
  return logged;
}
