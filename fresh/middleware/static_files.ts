import type { StaticFile } from "../build_cache.ts";
import { scopeOf } from "../context.ts";
import type { Middleware } from "../define.ts";

/** The search parameter by which `asset()` ties a URL to a file's content. */
const HASH_PARAM = "__frsh_c";

type Encoding = keyof StaticFile["encodings"];

/** In the order of preference. */
const ENCODINGS: readonly Encoding[] = ["br", "gzip"];

/**
 * Serves the files of `static/` and those that the build made. Other requests pass. A URL that
 * carries its content's hash may be cached for ever; any other is checked by its ETag every time.
 */
export function staticFiles<State>(): Middleware<State> {
  return (ctx) => {
    const { pathname, environment: { config, cache } } = scopeOf(ctx);
    const path = filePath(pathname, config.basePath);
    const file = path === null ? null : cache.staticFile(path);
    if (file === null) return ctx.next();
    const { req } = ctx;
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", {
        status: 405,
        headers: { allow: "GET, HEAD" },
      });
    }
    return serveFile(req, file, cacheControl(req.url, file, config.mode));
  };
}

/** The decoded path of a file below the base path; null for what cannot be the path of any file. */
function filePath(pathname: string, basePath: string): string | null {
  if (!pathname.startsWith(`${basePath}/`)) return null;
  const path = pathname.slice(basePath.length);
  if (!path.includes("%")) return path;
  if (/%(2f|5c|00)/i.test(path)) return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function cacheControl(url: string, file: StaticFile, mode: "development" | "production"): string {
  if (mode === "development") return "no-store";
  const isTied = url.includes(HASH_PARAM) &&
    URL.parse(url)?.searchParams.get(HASH_PARAM) === file.hash;
  return file.immutable || isTied ? "public, max-age=31536000, immutable" : "no-cache";
}

async function serveFile(req: Request, file: StaticFile, cacheControl: string): Promise<Response> {
  const range = req.method === "GET" ? req.headers.get("range") : null;
  const encoding = range === null ? acceptedEncoding(req, file) : null;
  const etag = `"${file.hash}${encoding === null ? "" : `-${encoding}`}"`;
  const headers: Record<string, string> = {
    "accept-ranges": "bytes",
    "cache-control": cacheControl,
    "content-type": file.contentType,
    etag,
    "x-content-type-options": "nosniff",
  };
  if (ENCODINGS.some((name) => file.encodings[name])) {
    headers.vary = "Accept-Encoding";
  }
  if (matchesEtag(req.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  const ifRange = req.headers.get("if-range");
  if (range !== null && (ifRange === null || ifRange === etag)) {
    const bounds = parseRange(range, file.size);
    if (bounds === "unsatisfiable") {
      headers["content-range"] = `bytes */${file.size}`;
      return new Response(null, { status: 416, headers });
    }
    if (bounds !== null) return partOf(await file.read(), bounds, headers);
  }
  if (encoding !== null) headers["content-encoding"] = encoding;
  if (req.method === "HEAD" && encoding === null) {
    headers["content-length"] = String(file.size);
    return new Response(null, { headers });
  }
  const body = await (encoding === null ? file.read() : file.encodings[encoding]!());
  headers["content-length"] = String(body.byteLength);
  return new Response(req.method === "HEAD" ? null : body, { headers });
}

function partOf(
  body: Uint8Array<ArrayBuffer>,
  { start, end }: { start: number; end: number },
  headers: Record<string, string>,
): Response {
  const part = body.subarray(start, end + 1);
  headers["content-range"] = `bytes ${start}-${end}/${body.byteLength}`;
  headers["content-length"] = String(part.byteLength);
  return new Response(part, { status: 206, headers });
}

/** The best encoding that the file has and the client takes; null for none. */
function acceptedEncoding(req: Request, file: StaticFile): Encoding | null {
  const accepted = (req.headers.get("accept-encoding") ?? "").toLowerCase()
    .split(",")
    .map((item) => item.trim().split(/\s*;\s*q=/))
    .filter(([, quality]) => quality === undefined || Number(quality) > 0)
    .map(([name]) => name);
  return ENCODINGS.find((name) => file.encodings[name] && accepted.includes(name)) ?? null;
}

function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(",").some((item) => {
    const tag = item.trim();
    return tag === "*" || tag.replace(/^W\//, "") === etag;
  });
}

/**
 * The first and the last byte that a `Range` header asks for; null when it is to be ignored: it is
 * malformed, or asks for several ranges.
 */
function parseRange(
  range: string,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(range.trim());
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  const first = match[1] === "" ? null : Number(match[1]);
  const last = match[2] === "" ? null : Number(match[2]);
  const [start, end] = first === null
    ? [Math.max(0, size - last!), size - 1]
    : [first, Math.min(last ?? size - 1, size - 1)];
  if (first !== null && last !== null && last < first) return null;
  return start >= size || start > end ? "unsatisfiable" : { start, end };
}
