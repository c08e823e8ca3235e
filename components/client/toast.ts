/** The event that the island Toasts listens for; its detail is a {@linkcode Toast}. */
export const TOAST = "filmroll:toast";

export interface Toast {
  readonly message: string;
  /** Takes back what the message tells of; the toast gets a button for it. */
  readonly undo?: () => void;
  /** Called once the toast is gone and was not undone, at the latest when the page is left. */
  readonly closed?: () => void;
  /** Gives the button the focus; while it has it, the toast stays. */
  readonly focus?: boolean;
}

/** Says something in the corner of the page; screen readers hear it too. */
export function toast(message: string, options: Omit<Toast, "message"> = {}): void {
  const detail: Toast = { message, ...options };
  dispatchEvent(new CustomEvent(TOAST, { detail }));
}
