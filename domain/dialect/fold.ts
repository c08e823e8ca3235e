/**
 * Words as SQLite's tokenizer `unicode61 remove_diacritics 2` finds and folds them in NFKC, for engines
 * whose own would find others (https://sqlite.org/fts5.html#unicode61_tokenizer).
 */

/** A longer word is kept up to here, in code points: nobody searches for more. */
const LONGEST_WORD = 100;

/** Accents that stand alone and belong to the word before; others end it. */
const ACCENT = "\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331";
const LETTER = "\\p{L}\\p{N}\\p{Co}";
const WORD = new RegExp(`[${LETTER}][${LETTER}${ACCENT}]*`, "gu");
const WORD_WITH_UNDERSCORES = new RegExp(`[_${LETTER}][_${LETTER}${ACCENT}]*`, "gu");

/** The words of a text, folded, in order. */
export const foldedWords = (text: string): string[] => wordsOf(text, WORD);

/** As {@linkcode foldedWords}, where an underscore is a letter. */
export const foldedTagWords = (text: string): string[] => wordsOf(text, WORD_WITH_UNDERSCORES);

const wordsOf = (text: string, word: RegExp): string[] =>
  (text.match(word) ?? []).map((found) => Array.from(found, fold).slice(0, LONGEST_WORD).join(""));

/** Letters lose their case, Latin ones their accents; the two small sigmas are one. */
function fold(letter: string): string {
  const [base = ""] = letter.normalize("NFD");
  if (/[a-z]/i.test(base)) return base.toLowerCase();
  if (/\p{M}/u.test(letter)) return "";
  return letter === "ς" ? "σ" : letter.toLowerCase();
}
