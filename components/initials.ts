const LETTER = /[\p{L}\p{N}]/u;

function firstLetter(word: string): string {
  return [...word].find((character) => LETTER.test(character)) ?? "";
}

/** One or two capitals: of the first and last word of a name, or of the username. */
export function initials(username: string, fullName: string | null): string {
  const words = (fullName ?? "").split(/\s+/).filter((word) => LETTER.test(word));
  const [first = username] = words;
  const last = words.length > 1 ? words[words.length - 1]! : "";
  return (firstLetter(first) + firstLetter(last)).toUpperCase() || "·";
}
