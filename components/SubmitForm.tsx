import type { ComponentChildren } from "preact";
import HiddenFields, { type HiddenFieldsProps } from "./HiddenFields.tsx";

export interface SubmitFormProps extends HiddenFieldsProps {
  readonly action: string;
  readonly buttonClass: string;
  /** With script the form can be undone for some seconds; what is said meanwhile. */
  readonly undo?: string;
  /** The button's content. */
  readonly children: ComponentChildren;
}

/** A form that is one button: delete, log out. */
export default function SubmitForm(
  { action, buttonClass, undo, children, ...hidden }: SubmitFormProps,
) {
  return (
    <form class="submit-form" method="post" action={action} data-undo={undo}>
      <HiddenFields {...hidden} />
      <button class={buttonClass} type="submit">{children}</button>
    </form>
  );
}
