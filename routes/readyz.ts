import { define } from "../web/state.ts";

/** Whether requests should be sent here: 200, or 503 with the reasons why not. */
export const handler = define.handlers({
  async GET({ state: { watching } }) {
    const readiness = await watching.readiness();
    return Response.json(readiness, {
      status: readiness.ready ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  },
});
