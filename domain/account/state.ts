import { lastStateOf, stateOf } from "../core/decider.ts";
import type {
  EmailClaimed,
  ProfileUpdated,
  UserLoggedIn,
  UserLoggedOut,
  UsernameClaimed,
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

function evolveAccount(account: Account, event: UserRegistered | ProfileUpdated): Account {
  switch (event.type) {
    case "UserRegistered":
      return { ...nobody, exists: true, fullName: event.data.fullName };
    case "ProfileUpdated":
      return { ...account, ...event.data };
    default:
      return account;
  }
}

export const accountState = (userId: number) =>
  stateOf(`user-${userId}`, { initial: nobody, evolve: evolveAccount });

/** Whether there is such a person, which any event of their stream proves. */
export const userExists = (userId: number) =>
  lastStateOf(`user-${userId}`, { initial: false as boolean, evolve: () => true });

/** Who holds a name or an address; null while it is free. */
export type Claim = number | null;

const claim = {
  initial: null as Claim,
  evolve: (_: Claim, event: UsernameClaimed | EmailClaimed): Claim => event.data.userId,
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
