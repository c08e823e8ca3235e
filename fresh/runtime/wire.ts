/**
 * What the server writes into a page and the browser reads back: markers, ids and the page's state.
 *
 * @module
 */

/** Id of the `<script type="application/json">` that holds the {@linkcode PageState}. */
export const STATE_ID = "frsh-state";

/** Id of the `<template>` with the content of a slot that its island did not render. */
export const slotTemplateId = (slot: number): string => `frsh-slot-${slot}`;

/** Attribute that switches client navigation on ("true") or off ("false") for what is inside. */
export const CLIENT_NAV = "f-client-nav";
/** Attribute of a link, button or form with the URL to ask for partials. */
export const PARTIAL_URL = "f-partial";
/** Attribute that carries an element's JSX `key` through HTML. */
export const KEY = "data-frsh-key";
/** Search parameter of a request that only wants the partials of a page. */
export const PARTIAL_PARAM = "fresh-partial";
/** Search parameter of a static file's URL that holds the hash of its content. */
export const ASSET_PARAM = "__frsh_c";

/** How the content of an incoming partial meets the content that is there. */
export type PartialMode = "replace" | "append" | "prepend";

/** All that the browser needs to bring a page to life. */
export interface PageState {
  /** For each kind of island on the page the URL of its script and the export in it. */
  islands: [chunk: string, exportName: string][];
  /** For each island on the page its encoded props; see `serialize.ts`. */
  props: Record<string, unknown>[];
  /** Hashes of the static files that islands refer to, by path. */
  assets?: Record<string, string>;
}

/**
 * Comments around a piece of HTML, which tell the browser what the piece is:
 *
 * - `island:<kind>:<props>:<key>`: an island, as indices into the {@linkcode PageState}
 * - `slot:<id>`: JSX that was passed to an island
 * - `partial:<mode>:<key>:<name>`: a partial
 * - `key:<key>`: a keyed component inside a partial
 */
export type Marker = "island" | "slot" | "partial" | "key";

/** The opening comment of a piece; `args` must not hold `:`, `>` or `-`, see {@linkcode escapeMarker}. */
export function openMarker(marker: Marker, ...args: (string | number)[]): string {
  return `<!--frsh:${marker}:${args.join(":")}-->`;
}

/** The comment that ends a piece. */
export const CLOSE_MARKER = "<!--/frsh-->";

/** Makes any text safe inside a marker. Undone by `decodeURIComponent`. */
export function escapeMarker(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("-", "%2D");
}

/** Stands in an island's props for JSX, which is on the page already. */
export class SlotRef {
  constructor(readonly id: number) {}
}

/** A value that JSON has no notation for: `$` names its type. */
export interface Tagged {
  $: string;
  v?: unknown;
}

/** URL path of the events that say that a page is to be reloaded; only in development. */
export const LIVE_RELOAD_PATH = "/_fresh/live";
