/**
 * What components use on the server and in the browser alike: `import { Partial } from "fresh/runtime"`.
 *
 * @module
 */
export { asset, assetSrcSet } from "./assets.ts";
export { Head, type HeadProps } from "./head.ts";
export { Partial, type PartialProps } from "./partial.ts";
export { HttpError } from "../error.ts";

/** Whether this code is running in a browser, rather than on the server. */
export const IS_BROWSER: boolean = typeof document !== "undefined";
