import { lastStateOf, stateOf } from "../core/decider.ts";
import type { Sealed } from "../core/personal.ts";
import type {
  AccountClosed,
  AccountRestored,
  EmailClaimed,
  EmailReleased,
  personal,
  ProfileUpdated,
  UserErased,
  UserLoggedIn,
  UserLoggedOut,
  UsernameClaimed,
  UsernameReleased,
  UserRegistered,
} from "./events.ts";

export interface Account {
  readonly exists: boolean;
  readonly fullName: string | null;
  readonly bio: string | null;
  readonly profileImageUrl: string | null;
  /** The picture behind the address, if it is kept here. */
  readonly avatarId: number | null;
}

const nobody: Account = {
  exists: false,
  fullName: null,
  bio: null,
  profileImageUrl: null,
  avatarId: null,
};

type UserEvent = UserRegistered | ProfileUpdated | AccountClosed | AccountRestored | UserErased;

function evolveAccount(account: Account, event: UserEvent): Account {
  switch (event.type) {
    case "UserRegistered":
      return { ...nobody, exists: true, fullName: event.data.fullName };
    case "ProfileUpdated":
      return { ...account, ...event.data };
    case "AccountRestored":
      return { ...account, exists: true };
    case "AccountClosed":
    case "UserErased":
      return { ...account, exists: false };
    default:
      return account;
  }
}

export const accountState = (userId: number) =>
  stateOf(`user-${userId}`, { initial: nobody, evolve: evolveAccount });

/** What has become of an account. */
export type Standing =
  | { readonly status: "unknown" | "open" | "erased" }
  | { readonly status: "closed"; readonly eraseAt: string };

type SealedUserEvent = Sealed<UserEvent, typeof personal>;

function evolveStanding(_: Standing, event: SealedUserEvent): Standing {
  switch (event.type) {
    case "AccountClosed":
      return { status: "closed", eraseAt: event.data.eraseAt };
    case "UserErased":
      return { status: "erased" };
    default:
      return { status: "open" };
  }
}

/** A closed account records nothing but that it is restored or erased, so the last event tells. */
export const standingOf = (userId: number) =>
  lastStateOf(`user-${userId}`, {
    initial: { status: "unknown" } as Standing,
    evolve: evolveStanding,
    isSealed: true,
  });

/** Whether there is such a person, and their account is open. */
export const userExists = (userId: number) =>
  lastStateOf(`user-${userId}`, {
    initial: false as boolean,
    evolve: (_: boolean, { type }: SealedUserEvent) =>
      type !== "AccountClosed" && type !== "UserErased",
    isSealed: true,
  });

/** Who holds a name or an address; null while it is free. */
export type Claim = number | null;

const claim = {
  initial: null as Claim,
  evolve: (
    _: Claim,
    { type, data }: UsernameClaimed | EmailClaimed | UsernameReleased | EmailReleased,
  ): Claim => type === "UsernameReleased" || type === "EmailReleased" ? null : data.userId,
};

export const usernameClaim = (pseudonym: string) => lastStateOf(`username-${pseudonym}`, claim);

export const emailClaim = (pseudonym: string) => lastStateOf(`email-${pseudonym}`, claim);

export interface Login {
  readonly userId: number | null;
  readonly ended: boolean;
}

export const loginState = (loginId: number) =>
  stateOf(`login-${loginId}`, {
    initial: { userId: null, ended: false } as Login,
    evolve: (login: Login, event: UserLoggedIn | UserLoggedOut): Login =>
      event.type === "UserLoggedIn"
        ? { userId: event.data.userId, ended: false }
        : { ...login, ended: true },
  });
