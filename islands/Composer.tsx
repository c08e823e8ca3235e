import { useRef } from "preact/hooks";
import { usePhotoForm } from "../components/client/photo_form.ts";
import { type FieldError, type FieldValues } from "../components/form_errors.ts";
import { counted } from "../components/count.ts";
import FormAlert from "../components/FormAlert.tsx";
import FormField from "../components/FormField.tsx";
import HiddenFields from "../components/HiddenFields.tsx";
import LinkedPicture from "../components/LinkedPicture.tsx";
import PhotoChooser from "../components/PhotoChooser.tsx";
import { LIMITS } from "../media/limits.ts";
import type { Media, Post } from "../web/schemas.ts";

export interface ComposerProps {
  /** The same for every sending of this form, so that however often it is sent it makes one post. */
  readonly commandId: string;
  /** What was sent and refused, when the server shows the form again. */
  readonly values?: FieldValues;
  readonly errors?: readonly FieldError[];
  /** The pictures that came with it. */
  readonly pictures?: readonly Media[];
}

const DRAFT = "draft:post";
const MAXIMUM = 2200;
const SHOW_LEFT_FROM = 2000;

/** The form that makes a post: pictures, some words, or both. */
export default function Composer(
  { commandId, values = {}, errors = [], pictures = [] }: ComposerProps,
) {
  const form = useRef<HTMLFormElement>(null);
  const photoForm = usePhotoForm<Post>({
    form,
    path: "/posts",
    commandId,
    most: LIMITS.picturesPerPost,
    draft: DRAFT,
    fields: ["content", "image_url"],
    values,
    errors,
    pictures,
    sent: ({ id }) => location.assign(`/posts/${id}`),
  });
  const { uploader, typed, refused, alert, sending, input, send } = photoForm;

  const length = [...typed.value.content ?? ""].length;
  const left = MAXIMUM - length;
  const isSendingPictures = uploader.uploads.value.some(({ state }) =>
    state === "waiting" || state === "sending"
  );
  return (
    <form
      class="composer"
      method="post"
      action="/posts"
      enctype="multipart/form-data"
      ref={form}
      onSubmit={send}
      onInput={input}
    >
      <HiddenFields commandId={commandId} />
      <div class="composer-pictures">
        <PhotoChooser
          photoForm={photoForm}
          most={LIMITS.picturesPerPost}
          kept={pictures}
          errors={errors}
        />
        {uploader.uploads.value.length === 0 && (
          <LinkedPicture typed={typed.value} values={values} errors={refused.value} />
        )}
      </div>
      <div class="composer-fields">
        <FormAlert message={alert.value} />
        <FormField
          name="content"
          label="Caption"
          multiline
          rows={5}
          hint="Up to 2,200 characters. #hashtags and @names become links."
          values={values}
          errors={refused.value}
        />
        <div class="composer-actions">
          <p class="composer-count" role="status">
            {length >= SHOW_LEFT_FROM &&
              `${counted(Math.abs(left), "character")} ${left < 0 ? "too many" : "left"}`}
          </p>
          <button class="button button-primary" type="submit" disabled={sending.value}>
            {!sending.value ? "Share" : isSendingPictures ? "Sending pictures…" : "Sharing…"}
          </button>
        </div>
      </div>
    </form>
  );
}
