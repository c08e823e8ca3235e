import { one } from "../core/query.ts";
import { sql } from "../core/statement.ts";

/** How many like a post; null where there is no such post. */
export const getLikeCount = one(
  ({ postId }: { postId: number }) =>
    sql`SELECT like_count FROM post_projection WHERE id = ${postId}`,
  (row) => row.like_count as number,
);
