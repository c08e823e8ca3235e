/**
 * The script that every interactive page loads: it brings the page to life, and it is the one copy of
 * Preact and signals that all islands import.
 *
 * @module
 */
export * from "preact";
export * from "preact/hooks";
export * from "@preact/signals";
export { jsx, jsxs } from "preact/jsx-runtime";
export { asset, assetSrcSet } from "./assets.ts";
export { activePartials, PageReader } from "./hydrate.ts";
export { scope, setScope } from "./scope.ts";
export * from "./wire.ts";

import { assetHashes, PageReader } from "./hydrate.ts";
import { setScope } from "./scope.ts";

setScope({ assetHash: (path) => assetHashes.get(path) });

/** Settles when everything on the page is interactive. */
export const ready: Promise<void> = PageReader.open(document).then((page) => page.hydrate());
