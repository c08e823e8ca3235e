import { contextOf } from "../core/context.ts";
import { getLeavers, getReadableMessages, getRemains } from "./queries.ts";

/** Whom there is to erase, and what of them is left. How, stands in erasure.ts. */
export const erasure = contextOf<never>()({
  name: "erasure",
  streams: {},
  commands: {},
  queries: {
    GetLeavers: getLeavers,
    GetRemains: getRemains,
    GetReadableMessages: getReadableMessages,
  },
});
