/**
 * Enough of HTML to read our own pages as a browser without script does: what is on them, and what
 * their forms send.
 */

/** A start tag. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where its content starts in the page. */
  readonly end: number;
}

/** A form as it would be sent untouched. */
export interface Form {
  readonly method: string;
  /** As written, such as "/posts/1/likes". */
  readonly action: string;
  /** Initial values by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Attributes of each control by the control's name. */
  readonly controls: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of the button that sends it. */
  readonly button: string;
}

const TAG = /<([a-z][a-z0-9]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s=>"/]+)(?:="([^"]*)")?/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** Reads escaped text back. */
const unescape = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!);

/** The start tags of a page, in order; of one name, if that is given. */
export function tagsOf(html: string, only?: string): Tag[] {
  return Array.from(html.matchAll(TAG), (match): Tag => ({
    name: match[1]!,
    attributes: Object.fromEntries(
      Array.from(
        match[2]!.matchAll(ATTRIBUTE),
        ([, name, value]) => [name!, unescape(value ?? "")],
      ),
    ),
    end: match.index + match[0].length,
  })).filter(({ name }) => only === undefined || name === only);
}

/** What people read on a page, or in a part of it: no tags, no scripts, single spaces. */
export const textOf = (html: string): string =>
  unescape(
    html.replace(/<(script|style|title)\b.*?<\/\1>/gs, " ").replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " "),
  ).trim();

/** The forms of a page, in order. */
export function formsOf(html: string): Form[] {
  return tagsOf(html, "form").map(({ attributes, end }) => {
    const content = html.slice(end, html.indexOf("</form>", end));
    const tags = tagsOf(content);
    const named = tags.filter(({ name, attributes }) =>
      ["input", "textarea"].includes(name) && attributes.name !== undefined
    );
    const button = tags.find(({ name }) => name === "button");
    return {
      method: attributes.method ?? "get",
      action: attributes.action ?? "",
      fields: Object.fromEntries(named.map((tag) => [tag.attributes.name!, valueOf(tag, content)])),
      controls: Object.fromEntries(named.map(({ attributes }) => [attributes.name!, attributes])),
      button: button === undefined
        ? ""
        : textOf(content.slice(button.end, content.indexOf("</button>", button.end))),
    };
  });
}

const valueOf = ({ name, attributes, end }: Tag, content: string): string =>
  name === "textarea"
    ? unescape(content.slice(end, content.indexOf("</textarea>", end)).replace(/^\n/, ""))
    : attributes.value ?? "";
