/** As in the contract's problem documents; `path` is the name of a field. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What was sent, by field, to be shown again beside the error. */
export type FieldValues = Readonly<Record<string, string | null | undefined>>;

/** The first message about a field, or null. */
export function errorOf(errors: readonly FieldError[], name: string): string | null {
  return errors.find((error) => error.path === name)?.message ?? null;
}

/** All messages about some fields. */
export const messagesOf = (errors: readonly FieldError[], ...names: readonly string[]): string[] =>
  errors.filter(({ path }) => names.includes(path)).map(({ message }) => message);
