import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { FollowEvent } from "../follow/events.ts";
import type { PasswordResetEvent } from "../password_reset/events.ts";
import type { PostEvent } from "../post/events.ts";
import { type AccountEvent, personal } from "./events.ts";

type Seen = RecordedEvent<AccountEvent | PostEvent | FollowEvent | PasswordResetEvent>;

/** `user_projection`: a person as others see them, with the counts of their profile. */
export const userProjection: ReadModel = {
  version: 3,
  tables: ["user_projection"],
  create: [
    `CREATE TABLE user_projection (
      id INTEGER PRIMARY KEY,
      username TEXT NOT NULL,
      username_key TEXT NOT NULL UNIQUE,
      email TEXT NOT NULL UNIQUE,
      full_name TEXT,
      bio TEXT,
      profile_image_url TEXT,
      is_active INTEGER NOT NULL,
      erase_at TEXT,
      logged_out_at TEXT,
      post_count INTEGER NOT NULL,
      follower_count INTEGER NOT NULL,
      following_count INTEGER NOT NULL,
      created_at TEXT NOT NULL
    )`,
    "CREATE INDEX user_to_erase ON user_projection (erase_at) WHERE erase_at IS NOT NULL",
  ],
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "UserRegistered": {
      const { userId, username, email, fullName } = event.data;
      return [sql`
        INSERT INTO user_projection (id, username, username_key, email, full_name, is_active,
          post_count, follower_count, following_count, created_at)
        VALUES (${userId}, ${username}, ${username.toLowerCase()}, ${email}, ${fullName}, 1,
          0, 0, 0, ${event.created_at})`];
    }
    case "ProfileUpdated": {
      const { userId, fullName, bio, profileImageUrl } = event.data;
      return [
        fullName !== undefined &&
        sql`UPDATE user_projection SET full_name = ${fullName} WHERE id = ${userId}`,
        bio !== undefined && sql`UPDATE user_projection SET bio = ${bio} WHERE id = ${userId}`,
        profileImageUrl !== undefined &&
        sql`UPDATE user_projection SET profile_image_url = ${profileImageUrl} WHERE id = ${userId}`,
      ].filter((statement) => statement !== false);
    }
    case "AccountClosed": {
      const { userId, eraseAt } = event.data;
      return [sql`
        UPDATE user_projection
        SET is_active = 0, erase_at = ${eraseAt}, logged_out_at = ${event.created_at}
        WHERE id = ${userId}`];
    }
    case "AccountRestored":
      return [sql`
        UPDATE user_projection SET is_active = 1, erase_at = NULL WHERE id = ${event.data.userId}`];
    case "PasswordReset":
      return [sql`
        UPDATE user_projection SET logged_out_at = ${event.created_at}
        WHERE id = ${event.data.userId}`];
    case "UserErased":
      return [eraseUser(event.data.userId)];
    case "PostCreated":
      return [countPosts(event.data.authorId, 1)];
    case "PostDeleted":
      return [countPosts(event.data.authorId, -1)];
    case "UserFollowed":
      return countFollows(event.data, 1);
    case "UserUnfollowed":
      return countFollows(event.data, -1);
    default:
      return [];
  }
}

/** The row stays, for what others keep of the person: the messages they sent. */
function eraseUser(userId: number): Statement {
  const { username, email, fullName } = personal.UserRegistered.erased;
  const { bio, profileImageUrl } = personal.ProfileUpdated.erased;
  return sql`
    UPDATE user_projection SET username = ${username(userId)}, username_key = ${username(userId)},
      email = ${email(userId)}, full_name = ${fullName}, bio = ${bio},
      profile_image_url = ${profileImageUrl}, erase_at = NULL
    WHERE id = ${userId}`;
}

const countPosts = (authorId: number, change: 1 | -1): Statement =>
  sql`UPDATE user_projection SET post_count = post_count + ${change} WHERE id = ${authorId}`;

const countFollows = (
  { followerId, followeeId }: { followerId: number; followeeId: number },
  change: 1 | -1,
): Statement[] => [
  sql`UPDATE user_projection SET following_count = following_count + ${change}
      WHERE id = ${followerId}`,
  sql`UPDATE user_projection SET follower_count = follower_count + ${change}
      WHERE id = ${followeeId}`,
];
