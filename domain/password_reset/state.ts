import { stateOf } from "../core/decider.ts";
import { type DomainError, refused } from "../core/errors.ts";
import type { PasswordResetEvent } from "./events.ts";

export type PasswordResetState =
  | { readonly status: "unknown" | "used" }
  | { readonly status: "offered"; readonly userId: number; readonly expiresAt: string };

/** What somebody hears whose link is of no use. */
export const linkIsOver = (): DomainError =>
  refused("This link was used already, or has run out; ask for a new one");

const unknown: PasswordResetState = { status: "unknown" };

export const passwordResetState = (resetId: number) =>
  stateOf(`password-reset-${resetId}`, {
    initial: unknown,
    evolve: (_: PasswordResetState, { type, data }: PasswordResetEvent): PasswordResetState =>
      type === "PasswordResetOffered"
        ? { status: "offered", userId: data.userId, expiresAt: data.expiresAt }
        : { status: "used" },
  });
