import Icon from "./Icon.tsx";
import { errorOf, type FieldError, type FieldValues } from "./form_errors.ts";
import { alert } from "./icons.ts";

export interface FormFieldProps {
  /** The name of the JSON field. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: "text" | "email" | "password" | "url" | "search";
  readonly multiline?: boolean;
  readonly rows?: number;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly placeholder?: string;
  readonly autocomplete?: string;
  readonly values?: FieldValues;
  /** Of the whole form: the field finds its own, and the first of them gets the focus. */
  readonly errors?: readonly FieldError[];
}

/** A label, a hint, a control and what is wrong with it. */
export default function FormField(
  {
    name,
    label,
    hint,
    type = "text",
    multiline = false,
    rows = 4,
    values = {},
    errors = [],
    required = false,
    ...rest
  }: FormFieldProps,
) {
  const error = errorOf(errors, name);
  const id = `field-${name}`;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const value = values[name];
  // A picture can be a path of this server's own, which a browser's field for URLs would refuse.
  const kind = type === "url" ? { type: "text", inputMode: "url" } as const : { type };
  const control = {
    ...rest,
    id,
    name,
    class: "field-control",
    required,
    // Passwords and the like are typed as they are; so are addresses.
    ...(multiline || type === "text" || type === "search"
      ? {}
      : { autocapitalize: "none" as const, spellcheck: false }),
    ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
    ...(error === null ? {} : { "aria-invalid": "true" as const }),
    ...(errors[0]?.path === name ? { autofocus: true } : {}),
    ...(value ? { defaultValue: value } : {}),
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {required ? label : (
          <>
            {label} <span class="field-optional">optional</span>
          </>
        )}
      </label>
      {multiline ? <textarea {...control} rows={rows} /> : <input {...control} {...kind} />}
      {hint && <p class="field-hint" id={`${id}-hint`}>{hint}</p>}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon path={alert} />
          {error}
        </p>
      )}
    </div>
  );
}
