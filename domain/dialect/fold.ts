/**
 * Words as SQLite's tokenizer `unicode61 remove_diacritics 2` finds and folds them, for engines whose
 * own would find others (https://sqlite.org/fts5.html#unicode61_tokenizer).
 */

/** A longer word is kept up to here, in code points: nobody searches for more. */
const LONGEST_WORD = 100;

/** Accents that stand alone belong to the word before. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u0331]*/gu;
const WORD_OR_UNDERSCORE = /[\p{L}\p{N}\p{Co}_][\p{L}\p{N}\p{Co}_\u0300-\u0331]*/gu;

/** The words of a text, folded, in order. */
export const foldedWords = (text: string): string[] => wordsOf(text, WORD);

/** As {@linkcode foldedWords}, where an underscore is a letter. */
export const foldedTagWords = (text: string): string[] => wordsOf(text, WORD_OR_UNDERSCORE);

const wordsOf = (text: string, word: RegExp): string[] =>
  (text.match(word) ?? []).map((found) => [...fold(found)].slice(0, LONGEST_WORD).join(""));

/** Latin letters lose their accents, all letters their case. */
const fold = (word: string): string => Array.from(word, foldLetter).join("");

function foldLetter(letter: string): string {
  const [base = ""] = letter.normalize("NFD");
  if (/[a-z]/i.test(base)) return base.toLowerCase();
  return /\p{M}/u.test(letter) ? "" : letter.toLowerCase();
}
