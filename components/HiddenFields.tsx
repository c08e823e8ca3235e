export interface HiddenFieldsProps {
  /** A method that a form cannot send. */
  readonly method?: "DELETE" | "PUT" | undefined;
  /** Path, and fragment where there is one, of the page to come back to. */
  readonly returnTo?: string | undefined;
  /** Sent twice, the form acts once. */
  readonly commandId?: string | undefined;
}

/** The fields of a form that say how it is sent. */
export default function HiddenFields({ method, returnTo, commandId }: HiddenFieldsProps) {
  return (
    <>
      {method && <input type="hidden" name="_method" value={method} />}
      {returnTo && <input type="hidden" name="return_to" value={returnTo} />}
      {commandId && <input type="hidden" name="command_id" value={commandId} />}
    </>
  );
}
