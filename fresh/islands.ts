import {
  type ComponentChildren,
  type ComponentClass,
  Fragment,
  type FunctionComponent,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { jsx } from "preact/jsx-runtime";
import type { Island } from "./build_cache.ts";
import { CLOSE_MARKER, escapeMarker, openMarker, SlotRef } from "./runtime/wire.ts";

// deno-lint-ignore no-explicit-any -- a tree holds nodes of components with props of every shape
export type AnyVNode = VNode<any>;
type Props = Record<string, unknown>;

/** Props of the nodes that Deno's precompiled JSX makes: `tpl[0] exprs[0] tpl[1] …`. */
interface Precompiled {
  readonly tpl?: readonly string[];
  readonly exprs?: readonly AnyVNode[];
}

function precompiled(tpl: readonly string[], exprs: readonly AnyVNode[]): AnyVNode {
  return jsx(Fragment, { tpl, exprs } as Props) as AnyVNode;
}

/** A virtual node whose HTML is given: `html[0] children[0] html[1] …`. */
export function template(html: readonly string[], ...children: AnyVNode[]): AnyVNode {
  return precompiled(html, children);
}

/** A node that is being rendered and matters to what is inside of it. */
interface Frame {
  readonly node: AnyVNode;
  /** The node's component, where it was exchanged. */
  readonly type: AnyVNode["type"];
  /** The opening marker, and the props to render the component with. */
  readonly open: string;
  readonly props: Props;
  /** Index of the island; -1 when the node is none. */
  readonly index: number;
  readonly tracker: IslandTracker;
  readonly wasInside: boolean;
  readonly around: Frame | null;
}

/** A kind of island on a page. */
interface Kind {
  /** The start of the opening markers. */
  readonly open: string;
  readonly wrapper: FunctionComponent;
}

interface SlotProps {
  id: number;
  islands: IslandTracker;
  content: ComponentChildren;
}

/** Marks where JSX that was passed to an island ends up. */
function Slot({ id, islands, content }: SlotProps): AnyVNode {
  islands.unrendered.delete(id);
  return template([openMarker("slot", id), CLOSE_MARKER], h(Fragment, null, content));
}

/** The innermost frame of the render that is going on. */
let current: Frame | null = null;

/**
 * Follows a render and notes the islands in it.
 *
 * While an island's node is rendered it has another component, which puts markers around what the
 * island renders. Afterwards it is as it was, for an app may use it again, on this page or another.
 */
export class IslandTracker {
  /** The kinds of islands on the page, in the order of their indices. */
  readonly kinds: Map<Island, Kind> = new Map();
  /** The props of each island, JSX in them exchanged for {@linkcode SlotRef}s. */
  readonly props: Props[] = [];
  readonly #islands: Island[] = [];
  /** JSX that was passed to an island and that the island has not rendered. */
  readonly unrendered: Map<number, ComponentChildren> = new Map();
  #slots = 0;
  /** Whether the node being rendered belongs to an island, and is its business in the browser. */
  inside = false;
  readonly #outer = current;

  /** To be called before a component's node is rendered. */
  before(vnode: AnyVNode, island: Island | undefined): void {
    if (vnode.type === Slot) this.#enter(vnode, false, "", vnode.props);
    else if (island !== undefined && !this.inside) this.#enterIsland(vnode, island);
  }

  /** To be called at the end: after an error there are nodes to put back. */
  end(): void {
    while (current !== this.#outer && current !== null) leave(current);
  }

  /** To be called before an id is made: ids in an island start with its number, as in the browser. */
  beforeUseId(): void {
    if (current === null || !this.inside) return;
    // Where Preact keeps the start of ids, and the last one.
    (current.node as { __m?: [number, number] }).__m ??= [current.index + 1, 0];
  }

  /** Marks a keyed component, so that the browser can follow it from page to page. */
  wrapKeyed(vnode: AnyVNode): void {
    const key = escapeMarker(String(vnode.key));
    this.#enter(vnode, this.inside, openMarker("key", key), vnode.props);
    vnode.type = wrapperOf(vnode.type);
  }

  /** The name of the island at an index of {@linkcode props}. */
  describe(index: number): string {
    const { name, exportName } = this.#islands[index]!;
    return exportName === "default" ? name : exportName;
  }

  #enterIsland(vnode: AnyVNode, island: Island): void {
    let kind = this.kinds.get(island);
    if (kind === undefined) {
      const open = `<!--frsh:island:${this.kinds.size}:`;
      this.kinds.set(island, kind = { open, wrapper: wrapperOf(vnode.type) });
    }
    const index = this.props.length;
    const rendered = this.#takeSlots(vnode.props);
    this.#islands.push(island);
    const key = vnode.key == null ? "" : ":" + escapeMarker(String(vnode.key));
    this.#enter(vnode, true, kind.open + index + key + "-->", rendered, index);
    vnode.type = kind.wrapper;
  }

  /** Notes the props for the browser, and returns those to render with. */
  #takeSlots(props: Props): Props {
    let rendered = props;
    let sent = props;
    for (const name in props) {
      const value = props[name];
      if (typeof value !== "object" || !holdsJsx(value)) continue;
      if (rendered === props) {
        rendered = { ...props };
        sent = { ...props };
      }
      const id = this.#slots++;
      this.unrendered.set(id, value as ComponentChildren);
      rendered[name] = h(Slot, { id, islands: this, content: value as ComponentChildren });
      sent[name] = new SlotRef(id);
    }
    this.props.push(sent);
    return rendered;
  }

  #enter(node: AnyVNode, inside: boolean, open: string, props: Props, index = -1): void {
    const { type } = node;
    current = {
      node,
      type,
      open,
      props,
      index,
      tracker: this,
      wasInside: this.inside,
      around: current,
    };
    this.inside = inside;
  }
}

/** To be called after a node was rendered. */
export function afterNode(vnode: AnyVNode): void {
  if (current !== null && current.node === vnode) leave(current);
}

function leave({ node, type, tracker, wasInside, around }: Frame): void {
  node.type = type;
  tracker.inside = wasInside;
  current = around;
}

const wrappers = new WeakMap<object, FunctionComponent>();

/** The component to render in place of `type`: it does the same inside of the current frame's markers. */
function wrapperOf(type: AnyVNode["type"]): FunctionComponent {
  let wrapper = wrappers.get(type as FunctionComponent);
  if (wrapper === undefined) {
    wrapper = isClass(type)
      ? () => marked(current!.open, jsx(type, current!.props) as AnyVNode)
      : (_, context) => {
        const { open, node, props } = current!;
        const component = (node as { __c?: unknown }).__c;
        return marked(open, (type as FunctionComponent).call(component, props, context));
      };
    wrappers.set(type as FunctionComponent, wrapper);
  }
  return wrapper;
}

/** What a component rendered, inside of markers. */
function marked(open: string, output: ComponentChildren): AnyVNode {
  if (isNode(output)) {
    const { tpl, exprs } = output.props as Precompiled;
    // The markers join the HTML of precompiled JSX, which saves a node for each island.
    return tpl === undefined
      ? precompiled([open, CLOSE_MARKER], [output])
      : precompiled(inMarkers(open, tpl), exprs!);
  }
  return precompiled([open, CLOSE_MARKER], [h(Fragment, null, output)]);
}

function isNode(output: ComponentChildren): output is AnyVNode {
  return typeof output === "object" && output !== null && "props" in output;
}

function inMarkers(open: string, tpl: readonly string[]): string[] {
  const html = tpl.slice();
  html[0] = open + html[0];
  html[html.length - 1] += CLOSE_MARKER;
  return html;
}

function isClass(type: AnyVNode["type"]): type is ComponentClass {
  return typeof type === "function" && typeof type.prototype?.render === "function";
}

/** Whether an object is JSX; signals and objects without a prototype pass for it with Preact. */
export function isJsx(value: object): value is VNode {
  return isValidElement(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function holdsJsx(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some(holdsJsx) : isJsx(value);
}
