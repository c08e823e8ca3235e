import { readUser, userColumns, type Viewer } from "../account/queries.ts";
import { list, one, type Page, type Row } from "../core/query.ts";
import { sql, type Statement } from "../core/statement.ts";
import { normaliseHashtag } from "../post/hashtags.ts";
import { postColumns, readPost } from "../post/queries.ts";
import { hashtagsMatching, peopleMatching } from "../dialect/dialect.ts";
import { searchTerms } from "./terms.ts";

/** A hashtag as the contract's `Hashtag`. */
export interface HashtagView {
  readonly id: number;
  /** Normalised, without '#'. */
  readonly name: string;
  readonly post_count: number;
}

const readHashtag = ({ id, name, post_count }: Row): HashtagView =>
  ({ id, name, post_count }) as unknown as HashtagView;

type Search = { readonly q: string } & Page;

/** Of more matches than these (and the exact one), only these are ranked: one letter costs no scan. */
const MOST_CANDIDATES = 1000;

const NOTHING: Statement = sql`SELECT CAST(NULL AS BIGINT) AS id WHERE 1 = 0`;

/**
 * People of whose username or full name each word of `q` begins a word, whatever its case and
 * accents. Who is called exactly that comes first, then who has the most followers.
 */
export const searchUsers = list(
  ({ q, viewer, limit, offset, before }: Search & Viewer) => {
    const terms = searchTerms(q);
    const exact = q.trim().replace(/^@/, "").toLowerCase();
    return sql`
    SELECT ${userColumns(viewer)}
    FROM (
      SELECT id FROM user_projection WHERE username_key = ${exact}
      UNION
      SELECT id FROM (${terms.length === 0 ? NOTHING : peopleMatching(terms, MOST_CANDIDATES)}) m
    ) candidate
    JOIN user_projection u ON u.id = candidate.id
    WHERE u.is_active = 1 AND (CAST(${before ?? null} AS BIGINT) IS NULL OR
      (u.username_key = ${exact}, u.follower_count, u.id) <
      (SELECT b.username_key = ${exact}, b.follower_count, b.id
       FROM user_projection b WHERE b.id = ${before ?? null}))
    ORDER BY u.username_key = ${exact} DESC, u.follower_count DESC, u.id DESC
    LIMIT ${limit} OFFSET ${offset}`;
  },
  readUser,
);

/**
 * Hashtags that begin with `q`, whatever its case and accents, and have posts. The one that is
 * exactly that comes first, then those with the most posts.
 */
export const searchHashtags = list(
  ({ q, limit, offset, before }: Search) => {
    const beginning = searchTerms(q).join("");
    const exact = normaliseHashtag(beginning);
    return sql`
    SELECT h.id, h.name, h.post_count
    FROM (
      SELECT id FROM hashtag_projection WHERE name = ${exact}
      UNION
      SELECT id FROM (${
      beginning === "" ? NOTHING : hashtagsMatching(beginning, MOST_CANDIDATES)
    }) m
    ) candidate
    JOIN hashtag_projection h ON h.id = candidate.id
    WHERE h.post_count > 0 AND (CAST(${before ?? null} AS BIGINT) IS NULL OR
      (h.name = ${exact}, h.post_count, h.id) <
      (SELECT b.name = ${exact}, b.post_count, b.id
       FROM hashtag_projection b WHERE b.id = ${before ?? null}))
    ORDER BY h.name = ${exact} DESC, h.post_count DESC, h.id DESC
    LIMIT ${limit} OFFSET ${offset}`;
  },
  readHashtag,
);

/** A hashtag with posts, by its name in any notation; null where there is none. */
export const getHashtag = one(
  ({ tag }: { readonly tag: string }) =>
    sql`
    SELECT id, name, post_count FROM hashtag_projection
    WHERE name = ${normaliseHashtag(tag)} AND post_count > 0`,
  readHashtag,
);

/** The posts with a hashtag, named in any notation, newest first. */
export const getPostsByHashtag = list(
  ({ tag, viewer, limit, offset, before }: { readonly tag: string } & Viewer & Page) =>
    sql`
    SELECT ${postColumns(viewer)}
    FROM hashtag_projection h
    JOIN post_hashtag_projection t ON t.hashtag_id = h.id
    JOIN post_projection p ON p.id = t.post_id
    JOIN user_projection u ON u.id = p.author_id AND u.is_active = 1
    WHERE h.name = ${normaliseHashtag(tag)} AND t.post_id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY t.post_id DESC LIMIT ${limit} OFFSET ${offset}`,
  readPost,
);

/** What is popular is looked for among these only, however many posts there are. */
const latestPosts: Statement = sql`SELECT id FROM post_projection ORDER BY id DESC LIMIT 500`;

/** Everybody's posts, newest first. */
export const getRecentPosts = list(
  ({ viewer, limit, offset, before }: Viewer & Page) =>
    sql`
    SELECT ${postColumns(viewer)}
    FROM post_projection p JOIN user_projection u ON u.id = p.author_id AND u.is_active = 1
    WHERE p.id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY p.id DESC LIMIT ${limit} OFFSET ${offset}`,
  readPost,
);

/** Those of the latest posts with the most likes and comments. */
export const getPopularPosts = list(
  ({ viewer, limit }: Viewer & { readonly limit: number }) =>
    sql`
    SELECT ${postColumns(viewer)}
    FROM (${latestPosts}) latest
    JOIN post_projection p ON p.id = latest.id
    JOIN user_projection u ON u.id = p.author_id AND u.is_active = 1
    ORDER BY p.like_count + p.comment_count DESC, p.id DESC LIMIT ${limit}`,
  readPost,
);

/** The hashtags that most of the latest posts carry. */
export const getPopularHashtags = list(
  ({ limit }: { readonly limit: number }) =>
    sql`
    SELECT h.id, h.name, h.post_count
    FROM (
      SELECT hashtag_id, count(*) AS lately FROM post_hashtag_projection
      WHERE post_id IN (${latestPosts})
      GROUP BY hashtag_id ORDER BY count(*) DESC, hashtag_id DESC LIMIT ${limit}
    ) popular
    JOIN hashtag_projection h ON h.id = popular.hashtag_id
    ORDER BY popular.lately DESC, h.id DESC`,
  readHashtag,
);
