import type { DomainEvent } from "../core/event.ts";

/** Whoever runs this Filmroll made a link by which a person can set a new password. */
export type PasswordResetOffered = DomainEvent<"PasswordResetOffered", {
  readonly resetId: number;
  readonly userId: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly expiresAt: string;
}>;

/** The link was used; it is of no use any more. */
export type PasswordReset = DomainEvent<"PasswordReset", {
  readonly resetId: number;
  readonly userId: number;
}>;

export type PasswordResetEvent = PasswordResetOffered | PasswordReset;
