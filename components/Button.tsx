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
  /** As wide as what it is in. */
  readonly block?: boolean;
}

export default function Button(
  { children, kind = "primary", href, rel, type = "submit", disabled = false, block = false }:
    ButtonProps,
) {
  const className = `button button-${kind}${block ? " button-block" : ""}`;
  if (href !== undefined) return <a class={className} href={href} rel={rel}>{children}</a>;
  return <button class={className} type={type} disabled={disabled}>{children}</button>;
}
