import type { CallerView, Credential } from "../domain/account/queries.ts";
import { normaliseEmail } from "../domain/account/identity.ts";
import type { Sender } from "../domain/core/bus.ts";
import { type Clock, systemClock } from "../domain/core/clock.ts";
import { unauthenticated } from "../domain/core/errors.ts";
import { uuidOf } from "../domain/core/id.ts";
import { StoreOverloaded, StoreUnavailable } from "../domain/event_store/event_store.ts";
import type { Filmroll } from "../domain/mod.ts";
import { suspended } from "../domain/moderation/state.ts";
import type { PasswordResetView } from "../domain/password_reset/queries.ts";
import { linkIsOver } from "../domain/password_reset/state.ts";
import type { Passwords } from "./passwords.ts";
import type { RateLimiter } from "./rate_limit.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { TOKEN_SECONDS, type Tokens } from "./tokens.ts";

const DAY = 24 * 60 * 60 * 1000;
const SESSION_DAYS = 30;

/** A session slides at most once a day, so that browsing does not write. */
const SLIDE_AFTER = DAY;

/** Who sends a request, and by what they proved it. */
export interface Caller extends CallerView {
  /** The browser session; null for a program's token. */
  readonly session: { readonly tokenHash: string; readonly loginId: number } | null;
  /** When that runs out, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly fullName: string | null;
}

export interface AccountsOptions {
  readonly filmroll: Filmroll;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  readonly clock?: Clock;
}

/**
 * How people and programs prove who they are: passwords, sessions for browsers, tokens for programs.
 * A session's cookie is 256 random bits; the database knows only its SHA-256.
 */
export class Accounts {
  readonly #filmroll: Filmroll;
  readonly #passwords: Passwords;
  readonly #tokens: Tokens;
  readonly #limiter: RateLimiter;
  readonly #clock: Clock;

  constructor({ filmroll, passwords, tokens, limiter, clock = systemClock }: AccountsOptions) {
    this.#filmroll = filmroll;
    this.#passwords = passwords;
    this.#tokens = tokens;
    this.#limiter = limiter;
    this.#clock = clock;
  }

  /**
   * Registers somebody and answers their id. `address` is the network address asking.
   *
   * Nobody is logged in yet, so the command id is bound to the name and the address of the account:
   * by itself, sent by the next person at the same browser, it would hand them this account.
   */
  async register(
    { password, ...account }: NewAccount,
    address: string,
    commandId?: string,
  ): Promise<number> {
    await this.#limiter.take("register", address);
    const passwordHash = await this.#passwords.hash(password);
    const { username, email } = account;
    const { userId } = await this.#filmroll.commands.execute(
      "RegisterUser",
      { ...account, passwordHash },
      { actor: null, commandId: commandId && uuidOf(commandId, username, normaliseEmail(email)) },
    );
    return userId;
  }

  /**
   * The id of whom an address and a password belong to. An account that was deleted is open again, as
   * long as it is not erased.
   *
   * @throws DomainError `unauthenticated`; the same, and after the same time, whichever was wrong
   * @throws TooManyRequests after too many wrong passwords
   */
  async authenticate(
    email: string,
    password: string,
    address: string,
  ): Promise<{ userId: number; isRestored: boolean }> {
    const { userId, isClosed } = await this.#prove(email, password, address);
    if (isClosed) {
      await this.#filmroll.commands.execute("RestoreAccount", { by: userId }, { actor: userId });
    }
    return { userId, isRestored: isClosed };
  }

  /** Deletes the caller's account, who must prove once more to be themselves. */
  async close(
    { id }: Caller,
    { password, graceDays, address }: { password: string; graceDays: number; address: string },
    sender: Sender,
  ): Promise<void> {
    const user = await this.#filmroll.queries.ask("GetUserById", { id, viewer: id });
    await this.#prove(user?.email ?? "", password, address);
    await this.#filmroll.commands.execute("CloseAccount", { by: id, graceDays }, sender);
  }

  /** Whose an address and a password are; see {@linkcode authenticate}. */
  async #prove(email: string, password: string, address: string): Promise<Credential> {
    const normalised = normaliseEmail(email);
    // Taken at once and given back on success, so that guesses sent side by side are counted too.
    await this.#limiter.take("loginByAddress", address);
    await this.#limiter.take("loginByEmail", normalised);
    const credential = await this.#filmroll.queries.ask("GetCredentialByEmail", {
      email: normalised,
    });
    const matches = await this.#passwords.matches(password, credential?.passwordHash ?? null);
    if (credential === null || !matches) throw unauthenticated("Invalid credentials");
    await this.#limiter.giveBack("loginByAddress", address);
    await this.#limiter.giveBack("loginByEmail", normalised);
    return credential;
  }

  /** Begins a browser's session and answers the secret for its cookie. */
  async beginSession(userId: number): Promise<string> {
    const secret = newSecret();
    const expiresAt = this.#sessionEnd(this.#clock());
    await this.#filmroll.commands.execute("LoginUser", {
      by: userId,
      session: { tokenHash: hashSecret(secret), expiresAt },
    }, { actor: userId });
    return secret;
  }

  /** Issues a program's access token. */
  async issueToken(userId: number): Promise<{ token: string; seconds: number }> {
    await this.#filmroll.commands.execute("LoginUser", { by: userId, session: null }, {
      actor: userId,
    });
    return { token: await this.#tokens.issue(userId, this.#clock()), seconds: TOKEN_SECONDS };
  }

  /**
   * Ends the caller's session. A token cannot be ended by itself; it runs out, or ends with all others
   * when its holder sets a new password or deletes the account.
   */
  async endSession({ id, session }: Caller): Promise<void> {
    if (session === null) return;
    await this.#filmroll.commands.execute("LogoutUser", { by: id, loginId: session.loginId }, {
      actor: id,
    });
  }

  /** @throws DomainError `forbidden` if whose token it is was suspended since */
  async callerByToken(token: string): Promise<Caller | null> {
    const verified = await this.#tokens.verify(token, this.#clock());
    if (verified === null) return null;
    const holder = await this.#filmroll.queries.ask("GetCaller", { id: verified.userId });
    if (holder === null) return null;
    const { isSuspended, loggedOutAt, ...caller } = holder;
    if (loggedOutAt !== null && verified.issued < Date.parse(loggedOutAt)) return null;
    if (isSuspended) throw suspended();
    return { ...caller, session: null, expiresAt: verified.expires };
  }

  /**
   * What a link to set a new password is for.
   *
   * @throws DomainError `refused` if it was used, replaced by another, or never made
   */
  async passwordResetOf(secret: string): Promise<PasswordResetView> {
    const tokenHash = hashSecret(secret);
    const reset = await this.#filmroll.queries.ask("GetPasswordReset", { tokenHash });
    if (reset === null) throw linkIsOver();
    return reset;
  }

  /** Sets a new password, by such a link's secret. */
  async resetPassword(secret: string, password: string): Promise<void> {
    const { resetId, userId } = await this.passwordResetOf(secret);
    const passwordHash = await this.#passwords.hash(password);
    await this.#filmroll.commands.execute(
      "ResetPassword",
      { resetId, userId, passwordHash },
      { actor: userId },
    );
  }

  /** The caller of a session, and whether it slid, so that its cookie is to be renewed. */
  async callerBySession(secret: string): Promise<{ caller: Caller; slid: boolean } | null> {
    const now = this.#clock();
    const tokenHash = hashSecret(secret);
    const session = await this.#filmroll.queries.ask("GetSession", {
      tokenHash,
      now: now.toISOString(),
    });
    if (session === null) return null;
    const expiresAt = Date.parse(session.expiresAt);
    const caller = {
      ...session.caller,
      session: { tokenHash, loginId: session.loginId },
      expiresAt,
    };
    const age = SESSION_DAYS * DAY - (expiresAt - now.getTime());
    if (age < SLIDE_AFTER) return { caller, slid: false };
    return { caller, slid: await this.#extend(tokenHash, caller.id, now) };
  }

  /** Answers whether the session lasts longer now; a store that cannot record keeps nobody out. */
  async #extend(tokenHash: string, by: number, now: Date): Promise<boolean> {
    const input = { by, tokenHash, now: now.toISOString(), expiresAt: this.#sessionEnd(now) };
    try {
      await this.#filmroll.commands.execute("ExtendSession", input, { actor: by });
      return true;
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof StoreOverloaded) return false;
      throw error;
    }
  }

  #sessionEnd(now: Date): string {
    return new Date(now.getTime() + SESSION_DAYS * DAY).toISOString();
  }
}

/** How long the cookie of a session is kept by the browser. */
export const SESSION_SECONDS = SESSION_DAYS * DAY / 1000;
