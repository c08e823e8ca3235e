import type { ComponentChildren } from "preact";
import FilmStrip from "./FilmStrip.tsx";

export interface AuthCardProps {
  readonly title: string;
  readonly lead?: string;
  /** The form. */
  readonly children: ComponentChildren;
  /** The way to the other form. */
  readonly footer?: ComponentChildren;
}

/** The frame of the forms that log in and register, for a `full` layout. */
export default function AuthCard({ title, lead, children, footer }: AuthCardProps) {
  return (
    <div class="auth">
      <div class="auth-film">
        <FilmStrip direction="vertical" />
      </div>
      <section class="auth-card">
        <h1>{title}</h1>
        {lead && <p class="auth-lead">{lead}</p>}
        {children}
        {footer && <p class="auth-footer">{footer}</p>}
      </section>
    </div>
  );
}
