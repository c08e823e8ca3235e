import type { AccountEvent } from "../account/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { ModerationEvent } from "./events.ts";
import { isFirst } from "./first.ts";

type Seen = RecordedEvent<AccountEvent | ModerationEvent>;

/** `moderation_projection`: the few people who are not simply members. */
export const moderationProjection: ReadModel = {
  version: 1,
  tables: ["moderation_projection"],
  create: [
    `CREATE TABLE moderation_projection (
      user_id INTEGER PRIMARY KEY,
      is_suspended INTEGER NOT NULL,
      is_admin INTEGER NOT NULL
    )`,
  ],
  project: (event) => project(event as Seen),
};

function project({ type, data }: Seen): Statement[] {
  switch (type) {
    case "UserRegistered":
      return isFirst(data.userId) ? [appoint(data.userId, 1)] : [];
    case "UserSuspended":
      return [suspend(data.userId, 1)];
    case "UserReinstated":
      return [suspend(data.userId, 0)];
    case "AdminAppointed":
      return [appoint(data.userId, 1)];
    case "AdminDismissed":
      return [appoint(data.userId, 0)];
    default:
      return [];
  }
}

const suspend = (userId: number, isSuspended: 0 | 1): Statement =>
  sql`
  INSERT INTO moderation_projection (user_id, is_suspended, is_admin)
  VALUES (${userId}, ${isSuspended}, 0)
  ON CONFLICT (user_id) DO UPDATE SET is_suspended = excluded.is_suspended`;

const appoint = (userId: number, isAdmin: 0 | 1): Statement =>
  sql`
  INSERT INTO moderation_projection (user_id, is_suspended, is_admin)
  VALUES (${userId}, 0, ${isAdmin})
  ON CONFLICT (user_id) DO UPDATE SET is_admin = excluded.is_admin`;
