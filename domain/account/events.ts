import type { DomainEvent } from "../core/event.ts";
import type { ErasingOf, PersonalOf } from "../core/personal.ts";

export type UserRegistered = DomainEvent<"UserRegistered", {
  readonly userId: number;
  readonly username: string;
  readonly email: string;
  readonly fullName: string | null;
}>;

interface Claim {
  /** What stands for the name or the address, which is in {@linkcode UserRegistered} alone. */
  readonly pseudonym: string;
  readonly userId: number;
}

/** A name is claimed in a stream of its own, so that the store itself keeps it unique. */
export type UsernameClaimed = DomainEvent<"UsernameClaimed", Claim>;
export type EmailClaimed = DomainEvent<"EmailClaimed", Claim>;

/** It is anybody's again. */
export type UsernameReleased = DomainEvent<"UsernameReleased", Claim>;
export type EmailReleased = DomainEvent<"EmailReleased", Claim>;

/** Holds the fields that changed, and only those. */
export type ProfileUpdated = DomainEvent<"ProfileUpdated", {
  readonly userId: number;
  readonly fullName?: string | null;
  readonly bio?: string | null;
  readonly profileImageUrl?: string | null;
  /** The picture behind the address, if it is kept here; there with `profileImageUrl`. */
  readonly avatarId?: number | null;
  /** The kept picture that is the avatar no more. */
  readonly replacedId?: number;
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

/** A person deletes their account: nobody sees it any more, and it waits to be erased. */
export type AccountClosed = DomainEvent<"AccountClosed", {
  readonly userId: number;
  /** ISO 8601 in UTC with milliseconds; until then they can come back. */
  readonly eraseAt: string;
}>;

export type AccountRestored = DomainEvent<"AccountRestored", { readonly userId: number }>;

/** Nothing of what they were or said can be read from now on. */
export type UserErased = DomainEvent<"UserErased", { readonly userId: number }>;

export type AccountEvent =
  | UserRegistered
  | UsernameClaimed
  | EmailClaimed
  | UsernameReleased
  | EmailReleased
  | ProfileUpdated
  | UserLoggedIn
  | UserLoggedOut
  | AccountClosed
  | AccountRestored
  | UserErased;

export const personal = {
  UserRegistered: {
    whose: "userId",
    erased: {
      // No name that somebody can register, and unique as names are.
      username: (userId) => `deleted-${userId}`,
      email: (userId) => `deleted-${userId}`,
      fullName: null,
    },
  },
  ProfileUpdated: {
    whose: "userId",
    erased: { fullName: null, bio: null, profileImageUrl: null },
  },
} satisfies PersonalOf<AccountEvent>;

export const erasing = { UserErased: "userId" } satisfies ErasingOf<AccountEvent>;
