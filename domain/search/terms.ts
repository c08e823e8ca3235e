/** Letters, marks, digits and underscores: what words and hashtags are made of. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

const MOST_TERMS = 8;
const LONGEST_TERM = 100;

/**
 * The words that somebody looks for, NFKC, from whatever they typed; the first 8, each cut after 100
 * characters. None where there is no letter or digit.
 */
export function searchTerms(text: string): string[] {
  const words = text.normalize("NFKC").match(WORD) ?? [];
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, MOST_TERMS)
    .map((word) => [...word].slice(0, LONGEST_TERM).join(""));
}
