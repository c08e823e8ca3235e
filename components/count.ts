const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** `987`, `1.2K`, `3.4M` */
export function compactCount(count: number): string {
  return count < 1000 ? String(count) : compact.format(count);
}

/** `1 comment`, `12 comments`, `1.2K comments` */
export function counted(count: number, noun: string): string {
  return `${compactCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
