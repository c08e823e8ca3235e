import type { ComponentChildren } from "preact";
import type { PartialMode } from "./wire.ts";

/** Props of a {@linkcode Partial}. */
export interface PartialProps {
  children?: ComponentChildren;
  /** Says which partial of the current page an incoming one updates; unique on its page. */
  name: string;
  /** Whether incoming content replaces what is there (the default) or is put after or before it. */
  mode?: PartialMode;
}

/** A region of the page that client navigation updates without loading the whole page. */
export function Partial(props: PartialProps): ComponentChildren {
  return props.children;
}
Partial.displayName = "Partial";
