/**
 * Full-text search as SQLite has it (FTS5). All that is said in its dialect stands here, so that
 * another engine needs another such file and nothing else.
 *
 * `unicode61 remove_diacritics 2` folds case and accents; the prefix indexes answer the first three
 * letters of a word without a scan.
 */
import { sql, type Statement } from "../core/statement.ts";

/** `user_search_projection`: each row's `rowid` is the id of the person. */
export const userIndex: readonly string[] = [
  `CREATE VIRTUAL TABLE user_search_projection USING fts5(
    username, full_name, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
  )`,
  forgetful("user_search_projection"),
];

/** `hashtag_search_projection`: each row's `rowid` is the id of the hashtag. */
export const hashtagIndex: readonly string[] = [
  `CREATE VIRTUAL TABLE hashtag_search_projection USING fts5(
    name, tokenize = "unicode61 remove_diacritics 2 tokenchars '_'", prefix = '1 2 3'
  )`,
  forgetful("hashtag_search_projection"),
];

/** Words that are deleted leave the index at once, rather than when it is merged. */
function forgetful(table: string): string {
  return `INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1)`;
}

/** A string of FTS5's query language, which knows no escape but a doubled quote. */
const quoted = (term: string): string => `"${term.replaceAll('"', '""')}"`;

/** Ids of the people of whose names each term begins a word; at most `most`. */
export const peopleMatching = (terms: readonly string[], most: number): Statement =>
  sql`
    SELECT rowid AS id FROM user_search_projection
    WHERE user_search_projection MATCH ${terms.map((term) => `${quoted(term)}*`).join(" ")}
    LIMIT ${most}`;

/** Ids of the hashtags that begin with a text; at most `most`. */
export const hashtagsMatching = (beginning: string, most: number): Statement =>
  sql`
    SELECT rowid AS id FROM hashtag_search_projection
    WHERE hashtag_search_projection MATCH ${`^ ${quoted(beginning)}*`}
    LIMIT ${most}`;
