import { freshOne } from "../core/query.ts";
import { sql } from "../core/statement.ts";

export interface PasswordResetView {
  readonly resetId: number;
  readonly userId: number;
  readonly username: string;
}

/** What a link's secret is for; null where it was used, or replaced by another. */
export const getPasswordReset = freshOne(
  ({ tokenHash }: { tokenHash: string }) =>
    sql`
    SELECT r.reset_id, r.user_id, u.username
    FROM password_reset r JOIN user_projection u ON u.id = r.user_id
    WHERE r.token_hash = ${tokenHash} AND u.is_active = 1`,
  (row): PasswordResetView => ({
    resetId: row.reset_id as number,
    userId: row.user_id as number,
    username: row.username as string,
  }),
);
