/**
 * What PostgreSQL says in its own way. Full-text search is `tsvector`, of words that are found and
 * folded here as SQLite does it, so that both engines find the same and neither a language nor an
 * extension matters.
 */
import { sql, type Statement } from "../core/statement.ts";
import type { Dialect } from "./dialect.ts";
import { foldedTagWords, foldedWords } from "./fold.ts";

/** PostgreSQL knows no place of a word after this one, and no more places of one word than 255. */
const MOST_WORDS = 255;

/** A lexeme as `tsvector` and `tsquery` read it, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/**
 * Words with their places. They begin at 2, so that the last word of one name and the first of the next
 * are not neighbours once the two are put together.
 */
const vector = (words: readonly string[]): string =>
  words.slice(0, MOST_WORDS).map((word, index) => `${quoted(word)}:${index + 2}`).join(" ");

/** The words of a {@linkcode vector} as the engine prints it, in order of their places. */
const wordsIn = (vector: string): string[] =>
  vector.matchAll(/'((?:[^']|'')*)':([\d,]+)/g).flatMap(([, word, places]) =>
    places!.split(",").map((place): [number, string] => [Number(place), word!])
  ).toArray().sort(([one], [other]) => one - other).map(([, word]) => word);

/** Words one after another, the last of which may go on. */
const phrase = (words: readonly string[]): string => `${words.map(quoted).join(" <-> ")}:*`;

/** Sorts after every text that begins as the text before it. */
const LAST = "\u{10ffff}";

/** A picture of type JSON as text, with another `alt`: fields keep their order, as does SQLite. */
const described = (picture: Statement, alt: string): Statement =>
  sql`(
    SELECT '{' || string_agg(to_json(field.key)::text || ':' ||
      CASE field.key WHEN 'alt' THEN to_json(${alt}::text) ELSE field.value END::text,
      ',' ORDER BY field.place) || '}'
    FROM json_each(${picture}) WITH ORDINALITY AS field (key, value, place))`;

export const postgres: Dialect = {
  userIndex: [
    `CREATE TABLE user_search_projection (
      rowid INTEGER PRIMARY KEY,
      username TSVECTOR NOT NULL,
      full_name TSVECTOR NOT NULL
    )`,
    "CREATE INDEX user_by_words ON user_search_projection USING gin ((username || full_name))",
  ],
  hashtagIndex: [
    `CREATE TABLE hashtag_search_projection (
      rowid INTEGER PRIMARY KEY,
      name TEXT NOT NULL
    )`,
    "CREATE INDEX hashtag_by_words ON hashtag_search_projection (name)",
  ],
  indexedName: (name) => sql`${vector(foldedWords(name ?? ""))}::tsvector`,
  indexedHashtag: (name) => sql`${foldedTagWords(name).join(" ")}::text`,
  wordsOfName: (stored) => wordsIn(stored).join(" "),
  wordsOfHashtag: (stored) => stored,
  peopleMatching: (terms, most) =>
    sql`
    SELECT rowid AS id FROM user_search_projection
    WHERE username || full_name @@ ${
      terms.map((term) => phrase(foldedWords(term))).join(" & ")
    }::tsquery
    LIMIT ${most}`,
  hashtagsMatching: (beginning, most) => {
    const first = foldedTagWords(beginning).join(" ");
    return sql`
    SELECT rowid AS id FROM hashtag_search_projection
    WHERE name >= ${first} AND name < ${first + LAST}
    LIMIT ${most}`;
  },
  joinPosts: (ids) => sql`CROSS JOIN LATERAL (${ids}) c`,
  describedImage: (column, alt) => described(sql`${column}::json`, alt),
  describedImages: (column, path, alt) =>
    sql`(
    SELECT '[' || string_agg(
      CASE WHEN picture ->> 'url' LIKE ${`${path}%`} THEN ${described(sql`picture`, alt)}
        ELSE picture::text END, ',' ORDER BY place) || ']'
    FROM json_array_elements(${column}::json) WITH ORDINALITY AS one (picture, place))`,
};
