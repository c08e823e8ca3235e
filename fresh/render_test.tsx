import assert from "node:assert/strict";
import { type ComponentChildren, createContext, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { useContext, useId } from "preact/hooks";
import { Head, Partial as FreshPartial } from "fresh/runtime";
import type { StaticFile } from "./build_cache.ts";
import type { AnyVNode } from "./islands.ts";
import { renderDocument, type RenderInput } from "./render.ts";
import type { Snapshot } from "./snapshot.ts";

function Like({ id, liked }: { id: number; liked?: boolean }) {
  return <button type="button" aria-pressed={liked}>{id}</button>;
}

function Panel({ children, show = true, label }: {
  children?: ComponentChildren;
  show?: boolean;
  label?: ComponentChildren;
}) {
  return <section>{label}{show ? children : null}</section>;
}

function Labelled() {
  return <label for={useId()}>x</label>;
}

const cache: Snapshot = {
  root: "/",
  mode: "production",
  clientEntry: "/_fresh/js/runtime-1.js",
  navigationEntry: "/_fresh/js/navigation-1.js",
  liveReloadEntry: null,
  chunkImports: { "/_fresh/js/island-like-1.js": ["/_fresh/js/shared-1.js"] },
  islands: new Map([
    [Like, { name: "Like", exportName: "default", chunk: "/_fresh/js/island-like-1.js" }],
    [Panel, { name: "Panel", exportName: "Panel", chunk: "/_fresh/js/island-panel-1.js" }],
    [Labelled, { name: "Labelled", exportName: "default", chunk: "/_fresh/js/island-l-1.js" }],
    // deno-lint-ignore no-explicit-any -- components of different props
  ] as [any, any][]),
  fsRoutes: [],
  staticFile: (path) =>
    path === "/logo.svg" ? { hash: "abc", immutable: false } as StaticFile : null,
};

function render(page: AnyVNode, input: Partial<RenderInput> = {}) {
  return renderDocument({
    page,
    app: null,
    url: new URL("http://localhost/posts/1?tab=likes"),
    route: "/posts/:id",
    isPartial: false,
    basePath: "",
    cache,
    error: null,
    ...input,
  });
}

const bodyOf = (html: string) => /<body>(.*)<\/body>/s.exec(html)![1]!;
const headOf = (html: string) => /<head>(.*)<\/head>/s.exec(html)![1]!;

function App({ children, head }: { children: VNode; head?: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>App</title>
        <meta name="description" content="From the app" />
        {head}
      </head>
      <body>{children}</body>
    </html>
  );
}
const app = (child: VNode) => <App>{child}</App>;

Deno.test("a page without html, head and body gets them", () => {
  assert.equal(
    render(<h1>Hi</h1>).html,
    '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><h1>Hi</h1></body></html>',
  );
  assert.equal(
    render(<body class="a>b">Hi</body>).html,
    '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body class="a>b">Hi</body></html>',
  );
  assert.equal(
    render(
      <html lang="a>b">
        <body>Hi</body>
      </html>,
    ).html,
    '<!DOCTYPE html><html lang="a>b"><head><meta charset="utf-8"/></head><body>Hi</body></html>',
  );
});

Deno.test("a page without islands, partials and f-client-nav has no script", () => {
  const { html, modulePreloads, nonce } = render(<h1>Hi</h1>, { app });
  assert.ok(!html.includes("<script"));
  assert.deepEqual(modulePreloads, []);
  assert.equal(nonce, "");
});

Deno.test("a page is the same as by preact-render-to-string, but for what Fresh adds", () => {
  const page = (
    <main class="a" data-x="1">
      <p hidden>a &lt; b</p>
      {[1, 2].map((n) => <i key={n}>{n}</i>)}
    </main>
  );
  assert.equal(render(page, { app }).html, `<!DOCTYPE html>${renderToString(app(page))}`);
});

Deno.test("an island is marked, its props and scripts are sent", () => {
  const { html, modulePreloads } = render(
    <main>
      <Like id={1} liked />
      <Like id={2} key="k-1" />
    </main>,
  );
  assert.equal(
    bodyOf(html),
    '<main><!--frsh:island:0:0--><button type="button" aria-pressed="true">1</button><!--/frsh-->' +
      '<!--frsh:island:0:1:k%2D1--><button type="button" >2</button><!--/frsh--></main>' +
      '<script type="application/json" id="frsh-state">' +
      '{"islands":[["/_fresh/js/island-like-1.js","default"]],"props":[{"id":1,"liked":true},{"id":2}]}' +
      '</script><script type="module" src="/_fresh/js/runtime-1.js"></script>',
  );
  assert.deepEqual(modulePreloads, [
    "/_fresh/js/runtime-1.js",
    "/_fresh/js/island-like-1.js",
    "/_fresh/js/shared-1.js",
  ]);
});

Deno.test("the style sheets that a page waits for are named, also those that components add", () => {
  const page = (
    <html>
      <head>
        <link rel="stylesheet" href="/a.css" />
        <link rel="stylesheet" href="/print.css" media="print" />
        <link rel="stylesheet" href="https://elsewhere.example/b.css" />
        <link rel="icon" href="/icon.svg" />
      </head>
      <body>
        <Head>
          <link rel="stylesheet" href="/c.css" />
        </Head>
      </body>
    </html>
  );
  assert.deepEqual(render(page).stylesheets, ["/a.css", "/c.css"]);
  assert.deepEqual(render(page, { isPartial: true }).stylesheets, []);
});

Deno.test("the base path is part of the URLs of scripts", () => {
  const { html, modulePreloads } = render(<Like id={1} />, { basePath: "/app" });
  assert.ok(html.includes('src="/app/_fresh/js/runtime-1.js"'));
  assert.ok(html.includes('"/app/_fresh/js/island-like-1.js"'));
  assert.ok(modulePreloads.every((url) => url.startsWith("/app/_fresh/js/")));
});

Deno.test("an island inside another one's own output is part of it", () => {
  function Outer() {
    return (
      <Panel label={<b>own</b>}>
        <Like id={1} />
      </Panel>
    );
  }
  const islands = new Map(cache.islands).set(Outer, {
    name: "Outer",
    exportName: "default",
    chunk: "/o.js",
  });
  const { html } = render(<Outer />, { cache: { ...cache, islands } as Snapshot });
  assert.equal(html.match(/<!--frsh:/g)?.length, 1);
  assert.ok(html.includes('"props":[{}]'));
});

Deno.test("JSX passed to an island is a slot, with islands of its own", () => {
  const body = bodyOf(
    render(
      <Panel label="text">
        <p>in</p>
        <Like id={1} />
      </Panel>,
    ).html,
  );
  assert.match(
    body,
    /^<!--frsh:island:0:0--><section>text<!--frsh:slot:0--><p>in<\/p><!--frsh:island:1:1-->.*<!--\/frsh-->/,
  );
  assert.ok(body.includes('"props":[{"label":"text","children":{"$":"Slot","v":0}},{"id":1}]'));
});

Deno.test("a slot that its island does not render is kept in a template", () => {
  const body = bodyOf(
    render(
      <Panel show={false}>
        <Panel show={false}>
          <Like id={1} />
        </Panel>
      </Panel>,
    ).html,
  );
  assert.match(body, /<template id="frsh-slot-0"><!--frsh:island:0:1-->.*?<\/template>/);
  assert.match(body, /<template id="frsh-slot-1"><!--frsh:island:1:2-->.*?<\/template>/);
});

Deno.test("ids from useId in islands start with the number of the island", () => {
  const { html } = render(
    <main>
      <Labelled />
      <Labelled />
    </main>,
  );
  assert.deepEqual(html.match(/for="[^"]*"/g), ['for="P1-0"', 'for="P2-0"']);
});

Deno.test("a node that is used on several pages, or after an error, leaves no trace of the page before", () => {
  const like = <Like id={1} />;
  const shared = (
    <main>
      <a href="/posts/1">x</a>
      {like}
      {like}
      <img src="/logo.svg" />
    </main>
  );
  const nav = (child: VNode) => (
    <html>
      <body f-client-nav>{child}</body>
    </html>
  );
  function Broken(): VNode {
    throw new Error("Broken");
  }
  const first = render(shared, { app: nav }).html;
  assert.throws(() =>
    render(
      <Panel>
        {shared}
        <Broken />
      </Panel>,
    ), /Broken/);
  assert.equal(render(shared, { app: nav }).html, first);
  assert.ok(!render(shared).html.includes("aria-current"));
  assert.equal(renderToString(like), '<button type="button" >1</button>');
});

Deno.test("text in keys, names and props cannot end a marker or a script", () => {
  const evil = "--><script>alert(1)</script>";
  const { html } = render(
    <main>
      <Panel key={evil} label={evil} />
      <FreshPartial name={evil} key={evil}>x</FreshPartial>
    </main>,
  );
  assert.equal(html.match(/<script>/g), null);
  assert.equal(html.match(/<\/script>/g)?.length, 3);
});

Deno.test("Head adds to the head from any depth, and the last one wins", () => {
  const Metas = () => (
    <>
      <meta name="description" content="From the page" />
      <meta property="og:title" content="Deep" />
    </>
  );
  const Deep = () => (
    <p>
      <Head>
        <title>Deep</title>
        <Metas />
        <link rel="canonical" href="/a" key="canonical" />
      </Head>
    </p>
  );
  const page = (
    <main>
      <Head>
        <title>Page</title>
        <meta property="og:title" content="Page" />
      </Head>
      <Deep />
    </main>
  );
  assert.equal(
    headOf(render(page, { app }).html),
    '<meta charset="utf-8"/><title>Deep</title><meta name="description" content="From the page"/>' +
      '<meta property="og:title" content="Deep"/><link rel="canonical" href="/a" data-key="canonical"/>',
  );
  assert.ok(render(page).html.includes("<title>Deep</title>"));
});

Deno.test("Head takes components, which see the context around it", () => {
  const Site = createContext("none");
  const Title = () => <title>{useContext(Site)}</title>;
  const page = (
    <Site.Provider value="Filmroll">
      <Head>
        <Title />
      </Head>
    </Site.Provider>
  );
  assert.ok(headOf(render(page, { app }).html).includes("<title>Filmroll</title>"));
});

Deno.test("context around html reaches the page", () => {
  const Site = createContext("none");
  const Name = () => <b>{useContext(Site)}</b>;
  const wrapped = (child: VNode) => <Site.Provider value="Filmroll">{app(child)}</Site.Provider>;
  assert.ok(render(<Name />, { app: wrapped }).html.includes("<b>Filmroll</b>"));
});

Deno.test("inline scripts and styles carry a nonce, a new one for each page", () => {
  const page = (
    <main>
      <style>{"p{}"}</style>
      <script dangerouslySetInnerHTML={{ __html: "1" }} />
    </main>
  );
  const [first, second] = [render(page), render(page)];
  assert.match(first.nonce, /^[0-9a-f]{32}$/);
  assert.notEqual(first.nonce, second.nonce);
  assert.equal(first.html.split(`nonce="${first.nonce}"`).length, 3);
  assert.equal(second.html.split(`nonce="${second.nonce}"`).length, 3);
});

Deno.test("images of the static folder have their hash, others stay as they are", () => {
  const page = (
    <main>
      <img src="/logo.svg" srcset="/logo.svg 1x, /media/2.webp 2x" />
      <img src="/logo.svg" data-fresh-disable-lock />
      <img src="/media/1.webp" />
    </main>
  );
  const { html } = render(page);
  assert.ok(
    html.includes(
      'src="/logo.svg?__frsh_c=abc" srcset="/logo.svg?__frsh_c=abc 1x, /media/2.webp 2x"',
    ),
  );
  assert.ok(html.includes('<img src="/logo.svg" data-fresh-disable-lock'));
  assert.ok(html.includes('<img src="/media/1.webp"/>'));
});

Deno.test("f-client-nav brings the script for it, and aria-current on links", () => {
  const Page = () => (
    <nav f-client-nav>
      <a href="/">root</a>
      <a href="/posts">above</a>
      <a href="/posts/1">here</a>
      <a href="/posts/1?tab=other">other tab</a>
      <a href="/posts/10">elsewhere</a>
      <a href="/posts/1" aria-current="step">set by hand</a>
      <a href="//posts/1">another site</a>
    </nav>
  );
  const { html, modulePreloads } = render(<Page />);
  const currents = [...html.matchAll(/<a ([^>]*)>([^<]*)/g)].map((
    [_, attributes, text],
  ) => [text, /aria-current="(\w+)"/.exec(attributes!)?.[1]]);
  assert.deepEqual(currents, [
    ["root", "true"],
    ["above", "true"],
    ["here", "page"],
    ["other tab", "true"],
    ["elsewhere", undefined],
    ["set by hand", "step"],
    ["another site", undefined],
  ]);
  assert.ok(html.includes('<nav f-client-nav="true">'));
  assert.deepEqual(modulePreloads, ["/_fresh/js/runtime-1.js", "/_fresh/js/navigation-1.js"]);
  assert.ok(!render(<nav f-client-nav={false}>x</nav>).html.includes("<script"));
});

Deno.test("f-client-nav counts on JSX that was made before the render, as by an async page", () => {
  const page = (
    <nav f-client-nav>
      <a href="/posts/1">here</a>
    </nav>
  );
  assert.match(render(page).html, /aria-current="page".*navigation-1\.js/);
});

Deno.test("aria and data attributes have their boolean values in full", () => {
  const on = true;
  const { html } = render(<p aria-hidden={false} data-on={on} hidden={on}>x</p>);
  assert.ok(html.includes('<p aria-hidden="false" data-on="true" hidden>'));
});

Deno.test("a partial is marked, and its page can be asked for without scripts", () => {
  const page = (
    <FreshPartial name="a:b" mode="append" key="k">
      <Like id={1} />
    </FreshPartial>
  );
  const full = render(page);
  assert.match(
    bodyOf(full.html),
    /^<!--frsh:partial:append:k:a%3Ab--><!--frsh:island.*<!--\/frsh-->/,
  );
  assert.ok(full.html.includes("navigation-1.js"));
  const partial = render(page, { isPartial: true });
  assert.ok(partial.html.includes("frsh-state"));
  assert.ok(!partial.html.includes('type="module"'));
});

Deno.test("two partials of one name, and a partial in an island, are errors", () => {
  const partial = (name: string) => <FreshPartial name={name}>x</FreshPartial>;
  function Around() {
    return partial("inner");
  }
  const islands = new Map(cache.islands).set(Around, {
    name: "Around",
    exportName: "default",
    chunk: "/a.js",
  });
  assert.throws(
    () => render(<main>{partial("a")}{partial("a")}</main>),
    /Partial "a" is on the page twice/,
  );
  assert.throws(
    () => render(<Around />, { cache: { ...cache, islands } as Snapshot }),
    /Partial "inner" is inside an island/,
  );
});

Deno.test("a prop that cannot be sent names the island", () => {
  const props = { id: 1, liked: (() => true) as unknown as boolean };
  assert.throws(
    () => render(<Like {...props} />),
    /Island "Like" got a prop "liked" that holds a function/,
  );
});
