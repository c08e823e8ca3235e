import { attempt } from "./storage.ts";

type Draft = Record<string, string>;

function textFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return Array.from(form.elements).filter((element) =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && element.type !== "hidden")
  ) as (HTMLInputElement | HTMLTextAreaElement)[];
}

/** Keeps what is in the form's text fields for this tab, until `clearDraft`. */
export function saveDraft(key: string, form: HTMLFormElement): void {
  const draft: Draft = Object.fromEntries(
    textFields(form).map((field) => [field.name, field.value]),
  );
  attempt(() => sessionStorage.setItem(key, JSON.stringify(draft)));
}

/** Fills the fields that are still empty from what was kept. */
export function restoreDraft(key: string, form: HTMLFormElement): void {
  const stored = attempt(() => sessionStorage.getItem(key));
  const draft: Draft = attempt(() => JSON.parse(stored ?? "{}")) ?? {};
  for (const field of textFields(form)) {
    if (field.value === "") field.value = draft[field.name] ?? "";
  }
}

export function clearDraft(key: string): void {
  attempt(() => sessionStorage.removeItem(key));
}
