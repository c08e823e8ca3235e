import {
  Component,
  type ComponentChild,
  type ComponentChildren,
  type ComponentType,
  Fragment,
  h,
  hydrate,
  type VNode,
} from "preact";
import { reviveProps } from "./revive.ts";
import {
  KEY,
  type Marker,
  type PageState,
  type PartialMode,
  SlotRef,
  slotTemplateId,
  STATE_ID,
} from "./wire.ts";

// deno-lint-ignore no-explicit-any -- a page holds nodes of components with props of every shape
type AnyVNode = VNode<any>;

/** A piece of the page between an opening and a closing comment. */
interface Range {
  readonly marker: Marker;
  readonly args: readonly string[];
  readonly start: Comment;
  end: Comment | null;
}

/** The pieces of a document or of a part of it. */
interface Ranges {
  readonly byStart: ReadonlyMap<Comment, Range>;
  readonly slots: ReadonlyMap<number, Range>;
  /** Islands and partials that are in no other. */
  readonly roots: readonly Range[];
}

/** The partials that are on the page, by name. */
export const activePartials: Map<string, PartialRoot> = new Map();

interface PartialRootProps {
  name: string;
  /** Content with the same id updates what is there, other content takes its place. */
  contentId: string;
  children?: ComponentChildren;
}

/** A partial in the browser: its content can be exchanged. */
export class PartialRoot extends Component<PartialRootProps, { content: AnyVNode[] }> {
  #added = 0;
  override state: { content: AnyVNode[] } = { content: [contentOf(this.props)] };

  override componentDidMount(): void {
    activePartials.set(this.props.name, this);
  }

  /** Takes over new content when the partial around this one was updated. */
  override componentWillReceiveProps(next: PartialRootProps): void {
    if (next.children !== this.props.children) this.setState({ content: [contentOf(next)] });
  }

  override componentWillUnmount(): void {
    if (activePartials.get(this.props.name) === this) activePartials.delete(this.props.name);
  }

  /** Shows incoming content instead of the content, or after or before it; settles when it is shown. */
  update({ mode, key, content }: IncomingPartial): Promise<void> {
    const incoming = h(
      Fragment,
      { key: key ?? (mode === "replace" ? "" : `#${this.#added++}`) },
      content,
    );
    return new Promise((shown) => {
      this.setState(({ content: old }) => ({
        content: mode === "append"
          ? [...old, incoming]
          : mode === "prepend"
          ? [incoming, ...old]
          : [incoming],
      }), shown);
    });
  }

  override render(): ComponentChildren {
    return this.state.content;
  }
}

function contentOf({ contentId, children }: PartialRootProps): VNode {
  return h(Fragment, { key: contentId }, children);
}

/** A partial of a page that was fetched. */
export interface IncomingPartial {
  readonly name: string;
  readonly mode: PartialMode;
  readonly key: string | undefined;
  readonly content: ComponentChild[];
}

/** Hashes of static files that islands refer to, by path. */
export const assetHashes: Map<string, string> = new Map();

/** Reads a document that the server rendered, and turns pieces of it into virtual nodes. */
export class PageReader {
  readonly #document: Document;
  readonly #components: readonly (ComponentType | undefined)[];
  readonly #props: Record<string, unknown>[];

  private constructor(
    document: Document,
    components: readonly (ComponentType | undefined)[],
    props: Record<string, unknown>[],
  ) {
    this.#document = document;
    this.#components = components;
    this.#props = props;
  }

  /** Loads the scripts of all islands in the document. An island whose script fails stays as it is. */
  static async open(document: Document): Promise<PageReader> {
    const text = document.getElementById(STATE_ID)?.textContent;
    const state: PageState = text ? JSON.parse(text) : { islands: [], props: [] };
    for (const path in state.assets) assetHashes.set(path, state.assets[path]!);
    const components = await Promise.all(
      state.islands.map(([chunk, name]) =>
        import(chunk).then((module) => module[name], (error) => {
          console.error(`Island "${name}" of "${chunk}" did not load`, error);
        })
      ),
    );
    return new PageReader(document, components, reviveProps(state.props));
  }

  /** Brings the islands and partials of the document to life, a few milliseconds at a time. */
  async hydrate(): Promise<void> {
    const ranges = scan(this.#document.body);
    let pause = performance.now() + 8;
    for (const root of ranges.roots) {
      const { start, end } = root;
      if (end === null || start.parentNode !== end.parentNode) {
        console.error(
          `The ${root.marker} at "${start.data}" was torn apart by the browser's HTML parser: ` +
            `wanted valid nesting of elements around it`,
        );
        continue;
      }
      const vnode = this.#rangeToVNode(root, ranges);
      if (vnode !== null) hydrate(vnode, rangeElement(start, end));
      if (performance.now() > pause) {
        await new Promise((resolve) => setTimeout(resolve));
        pause = performance.now() + 8;
      }
    }
  }

  /** The outermost partials of the document. */
  partials(): IncomingPartial[] {
    const ranges = scan(this.#document.body);
    return ranges.roots
      .filter(({ marker }) => marker === "partial")
      .map((root) => ({ ...partialArgs(root), content: this.#content(root, ranges) }));
  }

  #rangeToVNode(range: Range, ranges: Ranges): AnyVNode | null {
    switch (range.marker) {
      case "island":
        return this.#islandToVNode(range, ranges);
      case "partial": {
        const { name, key } = partialArgs(range);
        const content = this.#content(range, ranges);
        return h(PartialRoot, { name, key, contentId: key ?? "" }, content);
      }
      case "key":
        return h(
          Fragment,
          { key: decodeURIComponent(range.args[0]!) },
          this.#content(range, ranges),
        );
      case "slot":
        return h(Fragment, null, this.#content(range, ranges));
    }
  }

  #islandToVNode({ args }: Range, ranges: Ranges): AnyVNode | null {
    const component = this.#components[Number(args[0])];
    const index = Number(args[1]);
    if (component === undefined) return null;
    const props = { ...this.#props[index] };
    for (const name in props) {
      const value = props[name];
      if (value instanceof SlotRef) props[name] = this.#slotToVNode(value.id, ranges);
    }
    const vnode = h(component, args[2] ? { key: decodeURIComponent(args[2]) } : null);
    Object.assign(vnode.props, props);
    // Where Preact keeps the prefix of `useId`; the server set the same.
    (vnode as { __m?: [number, number] }).__m = [index + 1, 0];
    return vnode;
  }

  #slotToVNode(id: number, ranges: Ranges): AnyVNode | null {
    const range = ranges.slots.get(id);
    if (range !== undefined) return this.#rangeToVNode(range, ranges);
    const template = this.#document.getElementById(slotTemplateId(id));
    if (!(template instanceof HTMLTemplateElement)) return null;
    const { content } = template;
    return h(Fragment, null, this.#nodesToVNodes(content.firstChild, null, scan(content)));
  }

  #content(range: Range, ranges: Ranges): ComponentChild[] {
    return this.#nodesToVNodes(range.start.nextSibling, range.end, ranges);
  }

  #nodesToVNodes(node: Node | null, end: Node | null, ranges: Ranges): ComponentChild[] {
    const children: ComponentChild[] = [];
    while (node !== null && node !== end) {
      if (node instanceof Text) {
        children.push(node.data);
      } else if (node instanceof Element) {
        children.push(this.#elementToVNode(node, ranges));
      } else if (node instanceof Comment) {
        const range = ranges.byStart.get(node);
        if (range !== undefined && range.end !== null) {
          children.push(this.#rangeToVNode(range, ranges));
          node = range.end;
        }
      }
      node = node.nextSibling;
    }
    return children;
  }

  #elementToVNode(element: Element, ranges: Ranges): AnyVNode {
    const content = element instanceof HTMLTemplateElement
      ? { dangerouslySetInnerHTML: { __html: element.innerHTML } }
      : null;
    return h(
      element.localName,
      { ...attributesToProps(element), ...content },
      content === null ? this.#nodesToVNodes(element.firstChild, null, ranges) : undefined,
    );
  }
}

function partialArgs(
  { args }: Range,
): { mode: PartialMode; key: string | undefined; name: string } {
  const [mode, key = "", name = ""] = args;
  return {
    mode: mode as PartialMode,
    key: key === "" ? undefined : decodeURIComponent(key),
    name: decodeURIComponent(name),
  };
}

/** Finds all pieces below a node. */
function scan(root: Node): Ranges {
  const byStart = new Map<Comment, Range>();
  const slots = new Map<number, Range>();
  const roots: Range[] = [];
  const open: Range[] = [];
  const comments = (root.ownerDocument ?? document).createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) {
    const comment = comments.currentNode as Comment;
    if (comment.data.startsWith("frsh:")) {
      const [, marker, ...args] = comment.data.split(":");
      const range: Range = { marker: marker as Marker, args, start: comment, end: null };
      byStart.set(comment, range);
      if (range.marker === "slot" && !slots.has(Number(args[0]))) slots.set(Number(args[0]), range);
      if (range.marker !== "key" && open.every(({ marker }) => marker === "key")) roots.push(range);
      open.push(range);
    } else if (comment.data === "/frsh") {
      const range = open.pop();
      if (range !== undefined) range.end = comment;
    }
  }
  return { byStart, slots, roots };
}

/** Attributes that a person may have changed since: kept as defaults, so that hydration leaves them be. */
const DEFAULTS: Record<string, string> = { value: "defaultValue", checked: "defaultChecked" };

function attributesToProps(element: Element): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    if (name === KEY) {
      props.key = value;
      continue;
    }
    if (name.startsWith("on")) continue;
    const property = element instanceof HTMLInputElement ? DEFAULTS[name] ?? name : name;
    props[property] = typeof (element as unknown as Record<string, unknown>)[name] === "boolean"
      ? value !== "false" && value !== "no"
      : value;
  }
  return props;
}

/**
 * An object that Preact takes for an element whose children are the nodes between two comments, so that
 * an island needs no element of its own.
 */
function rangeElement(start: Comment, end: Comment): Element {
  const parent = start.parentNode!;
  const children = (): ChildNode[] => {
    const nodes: ChildNode[] = [];
    for (let node = start.nextSibling; node !== null && node !== end; node = node.nextSibling) {
      nodes.push(node);
    }
    return nodes;
  };
  return {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    namespaceURI: (parent as Element).namespaceURI,
    nextSibling: null,
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    get childNodes() {
      return children();
    },
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
    contains: (node: Node | null) => children().some((child) => child.contains(node)),
  } as unknown as Element;
}
