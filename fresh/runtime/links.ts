/** Attributes that say that a link leads to the current page or to one above it. */
export type LinkMatch = {
  readonly "data-current"?: "true";
  readonly "data-ancestor"?: "true";
  readonly "aria-current": "page" | "true";
};

const CURRENT: LinkMatch = { "data-current": "true", "aria-current": "page" };
const ANCESTOR: LinkMatch = { "data-ancestor": "true", "aria-current": "true" };

/** The attributes of a link on the page at `pathname` and `search`; null when it leads elsewhere. */
export function matchLink(href: string, pathname: string, search: string): LinkMatch | null {
  const end = href.search(/[?#]/);
  const path = trimSlash(end === -1 ? href : href.slice(0, end));
  const current = trimSlash(pathname);
  if (path === current) {
    const query = end === -1 ? "" : href.slice(end).split("#")[0]!;
    return query === "" || query === search ? CURRENT : ANCESTOR;
  }
  const isAbove = path === "/" || (current.startsWith(path) && current[path.length] === "/");
  return isAbove ? ANCESTOR : null;
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
