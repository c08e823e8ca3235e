/**
 * Building an app and developing it: `import { Builder } from "fresh/dev"`.
 *
 * @module
 */
export { Builder, type BuilderOptions, type BuildOptions } from "./build.ts";
export { isStale } from "./stale.ts";
