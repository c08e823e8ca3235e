import { closedUserIds } from "../account/queries.ts";
import { list, type Page } from "../core/query.ts";
import { sql } from "../core/statement.ts";
import { joinPosts } from "../dialect/dialect.ts";
import { postColumns, readPost } from "../post/queries.ts";

/**
 * One's own posts and those of the people one follows, newest first.
 *
 * Read by merging, not by a feed table that each post is copied into. `source` finds each author's
 * newest post before the cursor (one index seek an author); a page of n posts can only come from
 * the n authors with the newest, and from the n newest of each; where there are n authors, from
 * nothing older than the oldest of their newest. So the cost depends on the number
 * of people followed and on the page, not on how much they ever posted, and a post costs its author
 * the same whoever follows.
 */
export const getFeed = list(
  ({ viewer, limit, offset, before = Number.MAX_SAFE_INTEGER }: { viewer: number } & Page) =>
    sql`
    WITH source AS MATERIALIZED (
      SELECT author_id,
        (SELECT max(n.id) FROM post_projection n
         WHERE n.author_id = a.author_id AND n.id < ${before}) AS newest
      FROM (SELECT followee_id AS author_id FROM follow_projection WHERE follower_id = ${viewer}
            UNION ALL SELECT ${viewer}) a
      WHERE author_id NOT IN (${closedUserIds})
      ORDER BY newest DESC NULLS LAST LIMIT ${limit + offset}
    ), page AS (
      SELECT c.id FROM source s ${
      joinPosts(sql`
        SELECT q.id FROM post_projection q
        WHERE q.author_id = s.author_id AND q.id < ${before} AND q.id >= (
          SELECT CASE WHEN count(newest) = ${
        limit + offset
      } THEN min(newest) ELSE 0 END FROM source)
        ORDER BY q.id DESC LIMIT ${limit + offset}`)
    }
      WHERE s.newest IS NOT NULL
      ORDER BY c.id DESC LIMIT ${limit} OFFSET ${offset}
    )
    SELECT ${postColumns(viewer)}
    FROM page JOIN post_projection p ON p.id = page.id JOIN user_projection u ON u.id = p.author_id
    ORDER BY p.id DESC`,
  readPost,
);
