/** Bare Deno.serve with preact-render-to-string, rendering the feed's tree from the file FEED. */
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import App from "../../routes/_app.tsx";
import Feed from "../../routes/feed.tsx";

const { data, state, href } = JSON.parse(Deno.readTextFileSync(Deno.env.get("FEED")!));
const url = new URL(href);
const headers = { "content-type": "text/html; charset=utf-8" };

// The components want what Fresh hands to a page; here it is only what they use.
// deno-lint-ignore no-explicit-any
const element = (component: unknown, props: object) => h(component as any, props);
const page = () => element(Feed, { data, state, url });

Deno.serve(
  { port: Number(Deno.env.get("PORT")), hostname: "127.0.0.1", onListen() {} },
  () =>
    new Response(`<!DOCTYPE html>${renderToString(element(App, { Component: page }))}`, {
      headers,
    }),
);
