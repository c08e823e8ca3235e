import { command } from "../core/decider.ts";
import type { DomainEvent } from "../core/event.ts";
import { notFound, refused, taken } from "../core/errors.ts";
import { sql, type Statement } from "../core/statement.ts";
import { attach, requireAttachable } from "../media/attach.ts";
import type { MediaAttached } from "../media/events.ts";
import { thumbnailOf } from "../media/image.ts";
import { mediaStates } from "../media/state.ts";
import { moderationOf, suspended } from "../moderation/state.ts";
import { emailPseudonym, normaliseEmail, usernamePseudonym } from "./identity.ts";
import type {
  AccountClosed,
  AccountRestored,
  EmailClaimed,
  EmailReleased,
  ProfileUpdated,
  UserErased,
  UserLoggedIn,
  UserLoggedOut,
  UsernameClaimed,
  UsernameReleased,
  UserRegistered,
} from "./events.ts";
import {
  type Account,
  accountState,
  emailClaim,
  loginState,
  standingOf,
  userExists,
  usernameClaim,
} from "./state.ts";

export interface RegisterUser {
  readonly username: string;
  readonly email: string;
  readonly fullName: string | null;
  /** A bcrypt hash; the password itself is in no command. */
  readonly passwordHash: string;
}

export const registerUser = command({
  streams: ({ username, email }: RegisterUser, pseudonym) => ({
    username: usernameClaim(usernamePseudonym(username, pseudonym)),
    email: emailClaim(emailPseudonym(email, pseudonym)),
  }),
  decide(
    { username, email, fullName },
    claims,
    { id, pseudonym },
  ): [UsernameClaimed, EmailClaimed, UserRegistered] {
    if (claims.email !== null) throw taken("This e-mail is already registered", "email");
    if (claims.username !== null) {
      throw taken(`Username "${username}" is already taken`, "username");
    }
    const userId = id("user");
    return [
      {
        type: "UsernameClaimed",
        data: { pseudonym: usernamePseudonym(username, pseudonym), userId },
      },
      { type: "EmailClaimed", data: { pseudonym: emailPseudonym(email, pseudonym), userId } },
      {
        type: "UserRegistered",
        data: { userId, username, email: normaliseEmail(email), fullName },
      },
    ];
  },
  result: ([claimed]) => ({ userId: claimed!.data.userId }),
  secrets: ([claimed], { passwordHash }) => [
    sql`INSERT INTO credential (user_id, password_hash)
        VALUES (${claimed!.data.userId}, ${passwordHash})`,
  ],
});

export interface UpdateUser {
  readonly by: number;
  /** Fields left out keep their value; null clears one. */
  readonly changes: {
    readonly fullName?: string | null;
    readonly bio?: string | null;
    readonly profileImageUrl?: string | null;
  };
  /** A picture that the person uploaded, to be their profile's. */
  readonly media?: number | undefined;
}

export const updateUser = command({
  streams: ({ by, media }: UpdateUser) => ({
    account: accountState(by),
    ...mediaStates(media === undefined ? [] : [media]),
  }),
  decide(
    { by, changes, media },
    { account, ...states },
  ): (ProfileUpdated | MediaAttached)[] {
    if (!account.exists) throw notFound("User");
    const avatars = requireAttachable(media === undefined ? [] : [media], states, by);
    const [avatar] = avatars;
    const wanted = avatar === undefined
      ? changes
      : { ...changes, profileImageUrl: thumbnailOf(avatar) };
    const changed = Object.fromEntries(
      Object.entries(wanted).filter(([field, value]) =>
        value !== undefined && value !== account[field as keyof typeof wanted]
      ),
    );
    if (Object.keys(changed).length === 0) return [];
    const replaced = "profileImageUrl" in changed
      ? replacing(account, avatar?.mediaId ?? null)
      : {};
    return [
      { type: "ProfileUpdated", data: { userId: by, ...changed, ...replaced } },
      ...attach("profileImageUrl" in changed ? avatars : [], by, { kind: "avatar", id: by }),
    ];
  },
  result: () => null,
});

/** Which kept picture comes in the place of which. */
const replacing = (
  { avatarId: replacedId }: Account,
  avatarId: number | null,
): Pick<ProfileUpdated["data"], "avatarId" | "replacedId"> =>
  avatarId === replacedId ? {} : { avatarId, ...(replacedId !== null && { replacedId }) };

export interface LoginUser {
  /** Who proved to be themselves by their password. */
  readonly by: number;
  /** For a browser: what its cookie is known by, and until when. Null for a program's token. */
  readonly session: { readonly tokenHash: string; readonly expiresAt: string } | null;
}

export const loginUser = command({
  streams: ({ by }: LoginUser) => ({ exists: userExists(by), moderation: moderationOf(by) }),
  decide({ by, session }, { exists, moderation }, { id }): UserLoggedIn[] {
    if (!exists) throw notFound("User");
    if (moderation.isSuspended) throw suspended();
    return [{
      type: "UserLoggedIn",
      data: { loginId: id("login"), userId: by, by: session === null ? "token" : "session" },
    }];
  },
  result: ([loggedIn]) => ({ loginId: loggedIn!.data.loginId }),
  secrets: ([loggedIn], { by, session }) =>
    session === null ? [] : [
      sql`INSERT INTO session (token_hash, user_id, login_id, expires_at)
          VALUES (${session.tokenHash}, ${by}, ${loggedIn!.data.loginId}, ${session.expiresAt})`,
    ],
});

export interface LogoutUser {
  readonly by: number;
  readonly loginId: number;
}

export const logoutUser = command({
  streams: ({ loginId }: LogoutUser) => ({ login: loginState(loginId) }),
  decide({ by, loginId }, { login }): UserLoggedOut[] {
    if (login.userId !== by || login.ended) return [];
    return [{ type: "UserLoggedOut", data: { loginId, userId: by } }];
  },
  result: () => null,
  secrets: (_, { by, loginId }) => [
    sql`DELETE FROM session WHERE login_id = ${loginId} AND user_id = ${by}`,
  ],
});

export interface ExtendSession {
  readonly by: number;
  readonly tokenHash: string;
  readonly now: string;
  readonly expiresAt: string;
}

/** A session slides: no fact worth an event, so only its row changes; expired ones go with it. */
export const extendSession = command({
  streams: (_: ExtendSession) => ({}),
  decide: (): DomainEvent[] => [],
  result: () => null,
  secrets: (_, { by, tokenHash, now, expiresAt }) => [
    sql`UPDATE session SET expires_at = ${expiresAt}
        WHERE token_hash = ${tokenHash} AND user_id = ${by}`,
    sql`DELETE FROM session WHERE expires_at <= ${now}`,
  ],
});

const DAY = 24 * 60 * 60 * 1000;

export interface CloseAccount {
  /** Who proved once more to be themselves. */
  readonly by: number;
  /** Days to come back in, from 0 on. */
  readonly graceDays: number;
}

/**
 * Ends every session at once; what the person made waits until the grace is over. Of an account that
 * is closed already, the grace can be made shorter.
 */
export const closeAccount = command({
  streams: ({ by }: CloseAccount) => ({ standing: standingOf(by) }),
  decide({ by, graceDays }, { standing }, { now }): AccountClosed[] {
    const { status } = standing;
    if (status === "unknown" || status === "erased") throw notFound("User");
    const eraseAt = new Date(now.getTime() + graceDays * DAY).toISOString();
    if (status === "closed" && standing.eraseAt <= eraseAt) return [];
    return [{ type: "AccountClosed", data: { userId: by, eraseAt } }];
  },
  result: () => null,
  secrets: (_, { by }) => [endSessions(by)],
});

export interface RestoreAccount {
  readonly by: number;
}

export const restoreAccount = command({
  streams: ({ by }: RestoreAccount) => ({ standing: standingOf(by) }),
  decide({ by }, { standing }, { now }): AccountRestored[] {
    if (standing.status === "open") return [];
    if (standing.status !== "closed") throw notFound("User");
    if (isOver(standing.eraseAt, now)) throw refused("This account is being erased");
    return [{ type: "AccountRestored", data: { userId: by } }];
  },
  result: () => null,
});

export interface EraseUser {
  readonly userId: number;
  /** As they are claimed: both are free afterwards. */
  readonly username: string;
  readonly email: string;
}

/** The end of erasing somebody, when nothing is left that others see or count. */
export const eraseUser = command({
  streams: ({ userId, username, email }: EraseUser, pseudonym) => ({
    standing: standingOf(userId),
    username: usernameClaim(usernamePseudonym(username, pseudonym)),
    email: emailClaim(emailPseudonym(email, pseudonym)),
  }),
  decide(
    { userId, username, email },
    { standing, ...claims },
    { now, pseudonym },
  ): (UserErased | UsernameReleased | EmailReleased)[] {
    if (standing.status === "erased") return [];
    if (standing.status !== "closed" || !isOver(standing.eraseAt, now)) {
      throw refused("Only an account that was closed, and whose grace is over, can be erased");
    }
    if (claims.username !== userId || claims.email !== userId) {
      throw refused("This name and address are somebody else's");
    }
    return [
      {
        type: "UsernameReleased",
        data: { pseudonym: usernamePseudonym(username, pseudonym), userId },
      },
      { type: "EmailReleased", data: { pseudonym: emailPseudonym(email, pseudonym), userId } },
      { type: "UserErased", data: { userId } },
    ];
  },
  result: () => null,
  secrets: (_, { userId }) => [
    sql`DELETE FROM credential WHERE user_id = ${userId}`,
    endSessions(userId),
  ],
});

const isOver = (eraseAt: string, now: Date): boolean => now.getTime() >= Date.parse(eraseAt);

const endSessions = (userId: number): Statement =>
  sql`DELETE FROM session WHERE user_id = ${userId}`;
