import type { FunctionComponent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, unanswered } from "../components/client/api.ts";
import { newCommandId } from "../components/client/command_id.ts";
import { type Sending, sendPicture } from "../components/client/send_picture.ts";
import Avatar from "../components/Avatar.tsx";
import type { CropperProps } from "../components/Cropper.tsx";
import { errorOf, type FieldError, type FieldValues } from "../components/form_errors.ts";
import FormField from "../components/FormField.tsx";
import Icon from "../components/Icon.tsx";
import { alert } from "../components/icons.ts";
import { ACCEPTED, FILE_LIMITS, refusalOf } from "../components/photo_rules.ts";
import { smallest } from "../components/picture_sizes.ts";
import type { Viewer } from "../components/viewer.ts";
import type { Media } from "../web/schemas.ts";

export interface AvatarFieldProps {
  readonly viewer: Viewer;
  readonly values: FieldValues;
  readonly errors: readonly FieldError[];
  /** The picture that came with the form before, if one did. */
  readonly picture: Media | null;
}

interface Cropping {
  readonly Cropper: FunctionComponent<CropperProps>;
  readonly picture: ImageBitmap;
}

/** The fields of a form that say what somebody looks like: a picture of theirs, or one's address. */
export default function AvatarField({ viewer, values, errors, picture }: AvatarFieldProps) {
  const media = useSignal(picture);
  const cropping = useSignal<Cropping | null>(null);
  const failure = useSignal(errorOf(errors, "photo") ?? errorOf(errors, "media"));
  const progress = useSignal<number | null>(null);
  const enlivened = useSignal(false);
  const sending = useRef<Sending | null>(null);
  /** Settles when the picture is there or has failed; null while none is under way. */
  const sent = useRef<Promise<void> | null>(null);
  const chooser = useRef<HTMLInputElement>(null);

  useEffect(() => {
    enlivened.value = true;
    const form = chooser.current!.form!;
    const waitForPicture = async (event: SubmitEvent) => {
      if (sent.current === null) return;
      event.preventDefault();
      await sent.current;
      if (failure.value === null) form.requestSubmit();
    };
    form.addEventListener("submit", waitForPicture);
    return () => form.removeEventListener("submit", waitForPicture);
  }, []);

  async function choose(file: File) {
    failure.value = refusalOf(file);
    if (failure.value !== null) return;
    // What the browser cannot read, such as HEIC, the server crops in its middle.
    const decoded = await createImageBitmap(file).catch(() => null);
    if (decoded === null) return send(file);
    try {
      const { default: Cropper } = await import("../components/Cropper.tsx");
      cropping.value = { Cropper, picture: decoded };
    } catch {
      failure.value = unanswered().message;
    }
  }

  function send(file: Blob) {
    endCropping();
    sending.current?.cancel();
    const one = sendPicture({
      file,
      commandId: newCommandId(),
      square: true,
      onProgress: (done) => progress.value = done,
    });
    sending.current = one;
    progress.value = 0;
    const done = one.media.then(
      (kept) => void (media.value = kept),
      (error) => void (failure.value = failureMessage(error)),
    ).then(() => {
      progress.value = null;
      sent.current = null;
    });
    sent.current = done;
  }

  function endCropping() {
    cropping.value?.picture.close();
    cropping.value = null;
    chooser.current?.focus();
  }

  // With script a file is sent as it is chosen, and not with the form.
  const named = enlivened.value ? {} : { name: "photo" };
  const shown = media.value === null ? values.profile_image_url || null : smallest(media.value.url);
  return (
    <div class="avatar-field">
      <Avatar
        userId={viewer.id}
        username={viewer.username}
        fullName={viewer.full_name}
        imageUrl={shown}
        size="large"
      />
      <div class="field">
        {media.value && <input type="hidden" name="media" value={media.value.id} />}
        <label class="field-label" for="photo">Profile picture</label>
        <input
          class="field-file"
          id="photo"
          {...named}
          type="file"
          accept={ACCEPTED}
          ref={chooser}
          aria-describedby="photo-hint"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files!;
            currentTarget.value = "";
            if (file) choose(file);
          }}
        />
        <p class="field-hint" id="photo-hint">{FILE_LIMITS}; it is cut to a square.</p>
        {progress.value !== null && (
          <progress aria-label="Sending your picture" max={1} value={progress.value} />
        )}
        <p class="field-hint" role="status">
          {media.value && progress.value === null && "Save to show it."}
        </p>
        {failure.value !== null && (
          <p class="field-error" role="alert">
            <Icon path={alert} />
            {failure.value}
          </p>
        )}
        <details
          class="linked"
          open={errorOf(errors, "profile_image_url") !== null}
        >
          <summary>Link or remove it</summary>
          <FormField
            name="profile_image_url"
            label="Address of a picture"
            hint="Empty, no picture is shown"
            type="url"
            placeholder="https://"
            values={values}
            errors={errors}
          />
        </details>
      </div>
      {cropping.value && (
        <cropping.value.Cropper
          picture={cropping.value.picture}
          onCropped={send}
          onCancel={endCropping}
        />
      )}
    </div>
  );
}
