import Button from "./Button.tsx";

export interface PaginationProps {
  /** The address of the next page; null on the last. */
  readonly href: string | null;
  readonly label?: string;
}

/** The way to the next page of a list. */
export default function Pagination({ href, label = "Older posts" }: PaginationProps) {
  if (href === null) return null;
  return (
    <nav class="pagination" aria-label="Pages">
      <Button kind="secondary" href={href} rel="next">{label}</Button>
    </nav>
  );
}
