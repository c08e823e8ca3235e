import { contextOf } from "../core/context.ts";
import {
  closeAccount,
  eraseUser,
  extendSession,
  loginUser,
  logoutUser,
  registerUser,
  restoreAccount,
  updateUser,
} from "./commands.ts";
import { type AccountEvent, erasing, personal } from "./events.ts";
import { userProjection } from "./projection.ts";
import {
  getCaller,
  getCredentialByEmail,
  getSession,
  getUserById,
  getUserIdByUsername,
  getUserProfile,
} from "./queries.ts";
import { accountState, emailClaim, loginState, usernameClaim } from "./state.ts";

/** People: registering, logging in and out, and what they tell about themselves. */
export const account = contextOf<AccountEvent>()({
  name: "account",
  streams: {
    UserRegistered: ({ userId }) => `user-${userId}`,
    UsernameClaimed: ({ pseudonym }) => `username-${pseudonym}`,
    EmailClaimed: ({ pseudonym }) => `email-${pseudonym}`,
    ProfileUpdated: ({ userId }) => `user-${userId}`,
    UserLoggedIn: ({ loginId }) => `login-${loginId}`,
    UserLoggedOut: ({ loginId }) => `login-${loginId}`,
    UsernameReleased: ({ pseudonym }) => `username-${pseudonym}`,
    EmailReleased: ({ pseudonym }) => `email-${pseudonym}`,
    AccountClosed: ({ userId }) => `user-${userId}`,
    AccountRestored: ({ userId }) => `user-${userId}`,
    UserErased: ({ userId }) => `user-${userId}`,
  },
  states: { user: accountState, login: loginState, username: usernameClaim, email: emailClaim },
  commands: {
    RegisterUser: registerUser,
    UpdateUser: updateUser,
    LoginUser: loginUser,
    LogoutUser: logoutUser,
    ExtendSession: extendSession,
    CloseAccount: closeAccount,
    RestoreAccount: restoreAccount,
    EraseUser: eraseUser,
  },
  queries: {
    GetUserById: getUserById,
    GetUserProfile: getUserProfile,
    GetUserIdByUsername: getUserIdByUsername,
    GetCredentialByEmail: getCredentialByEmail,
    GetCaller: getCaller,
    GetSession: getSession,
  },
  readModel: userProjection,
  personal,
  erasing,
  tables: [
    `CREATE TABLE IF NOT EXISTS credential (
      user_id INTEGER PRIMARY KEY,
      password_hash TEXT NOT NULL
    )`,
    `CREATE TABLE IF NOT EXISTS session (
      token_hash TEXT PRIMARY KEY,
      user_id INTEGER NOT NULL,
      login_id INTEGER NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    "CREATE INDEX IF NOT EXISTS session_by_expiry ON session (expires_at)",
    "CREATE INDEX IF NOT EXISTS session_by_login ON session (login_id)",
    "CREATE INDEX IF NOT EXISTS session_by_user ON session (user_id)",
  ],
});
