import { define } from "../web/state.ts";

/** Answers while the process is alive and its event loop turns. */
export const handler = define.handlers({
  GET: () => Response.json({ status: "alive" }, { headers: { "cache-control": "no-store" } }),
});
