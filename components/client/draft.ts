import { attempt } from "./storage.ts";

type Draft = Record<string, string>;

const TEXT_FIELDS = 'textarea[name], input[name]:not([type="hidden"], [type="file"])';

function textFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TEXT_FIELDS)];
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
