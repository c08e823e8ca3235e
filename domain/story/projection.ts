import type { UserErased } from "../account/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import { describedImage } from "../dialect/dialect.ts";
import type { MediaDescribed } from "../media/events.ts";
import { idIfKind, imageColumn } from "../media/image.ts";
import type { StoryCreated, StoryEvent, StoryViewed } from "./events.ts";

type Seen = RecordedEvent<StoryEvent | MediaDescribed | UserErased>;

/**
 * `story_projection`: stories, with how many have seen them; queries leave out what has run out.
 * `story_view_projection`: who has seen which, since which position of the film. What has run out
 * leaves both tables when its author tells the next story.
 */
export const storyProjection: ReadModel = {
  version: 2,
  tables: ["story_projection", "story_view_projection"],
  create: [
    `CREATE TABLE story_projection (
      id INTEGER PRIMARY KEY,
      author_id INTEGER NOT NULL,
      content TEXT,
      image_url TEXT,
      image TEXT,
      view_count INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    "CREATE INDEX story_by_author ON story_projection (author_id, expires_at)",
    `CREATE TABLE story_view_projection (
      story_id INTEGER NOT NULL,
      viewer_id INTEGER NOT NULL,
      position INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (story_id, viewer_id)
    ) WITHOUT ROWID`,
    "CREATE INDEX story_view_by_time ON story_view_projection (story_id, position)",
  ],
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "StoryCreated":
      return [...removeExpired(event), insertStory(event)];
    case "StoryDeleted":
      return [
        sql`DELETE FROM story_view_projection WHERE story_id = ${event.data.storyId}`,
        sql`DELETE FROM story_projection WHERE id = ${event.data.storyId}`,
      ];
    case "StoryViewed":
      return countView(event);
    case "UserErased":
      return uncountViews(event.data.userId);
    case "MediaDescribed":
      return [sql`
        UPDATE story_projection SET image = ${describedImage(sql`image`, event.data.alt)}
        WHERE id = ${idIfKind("story", event.data.attachedTo)}`];
    default:
      return [];
  }
}

const removeExpired = ({ data: { authorId }, created_at }: RecordedEvent<StoryCreated>) => [
  sql`DELETE FROM story_view_projection WHERE story_id IN (
        SELECT id FROM story_projection
        WHERE author_id = ${authorId} AND expires_at <= ${created_at})`,
  sql`DELETE FROM story_projection WHERE author_id = ${authorId} AND expires_at <= ${created_at}`,
];

const insertStory = ({ data, created_at }: RecordedEvent<StoryCreated>): Statement =>
  sql`
  INSERT INTO story_projection (id, author_id, content, image_url, image, view_count, created_at,
    expires_at)
  VALUES (${data.storyId}, ${data.authorId}, ${data.content}, ${data.imageUrl},
    ${imageColumn(data.image)}, 0, ${created_at}, ${data.expiresAt})`;

const countView = ({ data, position, created_at }: RecordedEvent<StoryViewed>): Statement[] => [
  sql`INSERT INTO story_view_projection (story_id, viewer_id, position, created_at)
      VALUES (${data.storyId}, ${data.viewerId}, ${position}, ${created_at})`,
  sql`UPDATE story_projection SET view_count = view_count + 1 WHERE id = ${data.storyId}`,
];

const uncountViews = (viewerId: number): Statement[] => [
  sql`UPDATE story_projection SET view_count = view_count - 1
      WHERE id IN (SELECT story_id FROM story_view_projection WHERE viewer_id = ${viewerId})`,
  sql`DELETE FROM story_view_projection WHERE viewer_id = ${viewerId}`,
];
