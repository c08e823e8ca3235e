/** What a question costs on PostgreSQL, by the rows that it looks at: no table is read whole. */
import assert from "node:assert/strict";
import { schemaOf } from "../core/bus.ts";
import type { AnyQuery } from "../core/context.ts";
import type { SqlValue, Statement } from "../core/statement.ts";
import type { EventStore } from "../event_store/event_store.ts";
import { textOf } from "../event_store/postgres/connection.ts";
import { startPostgres } from "../event_store/postgres/testing.ts";
import { openReadModels } from "../event_store/postgres/testing_read_models.ts";
import { contexts, type QueryName } from "../mod.ts";
import { NOW } from "../testing.ts";

const now = NOW.toISOString();

/**
 * 5,000 people and 20,000 of most things; the first person has a thousand followers and notifications,
 * the first two a conversation of 5,000 messages, and the first post 5,000 comments.
 */
const MANY = [
  `user_projection SELECT i, 'user' || i, 'user' || i, 'user' || i || '@example.com', NULL, NULL, NULL,
     1, NULL, NULL, 4, 4, 4, '${now}' FROM generate_series(1, 5000) i`,
  `user_search_projection SELECT i, array_to_tsvector(ARRAY['user' || i]), ''
   FROM generate_series(1, 5000) i`,
  `post_projection SELECT i, 1 + i % 5000, 'A post', NULL, NULL, 2, 1, '${now}', NULL
   FROM generate_series(1, 20000) i`,
  "hashtag_projection SELECT i, 'tag' || i, 4 FROM generate_series(1, 5000) i",
  "hashtag_search_projection SELECT i, 'tag' || i FROM generate_series(1, 5000) i",
  "post_hashtag_projection SELECT 1 + i % 5000, i FROM generate_series(1, 20000) i",
  `follow_projection SELECT 1 + i % 5000, 1 + (i * 7 + i / 5000) % 5000, i
   FROM generate_series(1, 20000) i`,
  `follow_projection SELECT i, 1, 20000 + i FROM generate_series(1001, 2000) i
   ON CONFLICT DO NOTHING`,
  `like_projection SELECT 1 + i % 20000, 1 + (i * 3 + i / 20000) % 5000, '${now}'
   FROM generate_series(1, 50000) i`,
  `comment_projection SELECT i, CASE WHEN i % 4 = 0 THEN 1 ELSE i END, 1 + i % 5000, 'Hello', '${now}'
   FROM generate_series(1, 20000) i`,
  `notification_projection SELECT i, CASE WHEN i % 20 = 0 THEN 1 ELSE 1 + i % 5000 END, 1 + i % 4999,
     'like', i, 0, 0, '${now}' FROM generate_series(1, 20000) i`,
  `message_projection SELECT i, low, high, low, high, 'Hello', NULL, '${now}' FROM (
     SELECT i, CASE WHEN i % 4 = 0 THEN 1 ELSE i % 4000 + 1 END AS low,
       CASE WHEN i % 4 = 0 THEN 2 ELSE i % 4000 + 2 END AS high
     FROM generate_series(1, 20000) i) pair`,
  `conversation_projection SELECT low_user_id, high_user_id, max(id), 0, 0, 0
   FROM message_projection GROUP BY 1, 2`,
  `conversation_projection SELECT high_user_id, low_user_id, max(id), max(id), 0, 1
   FROM message_projection GROUP BY 1, 2`,
  `story_projection SELECT i, 1 + i % 5000, 'A story', NULL, NULL, 1, '${now}',
     CASE WHEN i % 4 = 0 THEN '2026-03-02' ELSE '2026-02-02' END FROM generate_series(1, 20000) i`,
  `story_view_projection SELECT i, 1 + i % 5000, i, '${now}' FROM generate_series(1, 20000) i`,
  `media_projection SELECT i, 1 + i % 5000, 'hash' || i, 1, 1, '', 0, 1000, '', 'post', i, '${now}'
   FROM generate_series(1, 20000) i`,
];

const page = { limit: 20, offset: 0 };
const part = { userId: 1, after: 0, limit: 20 };

const QUESTIONS: readonly (readonly [QueryName, object])[] = [
  ["GetFeed", { viewer: 7, ...page }],
  ["GetFeed", { viewer: 7, ...page, before: 10_000 }],
  ["GetPost", { id: 7, viewer: 1 }],
  ["GetUserPosts", { id: 7, viewer: 1, ...page }],
  ["GetPostComments", { postId: 1, ...page }],
  ["GetUserById", { id: 7, viewer: 1 }],
  ["GetUserProfile", { id: 7, viewer: 1 }],
  ["GetUserIdByUsername", { username: "user7" }],
  ["GetCredentialByEmail", { email: "user7@example.com" }],
  ["GetCaller", { id: 7 }],
  ["GetUserFollowers", { id: 1, viewer: 2, ...page }],
  ["GetUserFollowers", { id: 1, viewer: 2, ...page, before: 1500 }],
  ["GetUserFollowing", { id: 7, viewer: 2, ...page }],
  ["GetNotifications", { viewer: 1, ...page }],
  ["GetUnreadNotificationCount", { viewer: 1 }],
  ["GetLatestUnreadNotificationId", { viewer: 1 }],
  ["GetConversations", { viewer: 2, ...page }],
  ["GetConversation", { viewer: 1, otherId: 2, ...page }],
  ["GetUnreadMessageCount", { viewer: 2 }],
  ["GetStoryTray", { viewer: 7, now, limit: 20 }],
  ["GetStoryFeed", { viewer: 7, now, ...page }],
  ["GetUserStories", { id: 7, viewer: 1, now, limit: 20 }],
  ["GetStoryViewers", { storyId: 7, viewer: 1, ...page }],
  ["SearchUsers", { q: "user777", viewer: 1, ...page }],
  ["SearchHashtags", { q: "tag777", ...page }],
  ["GetPostsByHashtag", { tag: "tag7", viewer: 1, ...page }],
  ["GetRecentPosts", { viewer: 1, ...page }],
  ["GetPopularPosts", { viewer: 1, limit: 20 }],
  ["GetPopularHashtags", { limit: 20 }],
  ["GetAttachedMedia", { kind: "post", id: 7 }],
  ["GetUnusedMedia", { uploadedBefore: now, now, limit: 20 }],
  ["IsHashKept", { hash: "hash7" }],
  ["GetMembers", { after: 1000, limit: 20 }],
  ["FindMemberId", { text: "user7" }],
  ["GetLeavers", { now, limit: 20 }],
  ["GetRemains", { userId: 1, limit: 20 }],
  ["GetReadableMessages", { userId: 1, limit: 20 }],
  ["GetOwnPosts", part],
  ["GetOwnStories", part],
  ["GetOwnComments", part],
  ["GetOwnLikes", part],
  ["GetOwnFollowers", part],
  ["GetCorrespondence", { ...part, otherId: 2 }],
  ["GetOwnNotifications", part],
  ["GetOwnMedia", part],
];

/** Five hundred posts with all that shows them are the most that a query looks at. */
const MOST_ROWS = 2500;

interface Step {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Step[];
}

/** The rows that the scans of a plan came by. */
function rowsLookedAt(step: Step): number {
  const own = step["Node Type"].endsWith("Scan") && step["Node Type"] !== "Subquery Scan"
    ? (step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0)) * step["Actual Loops"]
    : 0;
  return (step.Plans ?? []).reduce((rows, one) => rows + rowsLookedAt(one), own);
}

/** The plan that serves whatever the parameters are, as it went with these. */
async function planOf(query: EventStore["query"], statement: Statement): Promise<Step> {
  const { texts, params } = statement.inPostgres?.() ?? statement;
  const run = (text: string) => query({ texts: [text], params: [] });
  await run(`PREPARE question AS ${textOf(texts)}`);
  const values = params.length === 0 ? "" : `(${params.map(literal).join()})`;
  const [row] = await run(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE question${values}`);
  await run("DEALLOCATE question");
  const [{ Plan }] = row!["QUERY PLAN"] as [{ Plan: Step }];
  return Plan;
}

const literal = (value: SqlValue): string =>
  value === null ? "NULL" : `'${String(value).replaceAll("'", "''")}'`;

Deno.test("a query looks at few rows on PostgreSQL, however many there are", async () => {
  await using server = await startPostgres();
  await using readModels = await openReadModels(
    await server.createDatabase(),
    schemaOf(contexts),
  );
  const queries: Readonly<Record<string, AnyQuery>> = Object.assign(
    {},
    ...contexts.map(({ queries }) => queries),
  );
  await readModels.develop([], async (query) => {
    for (const rows of MANY) await query({ texts: [`INSERT INTO ${rows}`], params: [] });
    await query({ texts: ["ANALYZE"], params: [] });
    for (const [name, input] of QUESTIONS) {
      const plan = await planOf(query, queries[name]!.statement(input));
      const rows = rowsLookedAt(plan);
      assert.ok(
        rows <= MOST_ROWS,
        `${name} looks at ${rows} rows: ${JSON.stringify(plan, null, 1)}`,
      );
    }
  });
});
