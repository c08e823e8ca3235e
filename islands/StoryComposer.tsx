import { useRef } from "preact/hooks";
import { usePhotoForm } from "../components/client/photo_form.ts";
import type { FieldError, FieldValues } from "../components/form_errors.ts";
import FormAlert from "../components/FormAlert.tsx";
import FormField from "../components/FormField.tsx";
import HiddenFields from "../components/HiddenFields.tsx";
import LinkedPicture from "../components/LinkedPicture.tsx";
import PhotoChooser from "../components/PhotoChooser.tsx";
import type { Media, Story } from "../web/schemas.ts";

export interface StoryComposerProps {
  /** The same for every sending of this form, so that however often it is sent it makes one story. */
  readonly commandId: string;
  /** What was sent and refused, when the server shows the form again. */
  readonly values: FieldValues;
  readonly errors: readonly FieldError[];
  /** The picture that came with it. */
  readonly pictures: readonly Media[];
  /** What is wrong with the form as a whole. */
  readonly message: string | null;
}

const DRAFT = "draft:story";

/** The form that tells a story: a picture, some words, or both. */
export default function StoryComposer(
  { commandId, values, errors, pictures, message }: StoryComposerProps,
) {
  const form = useRef<HTMLFormElement>(null);
  const photoForm = usePhotoForm<Story>({
    form,
    path: "/stories",
    commandId,
    most: 1,
    draft: DRAFT,
    fields: ["content", "image_url"],
    values,
    errors,
    pictures,
    sent: ({ id }) => location.assign(`/stories/${id}`),
  });
  const { uploader, typed, refused, alert, sending, input, send } = photoForm;
  return (
    <form
      class="form"
      method="post"
      action="/stories"
      enctype="multipart/form-data"
      ref={form}
      onSubmit={send}
      onInput={input}
    >
      <HiddenFields commandId={commandId} />
      <FormAlert message={alert.value ?? message} />
      <PhotoChooser photoForm={photoForm} most={1} kept={pictures} errors={errors} />
      {uploader.uploads.value.length === 0 && (
        <LinkedPicture typed={typed.value} values={values} errors={refused.value} />
      )}
      <FormField
        name="content"
        label="Words"
        multiline
        maxLength={1000}
        hint="Without a picture they are set as a card: the fewer, the larger"
        values={values}
        errors={refused.value}
      />
      <button class="button button-primary" type="submit" disabled={sending.value}>
        {sending.value ? "Sharing…" : "Share for 24 hours"}
      </button>
    </form>
  );
}
