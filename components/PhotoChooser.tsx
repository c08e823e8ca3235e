import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { Media } from "../web/schemas.ts";
import { unanswered } from "./client/api.ts";
import type { PhotoForm } from "./client/photo_form.ts";
import { toast } from "./client/toast.ts";
import { type FieldError, messagesOf } from "./form_errors.ts";
import FormAlert from "./FormAlert.tsx";
import PhotoFields from "./PhotoFields.tsx";
import type { PhotoListProps } from "./PhotoList.tsx";
import PhotoPicker from "./PhotoPicker.tsx";

export interface PhotoChooserProps {
  readonly photoForm: PhotoForm;
  /** How many pictures there may be. */
  readonly most: number;
  /** The pictures that came with the form before, and what was wrong with others. */
  readonly kept: readonly Media[];
  readonly errors: readonly FieldError[];
}

/** The part of a form that has to do with pictures, with and without script. */
export default function PhotoChooser(
  { photoForm: { uploader, enlivened }, most, kept, errors }: PhotoChooserProps,
) {
  const list = useSignal<FunctionComponent<PhotoListProps> | null>(null);
  const count = uploader.uploads.value.length;
  const PhotoList = list.value;

  // What draws pictures comes with the first of them.
  useEffect(() => {
    if (count === 0 || PhotoList !== null) return;
    import("./PhotoList.tsx").then(
      (module) => list.value = module.default,
      () => toast(unanswered().message),
    );
  }, [count]);

  const noun = most === 1 ? "a picture" : "pictures";
  return (
    <>
      {PhotoList && <PhotoList uploader={uploader} />}
      {count < most && (
        <PhotoPicker
          label={count === 0 ? `Choose ${noun}` : `Add ${noun}`}
          most={most}
          onChoose={uploader.add}
        />
      )}
      <FormAlert message={uploader.leftOut.value} />
      <p class="visually-hidden" role="status">{uploader.said.value}</p>
      {!enlivened.value && (
        <PhotoFields
          most={most}
          kept={kept}
          errors={messagesOf(errors, "photo", "alt", "media")}
        />
      )}
    </>
  );
}
