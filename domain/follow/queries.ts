import { readUser, userColumns, type Viewer } from "../account/queries.ts";
import { list, type Page } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";

/** Where in the lists somebody is, or was before they left. */
const positionOf = (followerId: number, followeeId: number): Statement =>
  sql`
    coalesce(
      (SELECT position FROM follow_projection
       WHERE follower_id = ${followerId} AND followee_id = ${followeeId}),
      (SELECT position FROM unfollow_projection
       WHERE follower_id = ${followerId} AND followee_id = ${followeeId}))`;

/** Whether a row `f` comes after the last person seen, if anybody was. */
const isAfter = (last: number | undefined, positionOf: (last: number) => Statement): Statement =>
  last === undefined ? sql`TRUE` : sql`f.position < ${positionOf(last)}`;

type People = { id: number } & Viewer & Page;

/** Who follows a person, the latest first. `before` is the id of the last follower seen. */
export const getUserFollowers = list(
  ({ id, viewer, limit, offset, before }: People) =>
    sql`
    SELECT ${userColumns(viewer)}
    FROM follow_projection f JOIN user_projection u ON u.id = f.follower_id AND u.is_active = 1
    WHERE f.followee_id = ${id} AND ${isAfter(before, (last) => positionOf(last, id))}
    ORDER BY f.position DESC LIMIT ${limit} OFFSET ${offset}`,
  readUser,
);

/** The ids of whom a person follows, the latest first. */
export const getFolloweeIds = list(
  ({ id, limit }: { id: number; limit: number }) =>
    sql`
    SELECT followee_id FROM follow_projection WHERE follower_id = ${id}
    ORDER BY position DESC LIMIT ${limit}`,
  (row) => row.followee_id as number,
);

/** Whom a person follows, the latest first. `before` is the id of the last person seen. */
export const getUserFollowing = list(
  ({ id, viewer, limit, offset, before }: People) =>
    sql`
    SELECT ${userColumns(viewer)}
    FROM follow_projection f JOIN user_projection u ON u.id = f.followee_id AND u.is_active = 1
    WHERE f.follower_id = ${id} AND ${isAfter(before, (last) => positionOf(id, last))}
    ORDER BY f.position DESC LIMIT ${limit} OFFSET ${offset}`,
  readUser,
);
