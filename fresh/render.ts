import { type ComponentChildren, Fragment, h, options, type VNode } from "preact";
import { jsx } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import type { BuildCache, StaticFile } from "./build_cache.ts";
import { afterNode, type AnyVNode, IslandTracker, template } from "./islands.ts";
import { escapeScript, serializeProps } from "./serialize.ts";
import { asset, assetSrcSet } from "./runtime/assets.ts";
import { headKey } from "./runtime/head.ts";
import { matchLink } from "./runtime/links.ts";
import { Partial, type PartialProps } from "./runtime/partial.ts";
import { type Scope, scope, setScope } from "./runtime/scope.ts";
import {
  CLIENT_NAV,
  CLOSE_MARKER,
  escapeMarker,
  KEY,
  openMarker,
  slotTemplateId,
  STATE_ID,
} from "./runtime/wire.ts";
import type { Snapshot } from "./snapshot.ts";

/** A page to render. */
export interface RenderInput {
  /** The page inside its layouts. */
  readonly page: AnyVNode;
  /** Puts the page into the app's wrapper. */
  readonly app: ((child: VNode) => VNode) | null;
  readonly url: URL;
  readonly route: string | null;
  /** Whether only the partials of the page are wanted. */
  readonly isPartial: boolean;
  readonly basePath: string;
  readonly cache: BuildCache;
  readonly error: unknown;
}

/** A rendered page. */
export interface Rendered {
  /** The document, with its doctype. */
  readonly html: string;
  /** The nonce that the page's `<script>` and `<style>` elements carry; "" when there are none. */
  readonly nonce: string;
  /** URLs of the style sheets in its head that it is not painted without. */
  readonly stylesheets: readonly string[];
  /** URLs of the scripts that the page will load. */
  readonly modulePreloads: readonly string[];
}

/**
 * Renders a page to an HTML document. Missing `html`, `head` and `body` are added, and scripts where
 * the page has an island, a partial or `f-client-nav`.
 *
 * @throws {Error} what a component throws; for two partials of one name and for a partial in an island.
 * @throws {TypeError} when the props of an island cannot be sent to the browser.
 */
export function renderDocument(input: RenderInput): Rendered {
  const outer = [render, scope] as const;
  const current = render = new PageRender(input);
  setScope(current);
  try {
    return current.document();
  } finally {
    current.restore();
    render = outer[0];
    setScope(outer[1]);
  }
}

/** The render that is going on: rendering is synchronous, and so there is at most one at a time. */
let render: PageRender | null = null;

class PageRender implements Scope {
  readonly #input: RenderInput;
  readonly #basePath: string;
  readonly #snapshot: BuildCache & globalThis.Partial<Snapshot>;
  readonly islands = new IslandTracker();
  /** Whether `f-client-nav` was met. */
  clientNav = false;
  readonly #partials = new Set<string>();
  readonly #assets: Record<string, string> = {};
  readonly #patched: { vnode: AnyVNode; type: AnyVNode["type"]; props: object }[] = [];
  #nonce = "";
  #hasHtml = false;
  #hasHead = false;
  #hasBody = false;
  #scripts: readonly string[] = [];
  readonly #stylesheets = new Set<string>();
  /** Elements that components add to the head, by what they are for. */
  readonly #headElements = new Map<string, AnyVNode>();
  /** Whether a component inside `Head` is being rendered for the elements in it. */
  #collecting = false;

  constructor(input: RenderInput) {
    this.#input = input;
    this.#basePath = input.basePath === "/" ? "" : input.basePath;
    this.#snapshot = input.cache;
  }

  document(): Rendered {
    const { page, app } = this.#input;
    const content = renderToString(app === null ? page : app(page));
    const isWhole = this.#hasHtml && this.#hasHead && this.#hasBody &&
      this.#headElements.size === 0;
    const html = isWhole ? content : this.#complete(content);
    return {
      html: `<!DOCTYPE html>${html}`,
      nonce: this.#nonce,
      stylesheets: this.#input.isPartial ? [] : [...this.#stylesheets],
      modulePreloads: this.#scripts.length === 0 ? [] : this.#modulePreloads(),
    };
  }

  /** Puts nodes back as they were: an app may render one again, on another page. */
  restore(): void {
    this.islands.end();
    for (const { vnode, type, props } of this.#patched.reverse()) {
      vnode.type = type;
      vnode.props = props;
    }
  }

  assetHash(path: string): string | undefined {
    const file = this.#staticFile(path);
    if (file === null || file.immutable) return undefined;
    if (this.islands.inside) this.#assets[path] = file.hash;
    return file.hash;
  }

  addToHead(children: ComponentChildren, context: object): void {
    if (Array.isArray(children)) {
      for (const child of children) this.addToHead(child, context);
      return;
    }
    if (typeof children !== "object" || children === null || !("type" in children)) return;
    if (typeof children.type === "string") {
      this.#headElements.set(headKeyOf(children), children);
    } else {
      // A component: what it renders is met by `beforeElement`.
      this.#collecting = true;
      renderToString(children, context);
      this.#collecting = false;
    }
  }

  /** Exchanges a component's node for one with markers, where the browser needs them. */
  beforeComponent(vnode: AnyVNode): void {
    const { type } = vnode;
    if (type === Fragment) {
      if (clientNavOutside) this.#findClientNav(vnode);
      return;
    }
    if (type === Partial) this.#wrapPartial(vnode);
    else this.islands.before(vnode, this.#input.cache.islands.get(type as never));
    if (this.clientNav && vnode.key != null && vnode.type === type && !this.islands.inside) {
      this.islands.wrapKeyed(vnode);
    }
  }

  /** Adds to an element what the page needs of it. */
  beforeElement(vnode: AnyVNode): void {
    const visitor = ELEMENTS.get(vnode.type as string);
    if (visitor === undefined) this.beforeContainer(vnode);
    else visitor(this, vnode);
  }

  /** An element that may have others in it. */
  beforeContainer(vnode: AnyVNode): void {
    const clientNav = vnode.props[CLIENT_NAV];
    if (clientNav !== undefined) {
      this.noteClientNav(clientNav);
      this.#patch(vnode, { ...vnode.props, [CLIENT_NAV]: String(isOn(clientNav)) });
    }
    if (this.clientNav && vnode.key != null) {
      this.#patch(vnode, { ...vnode.props, [KEY]: String(vnode.key) });
    }
  }

  /** Looks for `f-client-nav` in precompiled JSX that was made before the render. */
  #findClientNav(vnode: AnyVNode): void {
    const { exprs } = vnode.props as { exprs?: unknown[] };
    if (exprs?.includes(`${CLIENT_NAV}="true"`)) this.clientNav = true;
  }

  noteClientNav(value: unknown): void {
    if (isOn(value)) this.clientNav = true;
  }

  /** Renders the last child, usually the body, before the head, so that it can add to the head. */
  beforeHtml(vnode: AnyVNode): void {
    this.#hasHtml = true;
    this.beforeContainer(vnode);
    const { children } = vnode.props;
    if (!Array.isArray(children) || children.length < 2) return;
    const last = renderToString(children.at(-1), contextOf(vnode));
    this.#patch(vnode, { ...vnode.props, children: [...children.slice(0, -1), template([last])] });
  }

  beforeDocumentHead(vnode: AnyVNode): void {
    this.#hasHead = true;
    if (this.#headElements.size === 0) return;
    const children = [vnode.props.children, h(AddedHead, { render: this })];
    this.#patch(vnode, { ...vnode.props, children });
  }

  beforeBody(vnode: AnyVNode): void {
    this.#hasBody = true;
    this.beforeContainer(vnode);
    const children = [vnode.props.children, h(Tail, { render: this })];
    this.#patch(vnode, { ...vnode.props, children });
  }

  beforeLink(vnode: AnyVNode): void {
    this.beforeContainer(vnode);
    if (!this.clientNav) return;
    const { href } = vnode.props;
    if (typeof href !== "string" || href.charCodeAt(0) !== 47) return;
    if (vnode.props["aria-current"] !== undefined) return;
    const { pathname, search } = this.#input.url;
    const match = matchLink(href, pathname, search);
    if (match !== null) this.#patch(vnode, { ...vnode.props, ...match });
  }

  beforeImage(vnode: AnyVNode): void {
    const { src, srcset, "data-fresh-disable-lock": unlocked } = vnode.props;
    if (unlocked) return;
    if (typeof src === "string") {
      const locked = asset(src);
      if (locked !== src) this.#patch(vnode, { ...vnode.props, src: locked });
    }
    if (typeof srcset === "string") {
      const locked = assetSrcSet(srcset);
      if (locked !== srcset) this.#patch(vnode, { ...vnode.props, srcset: locked });
    }
  }

  /** An element that may carry a nonce. */
  beforeInline(vnode: AnyVNode): void {
    this.beforeHeadElement(vnode);
    if (vnode.props.nonce) return;
    this.#nonce ||= createNonce();
    this.#patch(vnode, { ...vnode.props, nonce: this.#nonce });
  }

  /** An element that belongs into a head: another of its kind may have been added by a component. */
  beforeHeadElement(vnode: AnyVNode): void {
    if (this.#collecting) {
      this.#headElements.set(headKeyOf(vnode), jsx(vnode.type as string, vnode.props, vnode.key));
      return;
    }
    if (!this.#hasHead) return;
    if (this.#headElements.size > 0) {
      const key = headKeyOf(vnode);
      const added = this.#headElements.get(key);
      if (added !== undefined) {
        this.#headElements.delete(key);
        this.#patch(vnode, added.props, added.type);
      }
    }
    if (vnode.key != null) this.#patch(vnode, { ...vnode.props, "data-key": vnode.key });
  }

  /** A link in the head; a style sheet of this site is one that the page waits for. */
  beforeHeadLink(vnode: AnyVNode): void {
    this.beforeHeadElement(vnode);
    const { rel, href, media } = vnode.props;
    const isAwaited = rel === "stylesheet" && media === undefined;
    if (isAwaited && typeof href === "string" && href.startsWith("/")) this.#stylesheets.add(href);
  }

  #patch(vnode: AnyVNode, props: object, type: AnyVNode["type"] = vnode.type): void {
    this.#patched.push({ vnode, type: vnode.type, props: vnode.props });
    vnode.type = type;
    vnode.props = props;
  }

  #wrapPartial(vnode: AnyVNode): void {
    const { name, mode = "replace", children } = vnode.props as PartialProps;
    if (this.islands.inside) {
      throw new Error(
        `Partial "${name}" is inside an island: wanted it outside, around the island`,
      );
    }
    if (this.#partials.has(name)) {
      throw new Error(`Partial "${name}" is on the page twice: wanted unique names`);
    }
    this.#partials.add(name);
    const key = vnode.key == null ? "" : escapeMarker(String(vnode.key));
    this.#patched.push({ vnode, type: vnode.type, props: vnode.props });
    vnode.type = Fragment;
    vnode.props = {
      tpl: [openMarker("partial", mode, key, escapeMarker(name)), CLOSE_MARKER],
      exprs: [h(Fragment, null, children)],
    };
  }

  #staticFile(path: string): StaticFile | null {
    const { cache } = this.#input;
    return cache.staticFile(path) ??
      (this.#basePath !== "" && path.startsWith(`${this.#basePath}/`)
        ? cache.staticFile(path.slice(this.#basePath.length))
        : null);
  }

  #slotTemplates(): string {
    let html = "";
    const { unrendered } = this.islands;
    // Content may hold islands with slots of their own, which join the map while it is walked.
    for (const [id, content] of unrendered) {
      html += `<template id="${slotTemplateId(id)}">${
        renderToString(h(Fragment, null, content))
      }</template>`;
    }
    return html;
  }

  /** What components added to the head and no element of the head itself has taken up. */
  takeHeadElements(): AnyVNode[] {
    const elements = [...this.#headElements.values()];
    this.#headElements.clear();
    return elements;
  }

  /** The end of the body: what the browser needs to make the page interactive. */
  tail(): string {
    const templates = this.#slotTemplates();
    const { kinds } = this.islands;
    const state = kinds.size === 0
      ? ""
      : `<script type="application/json" id="${STATE_ID}">${this.#state()}</script>`;
    this.#scripts = this.#neededScripts();
    const scripts = this.#scripts.map((url) =>
      `<script type="module" src="${encodeURI(url)}"></script>`
    );
    return templates + state + scripts.join("");
  }

  /** URLs of the scripts that the document starts. */
  #neededScripts(): string[] {
    const { clientEntry, navigationEntry, liveReloadEntry } = this.#snapshot;
    if (clientEntry === null || this.#input.isPartial) return [];
    const navigates = this.clientNav || this.#partials.size > 0;
    const scripts: string[] = [];
    if (navigates || this.islands.kinds.size > 0) scripts.push(clientEntry);
    if (navigates && navigationEntry) scripts.push(navigationEntry);
    if (liveReloadEntry) scripts.push(liveReloadEntry);
    return scripts.map((path) => this.#basePath + path);
  }

  #modulePreloads(): string[] {
    const urls = new Set(this.#scripts);
    for (const { chunk } of this.islands.kinds.keys()) {
      urls.add(this.#basePath + chunk);
      for (const shared of this.#snapshot.chunkImports?.[chunk] ?? []) {
        urls.add(this.#basePath + shared);
      }
    }
    return [...urls];
  }

  /** The `PageState` as text. */
  #state(): string {
    const { kinds, props } = this.islands;
    const islands = Array.from(
      kinds.keys(),
      ({ chunk, exportName }) => [this.#basePath + chunk, exportName],
    );
    const encoded = serializeProps(props, (index) => this.islands.describe(index));
    let state = `{"islands":${escapeScript(JSON.stringify(islands))},"props":${encoded}`;
    if (Object.keys(this.#assets).length > 0) {
      state += `,"assets":${escapeScript(JSON.stringify(this.#assets))}`;
    }
    return state + "}";
  }

  /** Adds to the content the elements that a document has and it lacks. */
  #complete(content: string): string {
    const tail = this.#hasBody ? "" : this.tail();
    if (this.#hasHead) {
      const added = renderToString(h(AddedHead, { render: this }));
      const whole = this.#hasHtml ? content : `<html>${content}</html>`;
      return insertAfterTag("head", whole, added) + tail;
    }
    const charset = h("meta", { charset: "utf-8" });
    const head = renderToString(h("head", null, charset, h(AddedHead, { render: this })));
    if (this.#hasHtml) return insertAfterTag("html", content, head) + tail;
    const body = this.#hasBody ? content : `<body>${content}${tail}</body>`;
    return `<html>${head}${body}</html>`;
  }
}

function insertAfterTag(name: "html" | "head", html: string, inserted: string): string {
  return html.replace(new RegExp(`<${name}(?:[^">]|"[^"]*")*>`), (tag) => tag + inserted);
}

interface RenderProps {
  render: PageRender;
}

function AddedHead({ render }: RenderProps): ComponentChildren {
  return render.takeHeadElements();
}

function Tail({ render }: RenderProps): AnyVNode {
  return template([render.tail()]);
}

/** The context that components inside of a node see. */
function contextOf(vnode: AnyVNode): Record<string, unknown> {
  let context: Record<string, unknown> = {};
  for (let above = parentOf(vnode); above != null; above = parentOf(above)) {
    const { __c: component } = above as { __c?: { getChildContext?(): object } };
    context = { ...component?.getChildContext?.(), ...context };
  }
  return context;
}

/** The node around a node that is being rendered, where preact-render-to-string keeps it. */
function parentOf(vnode: AnyVNode): AnyVNode | null | undefined {
  return (vnode as { __?: AnyVNode | null }).__;
}

type ElementVisitor = (render: PageRender, vnode: AnyVNode) => void;

const headElement: ElementVisitor = (render, vnode) => render.beforeHeadElement(vnode);
const inline: ElementVisitor = (render, vnode) => render.beforeInline(vnode);
const image: ElementVisitor = (render, vnode) => render.beforeImage(vnode);

/** The elements that something is done about. */
const ELEMENTS: ReadonlyMap<string, ElementVisitor> = new Map<string, ElementVisitor>([
  ["html", (render, vnode) => render.beforeHtml(vnode)],
  ["body", (render, vnode) => render.beforeBody(vnode)],
  ["head", (render, vnode) => render.beforeDocumentHead(vnode)],
  ["a", (render, vnode) => render.beforeLink(vnode)],
  ["img", image],
  ["source", image],
  ["script", inline],
  ["style", inline],
  ["title", headElement],
  ["meta", headElement],
  ["link", (render, vnode) => render.beforeHeadLink(vnode)],
  ["base", headElement],
  ["noscript", headElement],
  ["template", headElement],
]);

function headKeyOf({ type, key, props }: AnyVNode): string {
  return headKey(type as string, key, props);
}

/** Whether the value of an attribute such as `f-client-nav` means yes. */
function isOn(value: unknown): boolean {
  return value !== false && value !== "false" && value !== null && value !== undefined;
}

const NONCE_DIGITS = 32;
let nonces = "";

/** 128 random bits in hexadecimal digits. The generator is asked for many at a time, being slow to ask. */
function createNonce(): string {
  if (nonces === "") {
    const bytes = crypto.getRandomValues(new Uint8Array(64 * NONCE_DIGITS / 2));
    nonces = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const nonce = nonces.slice(0, NONCE_DIGITS);
  nonces = nonces.slice(NONCE_DIGITS);
  return nonce;
}

/** Preact's hooks by the names that its builds have; the typings name only some. */
interface RenderHooks {
  __b?: (vnode: AnyVNode) => void;
  diffed?: (vnode: AnyVNode) => void;
  __h?: (component: unknown, index: number, type: number) => void;
  attr?: (name: string, value: unknown) => string | void;
}
const hooks = options as RenderHooks;
const { __b: before, diffed: after, __h: useHook, attr } = hooks;

hooks.__b = (vnode) => {
  if (render !== null) {
    if (typeof vnode.type === "string") render.beforeElement(vnode);
    else render.beforeComponent(vnode);
  }
  before?.(vnode);
};

hooks.diffed = (vnode) => {
  afterNode(vnode);
  after?.(vnode);
};

/** What Preact calls `useId` when it tells that a hook is used. */
const USE_ID = 11;

hooks.__h = (component, index, type) => {
  if (type === USE_ID) render?.islands.beforeUseId();
  useHook?.(component, index, type);
};

/** Whether `f-client-nav` was met outside of a render, as in components that are asynchronous. */
let clientNavOutside = false;

// Attributes of precompiled JSX, which has no node for its elements.
hooks.attr = (name, value) => {
  if (name === CLIENT_NAV) {
    if (render === null) clientNavOutside = true;
    else render.noteClientNav(value);
    return `${CLIENT_NAV}="${isOn(value)}"`;
  }
  if (name === "key" && render?.clientNav && value != null) {
    return `${KEY}="${encodeAttribute(String(value))}"`;
  }
  // Preact knows for all JSX but the precompiled that `aria-pressed={false}` is not `aria-pressed`.
  if (typeof value === "boolean" && (name.startsWith("aria-") || name.startsWith("data-"))) {
    return `${name}="${value}"`;
  }
  return attr?.(name, value);
};

function encodeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
