import { list, one, type Row } from "../core/query.ts";
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
export const isAdmin = one(
  ({ id }: { id: number }) =>
    sql`SELECT 1 AS yes FROM moderation_projection WHERE user_id = ${id} AND is_admin = 1`,
  () => true,
);
