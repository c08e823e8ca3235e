/** A piece of a caption, bio or comment: plain text, or text that leads somewhere. */
export type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hashtag" | "mention" | "url"; readonly text: string; readonly href: string };

/**
 * Hashtags are Unicode words, usernames those that can be registered. Neither may follow a letter,
 * so that `a#b` and `ana@example.com` stay as they are.
 */
const LINKS =
  /(https?:\/\/[^\s<>"]+)|(?<![\p{L}\p{N}\p{M}_&/])(?:#([\p{L}\p{N}\p{M}_]+)|@([A-Za-z0-9._]{3,30}))/giu;

const TRAILING_PUNCTUATION = /[.,:;!?'’”)\]]+$/;

function urlEnd(url: string): string {
  const [trailing = ""] = url.match(TRAILING_PUNCTUATION) ?? [];
  const balanced = trailing.startsWith(")") && url.includes("(") ? 1 : 0;
  return url.slice(0, url.length - trailing.length + balanced);
}

/** Splits a text at its hashtags, mentions and web addresses; joined again, the segments' texts are the text. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let end = 0;
  const push = (start: number, segment: Segment) => {
    if (start > end) found.push({ kind: "text", text: text.slice(end, start) });
    found.push(segment);
    end = start + segment.text.length;
  };
  for (const match of text.matchAll(LINKS)) {
    const [, url, tag, username] = match;
    if (url !== undefined) {
      const address = urlEnd(url);
      if (URL.canParse(address)) push(match.index, { kind: "url", text: address, href: address });
    } else if (tag !== undefined && tag.length <= 100) {
      const href = `/search/posts/hashtag/${
        encodeURIComponent(tag.normalize("NFKC").toLowerCase())
      }`;
      push(match.index, { kind: "hashtag", text: `#${tag}`, href });
    } else if (username !== undefined) {
      const name = username.replace(/\.+$/, "");
      if (name.length >= 3) {
        push(match.index, { kind: "mention", text: `@${name}`, href: `/@${name}` });
      }
    }
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}

/**
 * The beginning of a text, cut at a space before `maximum` characters where there is one; null when
 * the text is short enough to be shown whole.
 */
export function excerpt(text: string, maximum: number): string | null {
  const characters = [...text];
  if (characters.length <= maximum) return null;
  const start = characters.slice(0, maximum).join("");
  const space = start.search(/\s\S*$/);
  return `${(space > start.length / 2 ? start.slice(0, space) : start).trimEnd()}…`;
}
