export interface LogoProps {
  /** Leaves out the word, for narrow places; the mark keeps the name for screen readers. */
  readonly markOnly?: boolean;
}

/** A roll seen from above, with the end of its film pulled out. */
export default function Logo({ markOnly = false }: LogoProps) {
  return (
    <span class="logo">
      <svg class="logo-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
        <path d="M30 28H14A12 12 0 1 1 26 16v5.500h4" />
        <circle cx="14" cy="16" r="3.250" />
        <path class="logo-perforation" d="M20 24.750h.01M24.250 24.750h.01M28.500 24.750h.01" />
      </svg>
      <span class={markOnly ? "visually-hidden" : "logo-word"}>Filmroll</span>
    </span>
  );
}
