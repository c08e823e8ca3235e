import { freshOne, list, one, type Row } from "../core/query.ts";
import { sql } from "../core/statement.ts";

/** A person as the operator sees them in a list. */
export interface MemberView {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly is_active: boolean;
  readonly is_suspended: boolean;
  readonly is_admin: boolean;
  readonly post_count: number;
  readonly created_at: string;
}

const readMember = (row: Row): MemberView => ({
  ...(row as unknown as MemberView),
  is_active: row.is_active === 1,
  is_suspended: row.is_suspended === 1,
  is_admin: row.is_admin === 1,
});

const members = sql`
  SELECT u.id, u.username, u.email, u.is_active, u.post_count, u.created_at,
    coalesce(m.is_suspended, 0) AS is_suspended, coalesce(m.is_admin, 0) AS is_admin
  FROM user_projection u LEFT JOIN moderation_projection m ON m.user_id = u.id`;

/** Members in the order of their registering, after one of them. */
export const getMembers = list(
  ({ after, limit }: { after: number; limit: number }) =>
    sql`${members} WHERE u.id > ${after} ORDER BY u.id LIMIT ${limit}`,
  readMember,
);

export const getMember = one(
  ({ id }: { id: number }) => sql`${members} WHERE u.id = ${id}`,
  readMember,
);

/** Whether somebody may see the operator's pages. */
export const isAdmin = freshOne(
  ({ id }: { id: number }) =>
    sql`SELECT 1 AS yes FROM moderation_projection WHERE user_id = ${id} AND is_admin = 1`,
  () => true,
);

/** How many there are of what people make. */
export interface TotalsView {
  readonly people: number;
  readonly posts: number;
  readonly comments: number;
  readonly likes: number;
  readonly follows: number;
  readonly messages: number;
}

export const getTotals = one(
  (_: Record<never, never>) =>
    sql`
    SELECT (SELECT count(*) FROM user_projection WHERE is_active = 1) AS people,
      (SELECT count(*) FROM post_projection) AS posts,
      (SELECT count(*) FROM comment_projection) AS comments,
      (SELECT count(*) FROM like_projection) AS likes,
      (SELECT count(*) FROM follow_projection) AS follows,
      (SELECT count(*) FROM message_projection) AS messages`,
  (row) => row as unknown as TotalsView,
);

/** The id of a person by their id, username or address, as whoever runs a Filmroll may write them. */
export const findMemberId = one(
  ({ text }: { text: string }) =>
    sql`
    SELECT id FROM user_projection
    WHERE username_key = ${text.toLowerCase().replace(/^@/, "")} OR email = ${text.toLowerCase()}
      OR id = ${/^\d{1,15}$/.test(text) ? Number(text) : null}
    ORDER BY id LIMIT 1`,
  (row) => row.id as number,
);
