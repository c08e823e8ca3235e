import type { DomainEvent } from "../core/event.ts";

export type UserRegistered = DomainEvent<"UserRegistered", {
  readonly userId: number;
  readonly username: string;
  readonly email: string;
  readonly fullName: string | null;
}>;

/** A name is claimed in a stream of its own, so that the store itself keeps it unique. */
export type UsernameClaimed = DomainEvent<"UsernameClaimed", {
  /** As it is compared: lower-case. */
  readonly username: string;
  readonly userId: number;
}>;

/** As {@linkcode UsernameClaimed}; the address itself stands in {@linkcode UserRegistered} alone. */
export type EmailClaimed = DomainEvent<"EmailClaimed", {
  /** SHA-256 of the normalised address, in hexadecimal. */
  readonly emailHash: string;
  readonly userId: number;
}>;

/** Holds the fields that changed, and only those. */
export type ProfileUpdated = DomainEvent<"ProfileUpdated", {
  readonly userId: number;
  readonly fullName?: string | null;
  readonly bio?: string | null;
  readonly profileImageUrl?: string | null;
}>;

/** A browser's session or a program's token was given out. The secret itself is in no event. */
export type UserLoggedIn = DomainEvent<"UserLoggedIn", {
  readonly loginId: number;
  readonly userId: number;
  readonly by: "session" | "token";
}>;

export type UserLoggedOut = DomainEvent<"UserLoggedOut", {
  readonly loginId: number;
  readonly userId: number;
}>;

export type AccountEvent =
  | UserRegistered
  | UsernameClaimed
  | EmailClaimed
  | ProfileUpdated
  | UserLoggedIn
  | UserLoggedOut;
