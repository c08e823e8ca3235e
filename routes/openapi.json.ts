import { openApiDocument } from "../web/openapi.ts";
import { define } from "../web/state.ts";

let document: Promise<string> | undefined;

export const handler = define.handlers({
  async GET({ state: { publicUrl } }) {
    document ??= openApiDocument(publicUrl).then((value) => JSON.stringify(value));
    return new Response(await document, {
      headers: {
        "content-type": "application/json",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      },
    });
  },
});
