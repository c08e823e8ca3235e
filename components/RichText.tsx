import { type Segment, segments } from "./rich_text.ts";

export interface RichTextProps {
  readonly text: string;
}

function piece(segment: Segment) {
  switch (segment.kind) {
    case "text":
      // A bare string in a list would be escaped twice by the precompiled JSX.
      return <>{segment.text}</>;
    case "url":
      return <a href={segment.href} rel="nofollow noopener ugc">{segment.text}</a>;
    default:
      return <a href={segment.href}>{segment.text}</a>;
  }
}

/** A text that people wrote, with its hashtags, mentions and addresses as links. */
export default function RichText({ text }: RichTextProps) {
  return <>{segments(text).map(piece)}</>;
}
