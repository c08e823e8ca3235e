import { authorColumns, type AuthorView, type Viewer } from "../account/queries.ts";
import { list, one, type Page, type Row } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";
import { type ImageView, readImages } from "../media/image.ts";

/** A post as the contract's `Post`, with what its card shows of the author. */
export interface PostView extends AuthorView {
  readonly id: number;
  readonly content: string | null;
  /** Of the first of the pictures. */
  readonly image_url: string | null;
  readonly images: readonly ImageView[];
  readonly like_count: number;
  readonly comment_count: number;
  readonly liked: boolean;
  readonly created_at: string;
  /** When it was first posted, on another server; null where it was not imported. */
  readonly originally_posted_at: string | null;
}

/** The columns of {@linkcode PostView}, of a post `p` and its author `u`. */
export const postColumns = (viewer: number | null): Statement =>
  sql`
    p.id, ${authorColumns}, p.content, p.image_url, p.images, p.like_count, p.comment_count,
    p.created_at, p.originally_posted_at,
    EXISTS (SELECT 1 FROM like_projection l
            WHERE l.post_id = p.id AND l.user_id = ${viewer}) AS liked`;

/** Reads a row with the columns of {@linkcode PostView}. */
export function readPost(row: Row): PostView {
  // Field by field: an object of one shape is made, and turned into JSON, several times faster than
  // a copy of whatever the row has.
  const post = row as unknown as PostView;
  const images = readImages(row.images as string | null, row.image_url as string | null);
  return {
    id: post.id,
    author_id: post.author_id,
    author_username: post.author_username,
    author_full_name: post.author_full_name,
    author_profile_image_url: post.author_profile_image_url,
    content: post.content,
    image_url: images[0]?.url ?? null,
    images,
    like_count: post.like_count,
    comment_count: post.comment_count,
    liked: row.liked === 1,
    created_at: post.created_at,
    originally_posted_at: post.originally_posted_at,
  };
}

export const getPost = one(
  ({ id, viewer }: { id: number } & Viewer) =>
    sql`
    SELECT ${postColumns(viewer)}
    FROM post_projection p JOIN user_projection u ON u.id = p.author_id AND u.is_active = 1
    WHERE p.id = ${id}`,
  readPost,
);

export const getUserPosts = list(
  ({ id, viewer, limit, offset, before }: { id: number } & Viewer & Page) =>
    sql`
    SELECT ${postColumns(viewer)}
    FROM post_projection p JOIN user_projection u ON u.id = p.author_id AND u.is_active = 1
    WHERE p.author_id = ${id} AND p.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY p.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readPost,
);
