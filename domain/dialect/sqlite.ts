/**
 * What SQLite says in its own way: full-text search (FTS5), changes within JSON, and a join with what
 * a sub-select finds for each row.
 */
import { sql } from "../core/statement.ts";
import type { Dialect } from "./dialect.ts";
import { foldedTagWords, foldedWords } from "./fold.ts";

/** Words that are deleted leave the index at once, rather than when it is merged. */
const forgetful = (table: string): string =>
  `INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1)`;

/** A string of FTS5's query language, which knows no escape but a doubled quote. */
const quoted = (term: string): string => `"${term.replaceAll('"', '""')}"`;

/**
 * `unicode61 remove_diacritics 2` folds case and accents; the prefix indexes answer the first three
 * letters of a word without a scan.
 */
export const sqlite: Dialect = {
  userIndex: [
    `CREATE VIRTUAL TABLE user_search_projection USING fts5(
      username, full_name, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )`,
    forgetful("user_search_projection"),
  ],
  hashtagIndex: [
    `CREATE VIRTUAL TABLE hashtag_search_projection USING fts5(
      name, tokenize = "unicode61 remove_diacritics 2 tokenchars '_'", prefix = '1 2 3'
    )`,
    forgetful("hashtag_search_projection"),
  ],
  indexedName: (name) => sql`${name}`,
  indexedHashtag: (name) => sql`${name}`,
  wordsOfName: (stored) => foldedWords(stored).join(" "),
  wordsOfHashtag: (stored) => foldedTagWords(stored).join(" "),
  peopleMatching: (terms, most) =>
    sql`
    SELECT rowid AS id FROM user_search_projection
    WHERE user_search_projection MATCH ${terms.map((term) => `${quoted(term)}*`).join(" ")}
    LIMIT ${most}`,
  hashtagsMatching: (beginning, most) =>
    sql`
    SELECT rowid AS id FROM hashtag_search_projection
    WHERE hashtag_search_projection MATCH ${`^ ${quoted(beginning)}*`}
    LIMIT ${most}`,
  joinPosts: (ids) => sql`JOIN post_projection c ON c.id IN (${ids})`,
  describedImage: (column, alt) => sql`json_set(${column}, '$.alt', ${alt})`,
  describedImages: (column, path, alt) =>
    sql`(
    SELECT json_group_array(json(CASE WHEN value ->> 'url' LIKE ${`${path}%`}
      THEN json_set(value, '$.alt', ${alt}) ELSE value END) ORDER BY key)
    FROM json_each(${column}))`,
};
