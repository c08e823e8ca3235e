import assert from "node:assert/strict";
import { App, createDefine, csp, csrf, page, type PageProps, staticFiles } from "./mod.ts";
import { outcome, sender, sendToFiles } from "./test_support.ts";

interface State {
  user: string;
}
const define = createDefine<State>();

Deno.test("define gives a page the type of its handler's data", async () => {
  const handlers = define.handlers({
    GET: (ctx) => page({ name: ctx.state.user, count: 1 }, { status: 201 }),
    POST: () => new Response("posted"),
  });
  const component = define.page<typeof handlers>(({ data }) => (
    <p>{data.name.toUpperCase()} {data.count.toFixed(1)}</p>
  ));
  const middleware = define.middleware((ctx) => {
    ctx.state.user = "ada";
    return ctx.next();
  });
  const layout = define.layout(({ Component, state }) => (
    <main title={state.user}>
      <Component />
    </main>
  ));
  const send = sendToFiles({
    "_middleware.ts": { default: middleware },
    "_layout.tsx": { default: layout },
    "index.tsx": { handlers, default: component },
  });
  const response = await send("/");
  assert.equal(response.status, 201);
  assert.match(await response.text(), /<main title="ada"><p>ADA 1\.0<\/p><\/main>/);
});

Deno.test("define takes a single handler, async pages and lists of middlewares", async () => {
  const handler = define.handlers(async (ctx) => {
    await Promise.resolve();
    return { data: ctx.req.method };
  });
  const component = define.page<typeof handler>(async ({ data }) => {
    await Promise.resolve();
    return <p>{data.toLowerCase()}</p>;
  });
  const middlewares = define.middleware([(ctx) => ctx.next(), async (ctx) => await ctx.next()]);
  const app = new App<State>()
    .use(staticFiles(), csrf(), csp(), ...middlewares)
    .route("/", { handler, component });
  const [status, body] = await outcome(sender(app)("/", { method: "PUT" }));
  assert.equal(status, 200);
  assert.match(body, /<p>put<\/p>/);
});

Deno.test("page makes the data and the options of a response", () => {
  assert.deepEqual(page({ a: 1 }, { status: 404 }), {
    data: { a: 1 },
    headers: undefined,
    status: 404,
  });
  const props: Pick<PageProps<{ a: number }>, "data"> = {
    data: page({ a: 1 }).data,
  };
  assert.equal(props.data.a, 1);
});
