import {
  authorColumns,
  type AuthorView,
  readUser,
  userColumns,
  type UserView,
} from "../account/queries.ts";
import { list, one, type Page, type Row } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";
import { type ImageView, readImage } from "../media/image.ts";

/** A story as the contract's `Story`, with what the viewer is told of it. */
export interface StoryView extends AuthorView {
  readonly id: number;
  readonly content: string | null;
  /** Of the picture. */
  readonly image_url: string | null;
  readonly image: ImageView | null;
  /** Whether the viewer has seen it; one's own always are. */
  readonly seen: boolean;
  /** How many have seen it; null unless the viewer is its author. */
  readonly view_count: number | null;
  readonly created_at: string;
  readonly expires_at: string;
}

/** Somebody with active stories, as a ring of the tray. */
export interface StorytellerView {
  readonly id: number;
  readonly username: string;
  readonly full_name: string | null;
  readonly profile_image_url: string | null;
  readonly story_count: number;
  /** Whether the viewer has seen all of them. */
  readonly seen: boolean;
}

/** Somebody who has seen a story. */
export interface StoryViewerView extends UserView {
  readonly viewed_at: string;
}

/** Who asks, and when (ISO 8601 in UTC with milliseconds): what has run out by then is gone. */
export interface Asker {
  readonly viewer: number;
  readonly now: string;
}

/** The columns of {@linkcode StoryView}, of a story `s` and its author `u`. */
const storyColumns = (viewer: number): Statement =>
  sql`
    s.id, ${authorColumns}, s.content, s.image_url, s.image,
    s.author_id = ${viewer} OR EXISTS (
      SELECT 1 FROM story_view_projection v
      WHERE v.story_id = s.id AND v.viewer_id = ${viewer}) AS seen,
    CASE WHEN s.author_id = ${viewer} THEN s.view_count END AS view_count,
    s.created_at, s.expires_at`;

function readStory(row: Row): StoryView {
  const image = readImage(row.image as string | null, row.image_url as string | null);
  return {
    ...(row as unknown as StoryView),
    image,
    image_url: image?.url ?? null,
    seen: row.seen === 1,
  };
}

/** The viewer and the people they follow, as `author_id`. */
const circleOf = (viewer: number): Statement =>
  sql`
    SELECT followee_id AS author_id FROM follow_projection WHERE follower_id = ${viewer}
    UNION ALL SELECT ${viewer}`;

export const getStory = one(
  ({ id, viewer, now }: { id: number } & Asker) =>
    sql`
    SELECT ${storyColumns(viewer)}
    FROM story_projection s JOIN user_projection u ON u.id = s.author_id AND u.is_active = 1
    WHERE s.id = ${id} AND s.expires_at > ${now}`,
  readStory,
);

/** One's own active stories, newest first. */
export const getMyStories = list(
  ({ viewer, now, limit, offset, before }: Asker & Page) =>
    sql`
    SELECT ${storyColumns(viewer)}
    FROM story_projection s JOIN user_projection u ON u.id = s.author_id AND u.is_active = 1
    WHERE s.author_id = ${viewer} AND s.expires_at > ${now}
      AND s.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY s.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readStory,
);

/** A person's active stories, in the order they were told. */
export const getUserStories = list(
  ({ id, viewer, now, limit }: { id: number; limit: number } & Asker) =>
    sql`
    SELECT ${storyColumns(viewer)}
    FROM story_projection s JOIN user_projection u ON u.id = s.author_id AND u.is_active = 1
    WHERE s.author_id = ${id} AND s.expires_at > ${now}
    ORDER BY s.id LIMIT ${limit}`,
  readStory,
);

/**
 * One's own active stories and those of the people one follows, newest first: an index seek for each
 * of these people, and what they told within a day.
 */
export const getStoryFeed = list(
  ({ viewer, now, limit, offset, before }: Asker & Page) =>
    sql`
    SELECT ${storyColumns(viewer)}
    FROM (${circleOf(viewer)}) a
    JOIN story_projection s ON s.author_id = a.author_id AND s.expires_at > ${now}
    JOIN user_projection u ON u.id = s.author_id AND u.is_active = 1
    WHERE s.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY s.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readStory,
);

/** Whose stories there are to see: oneself first, then what is unseen, then the latest. */
export const getStoryTray = list(
  ({ viewer, now, limit }: { limit: number } & Asker) =>
    sql`
    SELECT u.id, u.username, u.full_name, u.profile_image_url, count(*) AS story_count,
      u.id = ${viewer} OR count(*) = count(v.viewer_id) AS seen
    FROM (${circleOf(viewer)}) a
    JOIN story_projection s ON s.author_id = a.author_id AND s.expires_at > ${now}
    JOIN user_projection u ON u.id = s.author_id AND u.is_active = 1
    LEFT JOIN story_view_projection v ON v.story_id = s.id AND v.viewer_id = ${viewer}
    GROUP BY u.id
    ORDER BY u.id = ${viewer} DESC, count(*) = count(v.viewer_id), max(s.id) DESC
    LIMIT ${limit}`,
  (row): StorytellerView => ({
    ...(row as unknown as StorytellerView),
    seen: row.seen === 1,
  }),
);

/** Who has seen a story, the latest first. `before` is the id of the last of them that was read. */
export const getStoryViewers = list(
  ({ storyId, viewer, limit, offset, before }: { storyId: number; viewer: number } & Page) =>
    sql`
    SELECT ${userColumns(viewer)}, w.created_at AS viewed_at
    FROM story_view_projection w JOIN user_projection u ON u.id = w.viewer_id AND u.is_active = 1
    WHERE w.story_id = ${storyId} AND (CAST(${before ?? null} AS BIGINT) IS NULL OR w.position <
      (SELECT position FROM story_view_projection
       WHERE story_id = ${storyId} AND viewer_id = ${before ?? null}))
    ORDER BY w.position DESC LIMIT ${limit} OFFSET ${offset}`,
  (row): StoryViewerView => ({ ...readUser(row), viewed_at: row.viewed_at as string }),
);
