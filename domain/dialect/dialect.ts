/**
 * What the engines' SQL says differently, under names that say what is meant. A dialect is one file;
 * projections and queries use what this one makes of both, and know neither.
 */
import { type ByEngine, byEngine, type Statement } from "../core/statement.ts";
import { postgres } from "./postgres.ts";
import { sqlite } from "./sqlite.ts";

export interface Dialect {
  /**
   * `user_search_projection`: the words by which people are found. A row's `rowid` is the id of the
   * person; `username` and `full_name` are {@linkcode Dialect.indexedName | indexed names}.
   */
  readonly userIndex: readonly string[];
  /**
   * `hashtag_search_projection`: the words by which hashtags are found. A row's `rowid` is the id of
   * the hashtag, `name` an {@linkcode Dialect.indexedHashtag | indexed hashtag}.
   */
  readonly hashtagIndex: readonly string[];
  /** A person's name as the index keeps it. */
  readonly indexedName: (name: string | null) => Statement;
  /** A hashtag's name as the index keeps it. */
  readonly indexedHashtag: (name: string) => Statement;
  /** The words of an indexed name as the engine stores it, folded: the same on every engine. */
  readonly wordsOfName: (stored: string) => string;
  /** The words of an indexed hashtag as the engine stores it, folded: the same on every engine. */
  readonly wordsOfHashtag: (stored: string) => string;
  /** Ids of the people of whose names each term begins a word, whatever case and accents; at most `most`. */
  readonly peopleMatching: (terms: readonly string[], most: number) => Statement;
  /** Ids of the hashtags that begin with a text, whatever case and accents; at most `most`. */
  readonly hashtagsMatching: (beginning: string, most: number) => Statement;
  /**
   * Joins, as `c`, the posts whose ids a sub-select finds for each row before: looked up one by one,
   * never scanned for.
   */
  readonly joinPosts: (ids: Statement) => Statement;
  /** A column of one picture (`imageColumn`), with another text for those who cannot see it. */
  readonly describedImage: (column: Statement, alt: string) => Statement;
  /** A column of several pictures, with another text for that whose address begins with `path`. */
  readonly describedImages: (column: Statement, path: string, alt: string) => Statement;
}

const each = <Value>(of: (dialect: Dialect) => Value): ByEngine<Value> => ({
  sqlite: of(sqlite),
  postgres: of(postgres),
});

const sql = <Args extends readonly unknown[]>(
  of: (dialect: Dialect) => (...args: Args) => Statement,
) =>
(...args: Args): Statement =>
  byEngine({
    sqlite: of(sqlite)(...args),
    get postgres() {
      return of(postgres)(...args);
    },
  });

export const userIndex = each(({ userIndex }) => userIndex);
export const hashtagIndex = each(({ hashtagIndex }) => hashtagIndex);
export const indexedName = sql(({ indexedName }) => indexedName);
export const indexedHashtag = sql(({ indexedHashtag }) => indexedHashtag);
export const wordsOfName = each(({ wordsOfName }) => wordsOfName);
export const wordsOfHashtag = each(({ wordsOfHashtag }) => wordsOfHashtag);
export const peopleMatching = sql(({ peopleMatching }) => peopleMatching);
export const hashtagsMatching = sql(({ hashtagsMatching }) => hashtagsMatching);
export const joinPosts = sql(({ joinPosts }) => joinPosts);
export const describedImage = sql(({ describedImage }) => describedImage);
export const describedImages = sql(({ describedImages }) => describedImages);
