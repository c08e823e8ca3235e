import type { ComponentChildren } from "preact";
import Icon from "./Icon.tsx";
import { chevronLeft } from "./icons.ts";

export interface PageTitleProps {
  readonly children: ComponentChildren;
  /** A line below the title. */
  readonly lead?: ComponentChildren;
  /** Where the arrow before the title leads. */
  readonly back?: { readonly href: string; readonly label: string };
  /** Keeps the title for screen readers, where the page speaks for itself. */
  readonly hidden?: boolean;
}

export default function PageTitle({ children, lead, back, hidden = false }: PageTitleProps) {
  if (hidden) return <h1 class="visually-hidden">{children}</h1>;
  return (
    <header class="page-title">
      {back && (
        <a class="page-back" href={back.href}>
          <Icon path={chevronLeft} />
          {back.label}
        </a>
      )}
      <h1>{children}</h1>
      {lead && <p>{lead}</p>}
    </header>
  );
}
