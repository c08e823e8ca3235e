import type { CommentEvent } from "../comment/events.ts";
import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { LikeEvent } from "../like/events.ts";
import type { MediaDescribed } from "../media/events.ts";
import { idIfKind, imageColumn } from "../media/image.ts";
import {
  describedImages,
  hashtagIndex,
  indexedHashtag,
  wordsOfHashtag,
} from "../dialect/dialect.ts";
import type { PostCreated, PostEvent } from "./events.ts";
import { hashtagId } from "./hashtags.ts";

type Seen = RecordedEvent<PostEvent | LikeEvent | CommentEvent | MediaDescribed>;

/**
 * `post_projection`: posts with their counts. `hashtag_projection` and `post_hashtag_projection`:
 * which posts carry which hashtag. `hashtag_search_projection`: the words by which hashtags are
 * found. A hashtag goes with its last post.
 */
export const postProjection: ReadModel = {
  version: 4,
  tables: [
    "post_projection",
    "hashtag_projection",
    "post_hashtag_projection",
    "hashtag_search_projection",
  ],
  create: [
    `CREATE TABLE post_projection (
      id INTEGER PRIMARY KEY,
      author_id INTEGER NOT NULL,
      content TEXT,
      image_url TEXT,
      images TEXT,
      like_count INTEGER NOT NULL,
      comment_count INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      originally_posted_at TEXT
    )`,
    "CREATE INDEX post_by_author ON post_projection (author_id, id)",
    `CREATE TABLE hashtag_projection (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      post_count INTEGER NOT NULL
    )`,
    `CREATE TABLE post_hashtag_projection (
      hashtag_id INTEGER NOT NULL,
      post_id INTEGER NOT NULL,
      PRIMARY KEY (hashtag_id, post_id)
    )`,
    "CREATE INDEX post_hashtag_by_post ON post_hashtag_projection (post_id)",
    hashtagIndex,
  ],
  words: { hashtag_search_projection: wordsOfHashtag },
  project: (event) => project(event as Seen),
};

function project(event: Seen): Statement[] {
  switch (event.type) {
    case "PostCreated":
      return [insertPost(event), ...event.data.hashtags.flatMap(tagPost(event.data.postId))];
    case "PostDeleted":
      return deletePost(event.data.postId);
    case "PostLiked":
      return [countLikes(event.data.postId, 1)];
    case "PostUnliked":
      return [countLikes(event.data.postId, -1)];
    case "CommentCreated":
      return [countComments(event.data.postId, 1)];
    case "CommentDeleted":
      return [countComments(event.data.postId, -1)];
    case "MediaDescribed":
      return [describeImage(event.data)];
    default:
      return [];
  }
}

const insertPost = ({ data, created_at }: RecordedEvent<PostCreated>): Statement =>
  sql`
  INSERT INTO post_projection (id, author_id, content, image_url, images, like_count, comment_count,
    created_at, originally_posted_at)
  VALUES (${data.postId}, ${data.authorId}, ${data.content}, ${data.imageUrl},
    ${imageColumn(data.images)}, 0, 0, ${created_at}, ${data.originallyPostedAt ?? null})`;

const describeImage = ({ hash, alt, attachedTo }: MediaDescribed["data"]): Statement =>
  sql`
  UPDATE post_projection SET images = ${describedImages(sql`images`, `/media/${hash}/`, alt)}
  WHERE id = ${idIfKind("post", attachedTo)}`;

const tagPost = (postId: number) => (name: string): Statement[] => {
  const id = hashtagId(name);
  return [
    sql`INSERT INTO hashtag_projection (id, name, post_count) VALUES (${id}, ${name}, 1)
        ON CONFLICT (name) DO UPDATE SET post_count = hashtag_projection.post_count + 1`,
    sql`INSERT INTO post_hashtag_projection (hashtag_id, post_id) VALUES (${id}, ${postId})`,
    sql`INSERT INTO hashtag_search_projection (rowid, name)
        SELECT ${id}, ${indexedHashtag(name)}
        WHERE NOT EXISTS (SELECT 1 FROM hashtag_search_projection WHERE rowid = ${id})`,
  ];
};

/** The hashtags of a post that no post carries any more. */
const unusedHashtags = (postId: number): Statement =>
  sql`
  SELECT h.id FROM post_hashtag_projection t JOIN hashtag_projection h ON h.id = t.hashtag_id
  WHERE t.post_id = ${postId} AND h.post_count = 0`;

const deletePost = (postId: number): Statement[] => [
  sql`UPDATE hashtag_projection SET post_count = post_count - 1
      WHERE id IN (SELECT hashtag_id FROM post_hashtag_projection WHERE post_id = ${postId})`,
  sql`DELETE FROM hashtag_search_projection WHERE rowid IN (${unusedHashtags(postId)})`,
  sql`DELETE FROM hashtag_projection WHERE id IN (${unusedHashtags(postId)})`,
  sql`DELETE FROM post_hashtag_projection WHERE post_id = ${postId}`,
  sql`DELETE FROM post_projection WHERE id = ${postId}`,
];

const countLikes = (postId: number, change: 1 | -1): Statement =>
  sql`UPDATE post_projection SET like_count = like_count + ${change} WHERE id = ${postId}`;

const countComments = (postId: number, change: 1 | -1): Statement =>
  sql`UPDATE post_projection SET comment_count = comment_count + ${change} WHERE id = ${postId}`;
