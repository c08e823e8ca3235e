import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { notFound } from "../core/errors.ts";
import { sql } from "../core/statement.ts";
import type { PasswordReset, PasswordResetOffered } from "./events.ts";
import { linkIsOver, passwordResetState } from "./state.ts";

const HOUR = 60 * 60 * 1000;

export interface OfferPasswordReset {
  readonly userId: number;
  /** What the link's secret is known by. */
  readonly tokenHash: string;
}

/** Good for an hour. An earlier link of the same person ends. */
export const offerPasswordReset = command({
  streams: ({ userId }: OfferPasswordReset) => ({ exists: userExists(userId) }),
  decide({ userId }, { exists }, { id, now }): PasswordResetOffered[] {
    if (!exists) throw notFound("User");
    const expiresAt = new Date(now.getTime() + HOUR).toISOString();
    return [{
      type: "PasswordResetOffered",
      data: { resetId: id("password-reset"), userId, expiresAt },
    }];
  },
  result: ([offered]) => ({ expiresAt: offered!.data.expiresAt }),
  secrets: ([offered], { userId, tokenHash }) => [
    sql`DELETE FROM password_reset WHERE user_id = ${userId}`,
    sql`INSERT INTO password_reset (token_hash, reset_id, user_id)
        VALUES (${tokenHash}, ${offered!.data.resetId}, ${userId})`,
  ],
});

export interface ResetPassword {
  readonly resetId: number;
  readonly userId: number;
  /** A bcrypt hash; the password itself is in no command. */
  readonly passwordHash: string;
}

/** Sets the new password and ends every session of the person, wherever they are logged in. */
export const resetPassword = command({
  streams: ({ resetId, userId }: ResetPassword) => ({
    exists: userExists(userId),
    reset: passwordResetState(resetId),
  }),
  decide({ resetId, userId }, { exists, reset }, { now }): PasswordReset[] {
    const isGood = exists && reset.status === "offered" && reset.userId === userId &&
      now.getTime() < Date.parse(reset.expiresAt);
    if (!isGood) throw linkIsOver();
    return [{ type: "PasswordReset", data: { resetId, userId } }];
  },
  result: () => null,
  secrets: (_, { userId, passwordHash }) => [
    sql`DELETE FROM password_reset WHERE user_id = ${userId}`,
    sql`UPDATE credential SET password_hash = ${passwordHash} WHERE user_id = ${userId}`,
    sql`DELETE FROM session WHERE user_id = ${userId}`,
  ],
});
