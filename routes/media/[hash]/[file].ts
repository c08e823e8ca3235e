import { HttpError } from "fresh";
import { isFileName, isHash } from "../../../media/picture.ts";
import { RangeNotSatisfiable } from "../../../media/storage.ts";
import { rangeOf } from "../../../web/range.ts";
import { define } from "../../../web/state.ts";

const TYPES = { webp: "image/webp", jpg: "image/jpeg" };

/** A file of a picture. Its address names its content, so that it never means anything else. */
export const handler = define.handlers({
  async GET({ params, req, state: { pictures } }) {
    const { hash, file } = params;
    if (hash === undefined || file === undefined || !isHash(hash) || !isFileName(file)) {
      throw new HttpError(404);
    }
    const etag = `"${hash.slice(0, 32)}-${file}"`;
    const headers: Record<string, string> = {
      etag,
      "accept-ranges": "bytes",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": file.endsWith("webp") ? TYPES.webp : TYPES.jpg,
      "x-content-type-options": "nosniff",
    };
    if (req.headers.get("if-none-match")?.includes(etag)) {
      return new Response(null, { status: 304, headers });
    }
    try {
      const range = rangeOf(req, etag);
      const found = await pictures.open(hash, file, range);
      if (found === null) throw new HttpError(404);
      const { body, start, end, size } = found;
      headers["content-length"] = String(end - start);
      if (range !== undefined) headers["content-range"] = `bytes ${start}-${end - 1}/${size}`;
      if (req.method !== "HEAD") {
        return new Response(body, { status: range === undefined ? 200 : 206, headers });
      }
      await body.cancel();
      return new Response(null, { headers });
    } catch (error) {
      if (!(error instanceof RangeNotSatisfiable)) throw error;
      return new Response(null, {
        status: 416,
        headers: { "content-range": `bytes */${error.size}` },
      });
    }
  },
});
