import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { errorOf, type FieldError, type FieldValues } from "./form_errors.ts";
import FormField from "./FormField.tsx";

export interface LinkedPictureProps {
  /** What is in the form's fields now, and what was at first. */
  readonly typed: FieldValues;
  readonly values: FieldValues;
  readonly errors: readonly FieldError[];
}

const isPicture = (url: string) => /^(https?:\/\/|\/media\/)\S+$/i.test(url);

/** The field for the address of a picture that is elsewhere, and the picture as far as it loads. */
export default function LinkedPicture({ typed, values, errors }: LinkedPictureProps) {
  const url = typed.image_url?.trim() ?? "";
  const failed = useSignal(false);
  useEffect(() => {
    failed.value = false;
  }, [url]);
  const isOpen = url !== "" || errorOf(errors, "image_url") !== null;
  return (
    <details class="linked" open={isOpen}>
      <summary>Link a picture by its address</summary>
      <FormField
        name="image_url"
        label="Address of a picture"
        type="url"
        placeholder="https://"
        autocomplete="off"
        values={values}
        errors={errors}
      />
      {isPicture(url) && (failed.value
        ? <p class="field-hint" role="alert">No picture could be loaded from that address.</p>
        : (
          <img
            src={url}
            alt="Your picture"
            width="320"
            height="400"
            onError={() => failed.value = true}
          />
        ))}
    </details>
  );
}
