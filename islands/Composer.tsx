import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, request, RequestFailed } from "../components/client/api.ts";
import { clearDraft, restoreDraft, saveDraft } from "../components/client/draft.ts";
import type { FieldError, FieldValues } from "../components/form_errors.ts";
import FormAlert from "../components/FormAlert.tsx";
import FormField from "../components/FormField.tsx";
import HiddenFields from "../components/HiddenFields.tsx";
import Icon from "../components/Icon.tsx";
import { picture } from "../components/icons.ts";
import type { Post } from "../web/schemas.ts";

export interface ComposerProps {
  /** The same for every sending of this form, so that however often it is sent it makes one post. */
  readonly commandId: string;
  /** What was sent and refused, when the server shows the form again. */
  readonly values?: FieldValues;
  readonly errors?: readonly FieldError[];
}

const DRAFT = "draft:post";
const MAXIMUM = 2200;
const SHOW_LEFT_FROM = 2000;

const isPicture = (url: string) => /^(https?:\/\/|\/media\/)\S+$/i.test(url);

function Preview({ url }: { url: string }) {
  const failed = useSignal(false);
  useEffect(() => {
    failed.value = false;
  }, [url]);
  if (isPicture(url) && !failed.value) {
    return <img src={url} alt="Your picture" onError={() => failed.value = true} />;
  }
  return (
    <p class="composer-empty" role={failed.value ? "alert" : undefined}>
      <Icon path={picture} />
      {failed.value ? "No picture could be loaded from that address." : "Your picture appears here"}
    </p>
  );
}

/** The form that makes a post: a picture, some words, or both. */
export default function Composer({ commandId, values = {}, errors = [] }: ComposerProps) {
  const form = useRef<HTMLFormElement>(null);
  const url = useSignal(values.image_url ?? "");
  const length = useSignal([...values.content ?? ""].length);
  const refused = useSignal(errors);
  const alert = useSignal<string | null>(null);
  const sending = useSignal(false);

  function field(name: string) {
    return form.current!.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement;
  }

  function changed() {
    url.value = field("image_url").value.trim();
    length.value = [...field("content").value].length;
    saveDraft(DRAFT, form.current!);
  }

  useEffect(() => {
    restoreDraft(DRAFT, form.current!);
    changed();
  }, []);

  async function send(event: SubmitEvent) {
    event.preventDefault();
    if (sending.value) return;
    sending.value = true;
    refused.value = [];
    alert.value = null;
    try {
      const post = await request<Post>("POST", "/posts", {
        body: { content: field("content").value, image_url: field("image_url").value.trim() },
        commandId,
      });
      clearDraft(DRAFT);
      location.assign(`/posts/${post.id}`);
    } catch (error) {
      sending.value = false;
      const message = failureMessage(error);
      refused.value = error instanceof RequestFailed ? error.errors : [];
      if (refused.value.length === 0) alert.value = message;
      else field(refused.value[0]!.path)?.focus();
    }
  }

  const left = MAXIMUM - length.value;
  return (
    <form
      class="composer"
      method="post"
      action="/posts"
      ref={form}
      onSubmit={send}
      onInput={changed}
    >
      <HiddenFields commandId={commandId} />
      <div class="composer-preview">
        <Preview url={url.value} />
      </div>
      <div class="composer-fields">
        <FormAlert message={alert.value} />
        <FormField
          name="image_url"
          label="Picture"
          type="url"
          hint="The web address of a picture. Without one, your words are the post."
          placeholder="https://"
          autocomplete="off"
          values={values}
          errors={refused.value}
        />
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
            {length.value >= SHOW_LEFT_FROM && `${left} character${left === 1 ? "" : "s"} left`}
          </p>
          <button class="button button-primary" type="submit" disabled={sending.value}>
            {sending.value ? "Sharing…" : "Share"}
          </button>
        </div>
      </div>
    </form>
  );
}
