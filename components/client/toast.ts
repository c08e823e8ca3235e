/** The event that the island Toasts listens for. */
export const TOAST = "filmroll:toast";

/** Says something in the corner of the page; screen readers hear it too. */
export function toast(message: string): void {
  dispatchEvent(new CustomEvent(TOAST, { detail: message }));
}
