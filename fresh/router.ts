/** The methods that routes can handle. */
export type Method =
  | "HEAD"
  | "GET"
  | "POST"
  | "PATCH"
  | "PUT"
  | "DELETE"
  | "OPTIONS";

/** What a function that handles every method is registered for. */
export const METHODS: readonly Method[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
];

export type Params = Readonly<Record<string, string>>;

export interface Match<T> {
  readonly item: T;
  /** The pattern as it was added; for a static route that is its pathname. */
  readonly pattern: string;
  /** Decoded parameters; null when a percent sign in one of them is malformed. */
  readonly params: Params | null;
  /** Whether only the pathname without its trailing slash matches this dynamic route. */
  readonly trailingSlash: boolean;
}

/** An object without a prototype, which a parameter could not reach either: `params.constructor`. */
const NullObject = function () {} as unknown as new () => Record<
  string,
  string
>;
NullObject.prototype = Object.freeze(Object.create(null));

/** The parameters of what has none. */
export const NO_PARAMS: Params = Object.freeze(new NullObject());

/** One part of a pattern between two slashes. */
type Part =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "param"; readonly name: string }
  | {
    readonly kind: "mixed";
    readonly regexp: RegExp;
    readonly names: readonly string[];
  }
  | {
    readonly kind: "rest";
    readonly name: string;
    readonly min: 0 | 1 | "slash";
  };

interface Leaf<T> {
  readonly item: T;
  readonly pattern: string;
  /** Place in the order of registration, by which the first of several matches wins. */
  readonly order: number;
  readonly names: readonly string[];
  /** Optional parameters that this variant of the pattern leaves out. */
  readonly absent: readonly string[];
}

interface Node<T> {
  /** The lowest order at or below this node, by which a search skips what cannot win. */
  first: number;
  leaf: Leaf<T> | null;
  readonly literals: Map<string, Node<T>>;
  readonly mixed: { readonly regexp: RegExp; readonly node: Node<T> }[];
  param: Node<T> | null;
  readonly rests: { readonly leaf: Leaf<T>; readonly min: 0 | 1 | "slash" }[];
}

const NAME = "[\\p{ID_Start}_$][\\p{ID_Continue}$]*";
const PARAM = new RegExp(`^:(${NAME})$`, "u");
const REST = new RegExp(`^:(${NAME})([*+])$`, "u");
const MIXED_TOKEN = new RegExp(`:(${NAME})(?:\\(([^()?]+)\\))?|([^:*+?(){}\\\\]+)`, "uy");
const OPTIONAL_PARAM = new RegExp(`/(:${NAME})\\?`, "gu");
const OPTIONAL_GROUP = /\{([^{}]*)\}\?/;
const PATTERN_SYNTAX = /[:*+?(){}\\]/;

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/** Literal text in the encoded form in which it arrives in a URL. */
const encodeLiteral = (text: string): string =>
  text.toWellFormed().replace(/[^!-~]|["#<>?`{}]/gu, encodeURIComponent);

/** Parses what stands between two slashes; null when only `URLPattern` understands it. */
function parsePart(text: string, isLast: boolean): Part | null {
  if (!PATTERN_SYNTAX.test(text)) {
    return { kind: "literal", text: encodeLiteral(text) };
  }
  if (isLast && text === "*") return { kind: "rest", name: "0", min: "slash" };
  const param = PARAM.exec(text);
  if (param) return { kind: "param", name: param[1]! };
  const rest = REST.exec(text);
  if (rest) {
    return isLast ? { kind: "rest", name: rest[1]!, min: rest[2] === "*" ? 0 : 1 } : null;
  }
  return parseMixed(text);
}

function parseMixed(text: string): Part | null {
  let source = "";
  const names: string[] = [];
  MIXED_TOKEN.lastIndex = 0;
  while (MIXED_TOKEN.lastIndex < text.length) {
    const token = MIXED_TOKEN.exec(text);
    if (token === null) return null;
    const [, name, regexp, literal] = token;
    if (name === undefined) {
      source += escapeRegExp(encodeLiteral(literal!));
    } else {
      names.push(name);
      source += `(${regexp ?? "[^/]+?"})`;
    }
  }
  return { kind: "mixed", regexp: new RegExp(`^${source}$`), names };
}

/** The patterns that one with optional groups stands for, and the parameters that each leaves out. */
function expandOptionals(pattern: string): { pattern: string; absent: string[] }[] {
  const group = OPTIONAL_GROUP.exec(pattern);
  if (group === null) {
    return [{ pattern: pattern === "" ? "/" : pattern, absent: [] }];
  }
  const before = pattern.slice(0, group.index);
  const after = pattern.slice(group.index + group[0].length);
  const names = [...group[1]!.matchAll(new RegExp(`:(${NAME})`, "gu"))].map((match) => match[1]!);
  return [
    ...expandOptionals(before + group[1] + after),
    ...expandOptionals(before + after).map((variant) => ({
      pattern: variant.pattern,
      absent: [...names, ...variant.absent],
    })),
  ];
}

/** Splits a pattern at its slashes, but not at those within a group or a regular expression. */
function splitPattern(pattern: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  for (const char of pattern.replace(/^\//, "")) {
    if (char === "{" || char === "(") depth++;
    if (char === "}" || char === ")") depth--;
    if (char === "/" && depth === 0) {
      parts.push(part);
      part = "";
    } else part += char;
  }
  return [...parts, part];
}

/**
 * A test for the segments of URLs that one segment of a pattern can mean, such as ":id" or
 * "@:username"; null for fixed text, which means itself.
 */
export function segmentTest(pattern: string): ((segment: string) => boolean) | null {
  if (pattern.startsWith("{/")) return () => true;
  const part = parsePart(pattern, true);
  if (part?.kind === "literal") return null;
  return part?.kind === "mixed" ? (segment) => part.regexp.test(segment) : () => true;
}

/** The segments of a pattern for the tree of scopes: "/docs{/:version}?/x" has three. */
export function patternSegments(pattern: string): string[] {
  return splitPattern(
    pattern.replace(OPTIONAL_PARAM, "{/$1}?").replace(/^\/\{:/, "{/:")
      .replaceAll("{/", "/{/"),
  ).filter((part) => part !== "");
}

/** Joins a mount point and a pattern: "/api" and "/posts" to "/api/posts", "/api" and "/" to "/api". */
export function joinPattern(base: string, pattern: string): string {
  const prefix = base.replace(/\/?\*?$/, "");
  const path = pattern === "*" ? "/*" : pattern;
  if (prefix === "") return path;
  return path === "/" ? prefix : prefix + path;
}

const newNode = <T>(): Node<T> => ({
  first: Infinity,
  leaf: null,
  literals: new Map(),
  mixed: [],
  param: null,
  rests: [],
});

/**
 * Finds the item for a pathname. A static route wins over every pattern; of several patterns that
 * match, the one added first wins. The work for a match depends on the number of segments in the
 * pathname and not on the number of routes: static routes are in a map, patterns in a tree of
 * segments. Only a pattern beyond that (a group with a modifier, a wildcard in the middle) is kept
 * as a `URLPattern` and tried in turn.
 */
export class Router<T> {
  readonly #statics = new Map<string, Match<T>>();
  readonly #root: Node<T> = newNode();
  readonly #patterns: {
    readonly pattern: URLPattern;
    readonly leaf: Leaf<T>;
  }[] = [];
  readonly #byPattern = new Map<string, T>();

  /** The item for a pattern, which is created when the pattern is new. */
  add(pattern: string, create: () => T): T {
    const known = this.#byPattern.get(pattern);
    if (known !== undefined) return known;
    const item = create();
    const order = this.#byPattern.size;
    this.#byPattern.set(pattern, item);
    if (PATTERN_SYNTAX.test(pattern)) this.#addPattern(pattern, item, order);
    else this.#addStatic(pattern, item);
    return item;
  }

  /** @param pathname a pathname as {@linkcode pathnameOf} gives it, still percent-encoded. */
  match(pathname: string): Match<T> | null {
    const exact = this.#statics.get(pathname);
    if (exact !== undefined) return exact;
    const dynamic = this.#matchPattern(pathname, false);
    if (dynamic !== null || pathname.length < 2 || !pathname.endsWith("/")) {
      return dynamic;
    }
    return this.#matchPattern(pathname.slice(0, -1), true);
  }

  #addStatic(pathname: string, item: T): void {
    const path = "/" + encodeLiteral(pathname.replace(/^\//, ""));
    const match: Match<T> = {
      item,
      pattern: pathname,
      params: NO_PARAMS,
      trailingSlash: false,
    };
    this.#statics.set(path, match);
    const other = path.endsWith("/") ? path.slice(0, -1) : path + "/";
    if (path !== "/" && !this.#statics.has(other)) {
      this.#statics.set(other, match);
    }
  }

  #addPattern(pattern: string, item: T, order: number): void {
    const variants = expandOptionals(
      pattern.replace(OPTIONAL_PARAM, "{/$1}?").replace(/^\/\{:/, "{/:"),
    );
    for (const variant of variants) {
      const texts = splitPattern(variant.pattern);
      const parts = texts.map((text, i) => parsePart(text, i === texts.length - 1));
      if (parts.every((part) => part !== null)) {
        const names = parts.flatMap((part) =>
          part.kind === "literal" ? [] : part.kind === "mixed" ? part.names : [part.name]
        );
        this.#insert(parts, {
          item,
          pattern,
          order,
          names,
          absent: variant.absent,
        });
      } else {
        const leaf: Leaf<T> = {
          item,
          pattern,
          order,
          names: [],
          absent: variant.absent,
        };
        this.#patterns.push({
          pattern: new URLPattern({ pathname: variant.pattern }),
          leaf,
        });
      }
    }
  }

  #insert(parts: readonly Part[], leaf: Leaf<T>): void {
    let node = this.#root;
    node.first = Math.min(node.first, leaf.order);
    for (const part of parts) {
      if (part.kind === "rest") {
        node.rests.push({ leaf, min: part.min });
        return;
      }
      node = child(node, part);
      node.first = Math.min(node.first, leaf.order);
    }
    node.leaf ??= leaf;
  }

  #matchPattern(pathname: string, trailingSlash: boolean): Match<T> | null {
    const search = new Search<T>(pathname);
    search.visit(this.#root, 1);
    for (const { pattern, leaf } of this.#patterns) {
      if (search.best !== null && search.best.order < leaf.order) break;
      const groups = pattern.exec({ pathname })?.pathname.groups;
      if (groups === undefined) continue;
      const names = Object.keys(groups);
      const values = names.map((name) => groups[name] ?? "");
      return toMatch({ ...leaf, names }, values, trailingSlash);
    }
    return search.best &&
      toMatch(search.best, search.bestValues, trailingSlash);
  }
}

function child<T>(node: Node<T>, part: Exclude<Part, { kind: "rest" }>): Node<T> {
  if (part.kind === "param") return node.param ??= newNode();
  if (part.kind === "literal") {
    let next = node.literals.get(part.text);
    if (next === undefined) node.literals.set(part.text, next = newNode());
    return next;
  }
  const known = node.mixed.find(({ regexp }) => regexp.source === part.regexp.source);
  if (known) return known.node;
  const next = newNode<T>();
  node.mixed.push({ regexp: part.regexp, node: next });
  return next;
}

/** Looks for the leaf of lowest order that matches a pathname. */
class Search<T> {
  best: Leaf<T> | null = null;
  bestValues: readonly string[] = [];
  readonly #pathname: string;
  /** Values of the parameters on the way to the node that is being visited. */
  readonly #values: string[] = [];

  constructor(pathname: string) {
    this.#pathname = pathname;
  }

  /** @param start where the node's segment starts; beyond the pathname when it has no more. */
  visit(node: Node<T>, start: number): void {
    if (this.best !== null && node.first >= this.best.order) return;
    if (start > this.#pathname.length) {
      if (node.leaf !== null) this.#offer(node.leaf);
    } else {
      this.#visitChildren(node, start);
    }
    for (const { leaf, min } of node.rests) {
      if (this.#restMatches(start, min)) this.#offer(leaf, this.#pathname.slice(start));
    }
  }

  #visitChildren({ literals, mixed, param }: Node<T>, start: number): void {
    const slash = this.#pathname.indexOf("/", start);
    const end = slash === -1 ? this.#pathname.length : slash;
    const segment = this.#pathname.slice(start, end);
    const literal = literals.get(segment);
    if (literal !== undefined) this.visit(literal, end + 1);
    for (const { regexp, node } of mixed) {
      const match = regexp.exec(segment);
      if (match === null) continue;
      const count = this.#values.length;
      this.#values.push(...match.slice(1));
      this.visit(node, end + 1);
      this.#values.length = count;
    }
    if (param !== null && segment !== "") {
      this.#values.push(segment);
      this.visit(param, end + 1);
      this.#values.pop();
    }
  }

  #offer(leaf: Leaf<T>, rest?: string): void {
    if (this.best !== null && this.best.order <= leaf.order) return;
    this.best = leaf;
    this.bestValues = rest === undefined ? this.#values.slice() : [...this.#values, rest];
  }

  #restMatches(start: number, min: 0 | 1 | "slash"): boolean {
    const isAtEnd = start > this.#pathname.length;
    if (min === "slash") return !isAtEnd;
    return isAtEnd ? min === 0 : !this.#pathname.endsWith("/");
  }
}

function toMatch<T>(leaf: Leaf<T>, values: readonly string[], trailingSlash: boolean): Match<T> {
  return {
    item: leaf.item,
    pattern: leaf.pattern,
    params: decodeParams(leaf, values),
    trailingSlash,
  };
}

function decodeParams<T>(leaf: Leaf<T>, values: readonly string[]): Params | null {
  const params = new NullObject();
  for (const name of leaf.absent) params[name] = "";
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    try {
      params[leaf.names[i]!] = value.includes("%") ? decodeURI(value) : value;
    } catch {
      return null;
    }
  }
  return params;
}

/** Anything in a URL's path that `URL` might rewrite, or that would have to be collapsed. */
const UNCLEAN_PATH = /[^!$&-;=@-Z_a-z~%]|\/\/|\/\.|%2e/i;

/**
 * The normalised pathname of an absolute URL: dot segments resolved, repeated slashes collapsed,
 * percent-encoded. Null when the URL cannot be parsed. A path that is already in that form, which
 * nearly every one is, costs no parsing.
 */
export function pathnameOf(url: string): string | null {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const query = url.indexOf("?", start);
  const path = query === -1 ? url.slice(start) : url.slice(start, query);
  if (start !== -1 && !UNCLEAN_PATH.test(path)) return path;
  const parsed = URL.parse(url);
  return parsed && collapseSlashes(parsed.pathname);
}

/** "//a///b" as "/a/b", so that no path can be taken for a host. */
export const collapseSlashes = (pathname: string): string => pathname.replace(/\/{2,}/g, "/");
