import { z } from "zod";
import { STREAM_HEADERS } from "../web/live/stream.ts";
import { PositionText } from "../web/nodes/read_your_writes.ts";
import { InvalidInput, LoginRequired } from "../web/problem.ts";
import { define } from "../web/state.ts";

const MOST_TOPICS = 100;
const TOPIC = /^(?:feed|(?:post|user)-[1-9]\d{0,15})$/;

const Topics = z.string().transform((text) => text === "" ? [] : [...new Set(text.split(","))])
  .refine((topics) => topics.length <= MOST_TOPICS, `Must be at most ${MOST_TOPICS} topics`)
  .refine(
    (topics) => topics.every((topic) => TOPIC.test(topic)),
    'Must be "feed", "post-<id>" or "user-<id>", with commas between',
  );

const LiveQuery = z.object({
  topics: Topics.default([]),
  after: PositionText.optional(),
});

/**
 * What happens, as Server-Sent Events: what concerns the caller, and the topics asked for. An event's
 * id is its position on the film; one goes on from there with `Last-Event-ID`, or with `?after=` in a
 * stream that is opened anew.
 */
export const handler = define.handlers({
  async GET({ req, state, url }) {
    // An EventSource can do nothing with a page, not even with one about an error.
    state.wants = "json";
    const { caller, limiter, live, livePosition } = state;
    if (caller === null) throw new LoginRequired();
    await limiter.take("live", caller.id);
    const query = LiveQuery.safeParse(Object.fromEntries(url.searchParams));
    if (!query.success) {
      throw new InvalidInput(
        query.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
      );
    }
    const { topics, after = livePosition } = query.data;
    if (req.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
    const lastId = PositionText.safeParse(req.headers.get("last-event-id"));
    const body = live.open({
      caller,
      topics: topics.filter((topic) => topic !== "feed"),
      feed: topics.includes("feed"),
      after: lastId.success ? lastId.data : after,
      position: livePosition,
    });
    return new Response(body, { headers: STREAM_HEADERS });
  },
});
