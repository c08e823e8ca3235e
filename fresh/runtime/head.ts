import { type ComponentChildren, isValidElement, toChildArray, type VNode } from "preact";
import { useEffect } from "preact/hooks";
import { scope } from "./scope.ts";

/** Props of {@linkcode Head}. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Puts its children into the document's `<head>`, from anywhere on the page. Of two elements for the
 * same thing (the title, a `<meta>` of one name or property, one `key`) the one rendered last wins.
 *
 * Inside an island the head follows each render in the browser too.
 */
export function Head(props: HeadProps, context?: unknown): ComponentChildren {
  if (scope?.addToHead !== undefined) {
    scope.addToHead(props.children, context);
    return null;
  }
  // The environment never changes between renders of one component, so the order of hooks is fixed.
  // deno-lint-ignore react-rules-of-hooks
  useEffect(() => {
    for (const child of toChildArray(props.children)) {
      if (isValidElement(child) && typeof child.type === "string") updateHead(child);
    }
  });
  return null;
}

/** What an element of the head is for: two elements with the same answer do not stand side by side. */
export function headKey(type: string, key: unknown, props: Record<string, unknown>): string {
  if (key != null) return `key=${key}`;
  if (type === "title" || type === "base") return type;
  if (type === "meta") {
    for (const name of ["name", "property", "http-equiv", "httpEquiv", "itemprop"]) {
      if (props[name] !== undefined) return `meta ${name}=${props[name]}`;
    }
    return `meta ${Object.keys(props).join()}`;
  }
  if (type === "link" && props.rel === "canonical") return "link canonical";
  const attributes = Object.entries(props)
    .filter(([name, value]) => isAttribute(name) && value !== false && value != null)
    .map(([name, value]) => `${name}=${value === true ? "" : value}`)
    .sort();
  const inner = props.dangerouslySetInnerHTML as { __html: string } | undefined;
  return `${type} ${attributes.join()} ${inner?.__html ?? textOf(props)}`;
}

/** Whether a prop is written as an attribute, and one that says what the element is for. */
function isAttribute(name: string): boolean {
  return name !== "children" && name !== "dangerouslySetInnerHTML" && name !== "nonce";
}

function textOf(props: Record<string, unknown>): string {
  return toChildArray(props.children as ComponentChildren).join("");
}

function updateHead(vnode: VNode): void {
  const { type, key } = vnode;
  const props = vnode.props as Record<string, unknown>;
  const text = textOf(props);
  if (type === "title") {
    document.title = text;
    return;
  }
  const element = findInHead(type as string, key, props) ??
    document.head.appendChild(document.createElement(type as string));
  if (key != null) element.dataset.key = String(key);
  for (const [name, value] of Object.entries(props)) {
    if (!isAttribute(name)) continue;
    if (value == null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  if (text !== "" && element.textContent !== text) element.textContent = text;
}

function findInHead(type: string, key: unknown, props: Record<string, unknown>) {
  const wanted = headKey(type, key, props);
  return Array.from(document.head.querySelectorAll<HTMLElement>(type)).find((element) =>
    elementHeadKey(element) === wanted || (props.id !== undefined && element.id === props.id)
  );
}

/** {@linkcode headKey} of an element that is in a document. */
export function elementHeadKey(element: HTMLElement): string {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) if (name !== "data-key") props[name] = value;
  if (element.textContent) props.children = element.textContent;
  return headKey(element.localName, element.dataset.key, props);
}
