import { HttpError } from "fresh";
import { define } from "../../web/state.ts";

/** Pictures are named by the SHA-256 of their content, so a name never means anything else. */
const NAME = /^[0-9a-f]{64}\.webp$/;

export const handler = define.handlers({
  async GET({ params, req, state: { mediaDir } }) {
    const name = params.name!;
    if (!NAME.test(name)) throw new HttpError(404);
    const etag = `"${name.slice(0, 32)}"`;
    const headers = {
      etag,
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    };
    if (req.headers.get("if-none-match") === etag) {
      return new Response(null, { status: 304, headers });
    }
    try {
      const file = await Deno.open(`${mediaDir}/${name}`);
      return new Response(file.readable, { headers });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) throw new HttpError(404);
      throw error;
    }
  },
});
