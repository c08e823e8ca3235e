import type { ComponentChildren } from "preact";
import Button from "./Button.tsx";

export interface EmptyStateProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  /** The one thing to do next. */
  readonly action?: { readonly href: string; readonly label: string };
  /** 1 where the state is the whole page. */
  readonly level?: 1 | 2;
}

/** An unexposed strip of film, and the way to the first picture. */
export default function EmptyState({ title, children, action, level = 2 }: EmptyStateProps) {
  return (
    <section class="empty">
      <div class="empty-film" aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
      {level === 1 ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children && <p>{children}</p>}
      {action && <Button href={action.href}>{action.label}</Button>}
    </section>
  );
}
