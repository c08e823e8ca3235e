import { createHash } from "node:crypto";

const LONGEST = 100;

/** A web address: what follows its '#' is a fragment and no hashtag. */
const ADDRESS = /https?:\/\/[^\s<>"]+/giu;

/**
 * A '#' that does not continue a word, then letters, marks, digits or underscores of any script, not
 * digits alone (UAX #31's hashtag identifiers, without its emoji).
 */
const HASHTAG = /(?<![\p{L}\p{M}\p{N}_&/#])#([\p{L}\p{M}\p{N}_]+)/gu;

/** A hashtag as it is compared: NFKC, lower-case. */
export const normaliseHashtag = (name: string): string => name.normalize("NFKC").toLowerCase();

/**
 * The id of a normalised hashtag: 52 bits of its name's SHA-256. So it is the same whoever used the
 * hashtag first, and stays it when they are erased.
 */
export const hashtagId = (name: string): number =>
  parseInt(createHash("sha256").update(name).digest("hex").slice(0, 13), 16);

/** The hashtags of a text, normalised, each once, in order; those over 100 characters are not. */
export function hashtagsOf(text: string): string[] {
  const names = new Set<string>();
  for (const [, name] of text.normalize("NFKC").replace(ADDRESS, " ").matchAll(HASHTAG)) {
    const tag = normaliseHashtag(name!);
    if ([...tag].length <= LONGEST && /[^\p{N}_]/u.test(tag)) names.add(tag);
  }
  return [...names];
}
