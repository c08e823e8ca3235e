export interface IconProps {
  /** One of the constants of `icons.ts`. */
  readonly path: string;
  readonly class?: string;
}

/** A decoration beside or inside a label; never the only name of a control. */
export default function Icon({ path, class: className }: IconProps) {
  return (
    <svg
      class={className ? `icon ${className}` : "icon"}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
