import { scope } from "./scope.ts";
import { ASSET_PARAM } from "./wire.ts";

/**
 * The URL of a static file with the hash of its content, which may be cached for ever: "/styles.css"
 * becomes "/styles.css?__frsh_c=3fa2". A path without a static file stays as it is.
 */
export function asset(path: string): string {
  if (path.charCodeAt(0) !== 47 /* "/" */) return path;
  const isPathname = !path.includes("?") && !path.includes("#");
  const hash = scope?.assetHash(isPathname ? path : path.split(/[?#]/, 1)[0]!);
  if (hash === undefined) return path;
  if (isPathname) return `${path}?${ASSET_PARAM}=${hash}`;

  const [beforeFragment = "", fragment] = path.split("#", 2);
  if (beforeFragment.includes(`${ASSET_PARAM}=`)) return path;
  const separator = beforeFragment.includes("?") ? "&" : "?";
  const suffix = fragment === undefined ? "" : `#${fragment}`;
  return `${beforeFragment}${separator}${ASSET_PARAM}=${hash}${suffix}`;
}

/** Applies {@linkcode asset} to each URL of a `srcset` attribute. */
export function assetSrcSet(srcset: string): string {
  if (srcset.includes("(")) return srcset;
  return srcset.replace(
    /(^|,)(\s*)([^\s,]+)/g,
    (_, comma, space, url) => comma + space + asset(url),
  );
}
