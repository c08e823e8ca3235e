import type { ComponentChildren } from "preact";

/** What components can reach of the page that is being rendered. */
export interface Scope {
  /** The hash of a static file's content; undefined when there is no such file. */
  assetHash(path: string): string | undefined;
  /** Puts elements into the document's head. Only while rendering on the server. */
  addToHead?(children: ComponentChildren, context: unknown): void;
}

/** The page being rendered: on the server during a render, in the browser always. */
export let scope: Scope | null = null;

/** Replaces the {@linkcode scope}. */
export function setScope(next: Scope | null): void {
  scope = next;
}
