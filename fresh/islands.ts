import { type ComponentChildren, Fragment, h, isValidElement, type VNode } from "preact";
import { jsx } from "preact/jsx-runtime";
import type { Island } from "./build_cache.ts";
import { closeMarker, escapeMarker, openMarker, SlotRef } from "./runtime/wire.ts";

// deno-lint-ignore no-explicit-any -- a tree holds nodes of components with props of every shape
export type AnyVNode = VNode<any>;
type Props = Record<string, unknown>;

/** A virtual node whose HTML is given: `html[0] children[0] html[1] …`. */
export function template(html: readonly string[], ...children: AnyVNode[]): AnyVNode {
  return jsx(Fragment, { tpl: html, exprs: children } as Props) as AnyVNode;
}

/** Something around the node that is being rendered, which matters to what is inside of it. */
interface Frame {
  /** The node that ends the frame when it is done. */
  readonly node: AnyVNode;
  /** The node that was exchanged for a template around `node`, and what it was before. */
  readonly wrapped: {
    readonly vnode: AnyVNode;
    readonly type: AnyVNode["type"];
    readonly props: Props;
  } | null;
  readonly wasInside: boolean;
}

interface SlotProps {
  id: number;
  islands: IslandTracker;
  content: ComponentChildren;
}

/** Marks where JSX that was passed to an island ends up. */
function Slot({ id, islands, content }: SlotProps): AnyVNode {
  islands.unrendered.delete(id);
  return template(
    [openMarker("slot", id), closeMarker("slot")],
    h(Fragment, null, content),
  );
}

/**
 * Follows a render and notes the islands in it.
 *
 * An island's node is exchanged for a template with markers around a copy of it, and put back when the copy is
 * done, so that a node which is used again, also on another page, is not marked by this one.
 */
export class IslandTracker {
  /** For each kind of island on the page its index. */
  readonly kinds: Map<Island, number> = new Map();
  /** The props of each island, JSX in them exchanged for {@linkcode SlotRef}s. */
  readonly props: Props[] = [];
  readonly #islands: Island[] = [];
  /** JSX that was passed to an island and that the island has not rendered. */
  readonly unrendered: Map<number, ComponentChildren> = new Map();
  #slots = 0;
  readonly #frames: Frame[] = [];
  /** Whether the node being rendered belongs to an island, and is its business in the browser. */
  inside = false;

  /** To be called before a component's node is rendered. */
  before(vnode: AnyVNode, island: Island | undefined): void {
    if (vnode.type === Slot) this.#push(vnode, null, false);
    else if (island !== undefined && !this.inside) this.#wrapIsland(vnode, island);
  }

  /** To be called after a node was rendered. */
  after(vnode: AnyVNode): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.node !== vnode) return;
    this.#frames.pop();
    this.inside = frame.wasInside;
    if (frame.wrapped !== null) {
      const { vnode, type, props } = frame.wrapped;
      vnode.type = type;
      vnode.props = props;
    }
  }

  /** Marks a keyed component, so that the browser can follow it from page to page. */
  wrapKeyed(vnode: AnyVNode): void {
    const copy = jsx(vnode.type as string, vnode.props) as AnyVNode;
    this.#wrap(vnode, copy, openMarker("key", escapeMarker(String(vnode.key))), closeMarker("key"));
  }

  /** The name of the island at an index of {@linkcode props}. */
  describe(index: number): string {
    const { name, exportName } = this.#islands[index]!;
    return exportName === "default" ? name : exportName;
  }

  #wrapIsland(vnode: AnyVNode, island: Island): void {
    let kind = this.kinds.get(island);
    if (kind === undefined) this.kinds.set(island, kind = this.kinds.size);
    const index = this.props.length;
    const copy = jsx(vnode.type as string, this.#takeSlots(vnode.props)) as AnyVNode;
    // Where Preact keeps the prefix of `useId`; the browser sets the same.
    (copy as { __m?: [number, number] }).__m = [index + 1, 0];
    this.#islands.push(island);
    const key = vnode.key == null ? "" : escapeMarker(String(vnode.key));
    this.#wrap(vnode, copy, openMarker("island", kind, index, key), closeMarker("island"));
    this.inside = true;
  }

  /** Notes the props for the browser, and returns those to render with. */
  #takeSlots(props: Props): Props {
    let rendered = props;
    let sent = props;
    for (const name in props) {
      const value = props[name];
      if (!holdsJsx(value)) continue;
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

  #wrap(vnode: AnyVNode, copy: AnyVNode, open: string, close: string): void {
    this.#push(copy, { vnode, type: vnode.type, props: vnode.props }, this.inside);
    vnode.type = Fragment;
    vnode.props = { tpl: [open, close], exprs: [copy] };
  }

  #push(node: AnyVNode, wrapped: Frame["wrapped"], inside: boolean): void {
    this.#frames.push({ node, wrapped, wasInside: this.inside });
    this.inside = inside;
  }
}

/** Whether an object is JSX; signals and objects without a prototype pass for it with Preact. */
export function isJsx(value: object): value is VNode {
  return isValidElement(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function holdsJsx(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsJsx);
  return isJsx(value);
}
