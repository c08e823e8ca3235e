import type { ComponentChildren } from "preact";

export interface ButtonProps {
  readonly children: ComponentChildren;
  /** primary is the one thing to do on a page. */
  readonly kind?: "primary" | "secondary" | "quiet" | "danger";
  /** Makes it a link that looks like a button. */
  readonly href?: string;
  readonly rel?: string;
  readonly type?: "submit" | "button";
  readonly disabled?: boolean;
  readonly wide?: boolean;
}

export default function Button(
  { children, kind = "primary", href, rel, type = "submit", disabled = false, wide = false }:
    ButtonProps,
) {
  const className = `button button-${kind}${wide ? " button-wide" : ""}`;
  if (href !== undefined) return <a class={className} href={href} rel={rel}>{children}</a>;
  return <button class={className} type={type} disabled={disabled}>{children}</button>;
}
