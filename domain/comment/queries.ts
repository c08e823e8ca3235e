import { list, one, type Page, type Row } from "../core/query.ts";
import { sql } from "../core/statement.ts";

/** A comment as the contract's `Comment`. */
export interface CommentView {
  readonly id: number;
  readonly post_id: number;
  readonly author_id: number;
  readonly author_username: string;
  readonly author_profile_image_url: string | null;
  readonly content: string;
  readonly created_at: string;
}

const readComment = (row: Row): CommentView => ({ ...(row as unknown as CommentView) });

export const getComment = one(
  ({ id }: { id: number }) =>
    sql`
    SELECT c.id, c.post_id, c.author_id, u.username AS author_username,
      u.profile_image_url AS author_profile_image_url, c.content, c.created_at
    FROM comment_projection c JOIN user_projection u ON u.id = c.author_id AND u.is_active = 1
    WHERE c.id = ${id}`,
  readComment,
);

export const getPostComments = list(
  ({ postId, limit, offset, before }: { postId: number } & Page) =>
    sql`
    SELECT c.id, c.post_id, c.author_id, u.username AS author_username,
      u.profile_image_url AS author_profile_image_url, c.content, c.created_at
    FROM comment_projection c JOIN user_projection u ON u.id = c.author_id AND u.is_active = 1
    WHERE c.post_id = ${postId} AND c.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY c.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readComment,
);
