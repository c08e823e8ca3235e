import { contextOf } from "../core/context.ts";
import { getFeed } from "./queries.ts";

/** What one sees at home. Keeps nothing of its own: it reads what posts and follows already keep. */
export const feed = contextOf<never>()({
  name: "feed",
  streams: {},
  commands: {},
  queries: { GetFeed: getFeed },
});
