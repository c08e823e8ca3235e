import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { type Signal, useSignal } from "@preact/signals";
import type { Media } from "../../web/schemas.ts";
import type { FieldError, FieldValues } from "../form_errors.ts";
import { failureMessage, request, RequestFailed } from "./api.ts";
import { clearDraft, restoreDraft, saveDraft } from "./draft.ts";
import { takeDroppedAndPasted } from "./dropped.ts";
import { createUploader, type Uploader } from "./uploader.ts";

export interface PhotoFormOptions<Answer> {
  readonly form: RefObject<HTMLFormElement>;
  /** Below `/api`, where the form is sent to. */
  readonly path: string;
  readonly commandId: string;
  /** How many pictures there may be. */
  readonly most: number;
  /** The key under which a reload finds text and pictures again. */
  readonly draft: string;
  /** The names of the fields to send beside the pictures. */
  readonly fields: readonly string[];
  /** What was sent, and what was wrong with it, when the server shows the form again. */
  readonly values: FieldValues;
  readonly errors: readonly FieldError[];
  /** The pictures that came with it. */
  readonly pictures: readonly Media[];
  readonly sent: (answer: Answer) => void;
}

export interface PhotoForm {
  readonly uploader: Uploader;
  /** What is in the fields, by name. */
  readonly typed: Signal<FieldValues>;
  /** Whether script has taken over. */
  readonly enlivened: Signal<boolean>;
  readonly refused: Signal<readonly FieldError[]>;
  /** What is wrong with the form as a whole. */
  readonly alert: Signal<string | null>;
  readonly sending: Signal<boolean>;
  /** To be called on the form's events. */
  readonly input: () => void;
  readonly send: (event: SubmitEvent) => Promise<void>;
}

/** A form with pictures, which are sent as they are chosen; it is sent when all of them are there. */
export function usePhotoForm<Answer>(
  { form, path, commandId, most, draft, fields, values, errors, pictures, sent }: PhotoFormOptions<
    Answer
  >,
): PhotoForm {
  const uploader = useMemo(() => createUploader({ most, draft: `${draft}:pictures` }), []);
  const typed = useSignal(values);
  const enlivened = useSignal(false);
  const refused = useSignal(errors);
  const alert = useSignal<string | null>(null);
  const sending = useSignal(false);

  const fieldOf = (name: string) =>
    form.current!.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | null;

  function read() {
    typed.value = Object.fromEntries(fields.map((name) => [name, fieldOf(name)?.value]));
  }

  useEffect(() => {
    restoreDraft(draft, form.current!);
    read();
    uploader.restore(pictures);
    enlivened.value = true;
    return takeDroppedAndPasted(form.current!, uploader.add);
  }, []);

  /** Says what was refused beside what it is about, and goes there. */
  function complain(error: unknown) {
    alert.value = failureMessage(error);
    refused.value = (error as RequestFailed).errors;
    for (const { path, message } of refused.value) {
      const [, place = most === 1 ? 0 : NaN] = /^media(?:\.(\d+))?$/.exec(path) ?? [];
      const upload = uploader.uploads.value[Number(place)];
      if (upload !== undefined) uploader.refuse(upload.id, message);
    }
    for (const { path } of refused.value) {
      const field = fieldOf(path);
      if (field === null) continue;
      alert.value = null;
      return field.focus();
    }
  }

  async function send(event: SubmitEvent) {
    event.preventDefault();
    if (sending.value) return;
    sending.value = true;
    refused.value = [];
    alert.value = null;
    try {
      const media = await uploader.finish();
      if (media === null) {
        alert.value = "Not every picture has come through: try again, or take it out.";
      } else {
        const chosen = media.length === 0 ? {} : { media: most === 1 ? media[0] : media };
        const answer = await request<Answer>("POST", path, {
          body: { ...typed.value, ...chosen },
          commandId,
        });
        clearDraft(draft);
        uploader.clear();
        return sent(answer);
      }
    } catch (error) {
      complain(error);
    }
    sending.value = false;
  }

  function input() {
    read();
    saveDraft(draft, form.current!);
  }

  return { uploader, typed, enlivened, refused, alert, sending, input, send };
}
