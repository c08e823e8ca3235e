import { freshOne, one, type Row } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";

/** A person as the contract's `User`. `email` is null unless the viewer is that person. */
export interface UserView {
  readonly id: number;
  readonly username: string;
  readonly email: string | null;
  readonly full_name: string | null;
  readonly bio: string | null;
  readonly profile_image_url: string | null;
  readonly is_active: boolean;
  readonly created_at: string;
  readonly following: boolean;
}

/** A person's page as the contract's `UserProfile`. */
export interface ProfileView {
  readonly id: number;
  readonly username: string;
  readonly full_name: string | null;
  readonly bio: string | null;
  readonly profile_image_url: string | null;
  readonly post_count: number;
  readonly follower_count: number;
  readonly following_count: number;
  readonly following: boolean;
}

/** Whose something is, as its card shows them. */
export interface AuthorView {
  readonly author_id: number;
  readonly author_username: string;
  readonly author_full_name: string | null;
  readonly author_profile_image_url: string | null;
}

/** The columns of {@linkcode AuthorView}, of a person `u`. */
export const authorColumns: Statement = sql`
    u.id AS author_id, u.username AS author_username, u.full_name AS author_full_name,
    u.profile_image_url AS author_profile_image_url`;

/** Who asks; null where nobody is logged in. Some answers depend on it (`liked`, `following`). */
export interface Viewer {
  readonly viewer: number | null;
}

const followedBy = (viewer: number | null): Statement =>
  sql`
    EXISTS (SELECT 1 FROM follow_projection v
            WHERE v.follower_id = ${viewer} AND v.followee_id = u.id) AS following`;

/**
 * Ids of the people whose accounts are closed and wait to be erased: few, and all of whom anything is
 * left.
 */
export const closedUserIds: Statement =
  sql`SELECT id FROM user_projection WHERE erase_at IS NOT NULL`;

/** The columns of {@linkcode UserView}, of a person `u`. */
export const userColumns = (viewer: number | null): Statement =>
  sql`
    u.id, u.username, CASE WHEN u.id = ${viewer} THEN u.email END AS email, u.full_name, u.bio,
    u.profile_image_url, u.is_active, u.created_at, ${followedBy(viewer)}`;

/** Reads a row with the columns of {@linkcode UserView}. */
export const readUser = (row: Row): UserView => ({
  ...(row as unknown as UserView),
  is_active: row.is_active === 1,
  following: row.following === 1,
});

const readProfile = (row: Row): ProfileView => ({
  ...(row as unknown as ProfileView),
  following: row.following === 1,
});

export const getUserById = one(
  ({ id, viewer }: { id: number } & Viewer) =>
    sql`SELECT ${
      userColumns(viewer)
    } FROM user_projection u WHERE u.id = ${id} AND u.is_active = 1`,
  readUser,
);

export const getUserProfile = one(
  ({ id, viewer }: { id: number } & Viewer) =>
    sql`
    SELECT u.id, u.username, u.full_name, u.bio, u.profile_image_url, u.post_count,
      u.follower_count, u.following_count, ${followedBy(viewer)}
    FROM user_projection u WHERE u.id = ${id} AND u.is_active = 1`,
  readProfile,
);

/** The id behind a username, whatever its case. */
export const getUserIdByUsername = one(
  ({ username }: { username: string }) =>
    sql`
    SELECT id FROM user_projection
    WHERE username_key = ${username.toLowerCase()} AND is_active = 1`,
  (row) => row.id as number,
);

export interface Credential {
  readonly userId: number;
  readonly passwordHash: string;
  /** Whether the account is closed, and opens again when its owner logs in. */
  readonly isClosed: boolean;
}

export const getCredentialByEmail = freshOne(
  ({ email }: { email: string }) =>
    sql`
    SELECT c.user_id, c.password_hash, u.erase_at IS NOT NULL AS is_closed
    FROM user_projection u JOIN credential c ON c.user_id = u.id
    WHERE u.email = ${email} AND (u.is_active = 1 OR u.erase_at IS NOT NULL)`,
  (row): Credential => ({
    userId: row.user_id as number,
    passwordHash: row.password_hash as string,
    isClosed: row.is_closed === 1,
  }),
);

/** Who a request comes from, as far as every page needs it. */
export interface CallerView {
  readonly id: number;
  readonly username: string;
  readonly full_name: string | null;
  readonly profile_image_url: string | null;
}

export interface SessionView {
  readonly caller: CallerView;
  readonly loginId: number;
  readonly expiresAt: string;
}

const readCaller = ({ id, username, full_name, profile_image_url }: Row): CallerView =>
  ({ id, username, full_name, profile_image_url }) as unknown as CallerView;

/** Who holds a token that was given out before: they may have been suspended or logged out since. */
export interface TokenHolderView extends CallerView {
  readonly isSuspended: boolean;
  /** When they were last logged out everywhere (ISO 8601 in UTC); null if never. */
  readonly loggedOutAt: string | null;
}

export const getCaller = freshOne(
  ({ id }: { id: number }) =>
    sql`
    SELECT u.id, u.username, u.full_name, u.profile_image_url, u.logged_out_at, m.is_suspended
    FROM user_projection u LEFT JOIN moderation_projection m ON m.user_id = u.id
    WHERE u.id = ${id} AND u.is_active = 1`,
  (row): TokenHolderView => ({
    ...readCaller(row),
    isSuspended: row.is_suspended === 1,
    loggedOutAt: row.logged_out_at as string | null,
  }),
);

export const getSession = freshOne(
  ({ tokenHash, now }: { tokenHash: string; now: string }) =>
    sql`
    SELECT u.id, u.username, u.full_name, u.profile_image_url, s.login_id, s.expires_at
    FROM session s JOIN user_projection u ON u.id = s.user_id
    WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${now} AND u.is_active = 1`,
  (row): SessionView => ({
    caller: readCaller(row),
    loginId: row.login_id as number,
    expiresAt: row.expires_at as string,
  }),
);
