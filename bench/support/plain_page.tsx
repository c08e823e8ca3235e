/**
 * Bare Deno.serve with preact-render-to-string, rendering the tree of the feed's page: the same
 * components, with the data that the route's handler answers for the first person in DATA_DIR.
 */
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { readConfig } from "../../fresh.config.ts";
import App from "../../routes/_app.tsx";
import Feed, { handler } from "../../routes/feed.tsx";
import { openServices } from "../../web/services.ts";
import type { Ctx } from "../../web/state.ts";

const { services, close } = await openServices(readConfig((name) => Deno.env.get(name)));
const url = new URL("http://localhost/feed");
const viewer = await services.filmroll.queries.ask("GetCaller", { id: 1 });
const state = {
  ...services,
  caller: { ...viewer!, session: null },
  wants: "html",
  unread: { notifications: 0, messages: 0 },
  livePosition: 0,
};

// The handler and the components want a whole context; here it is only what they use.
const context = { req: new Request(url), url, state, params: {} } as unknown as Ctx;
const answer = await handler(context);
if (answer instanceof Response) throw new Error(`The feed answered ${answer.status}, not a page`);
await close();

// deno-lint-ignore no-explicit-any
const element = (component: unknown, props: object) => h(component as any, props);
const page = () => element(Feed, { data: answer.data, state, url });
const headers = { "content-type": "text/html; charset=utf-8" };

Deno.serve(
  { port: Number(Deno.env.get("PORT")), hostname: "127.0.0.1", onListen() {} },
  () =>
    new Response(`<!DOCTYPE html>${renderToString(element(App, { Component: page }))}`, {
      headers,
    }),
);
