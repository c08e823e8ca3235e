import { contextOf } from "../core/context.ts";
import { offerPasswordReset, resetPassword } from "./commands.ts";
import type { PasswordResetEvent } from "./events.ts";
import { getPasswordReset } from "./queries.ts";
import { passwordResetState } from "./state.ts";

const stream = ({ resetId }: PasswordResetEvent["data"]) => `password-reset-${resetId}`;

/** Links by which people who forgot their password set a new one. */
export const passwordReset = contextOf<PasswordResetEvent>()({
  name: "password_reset",
  streams: { PasswordResetOffered: stream, PasswordReset: stream },
  states: { "password-reset": passwordResetState },
  commands: { OfferPasswordReset: offerPasswordReset, ResetPassword: resetPassword },
  queries: { GetPasswordReset: getPasswordReset },
  tables: [
    `CREATE TABLE IF NOT EXISTS password_reset (
      token_hash TEXT PRIMARY KEY,
      reset_id INTEGER NOT NULL,
      user_id INTEGER NOT NULL
    )`,
  ],
});
