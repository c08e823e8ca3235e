export interface AltBadgeProps {
  /** Nothing is shown where it is empty. */
  readonly alt: string;
}

/** The alternative text of a picture, for those who see it. */
export default function AltBadge({ alt }: AltBadgeProps) {
  if (alt === "") return null;
  return (
    <details class="alt">
      <summary>
        ALT<span class="visually-hidden">ernative text</span>
      </summary>
      <p>{alt}</p>
    </details>
  );
}
