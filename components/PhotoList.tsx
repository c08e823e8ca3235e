import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { LIMITS } from "../media/limits.ts";
import type { Upload, Uploader } from "./client/uploader.ts";
import Icon from "./Icon.tsx";
import { alert, arrowDown, arrowUp, close } from "./icons.ts";
import { smallest } from "./picture_sizes.ts";

export interface PhotoListProps {
  readonly uploader: Uploader;
}

interface PhotoProps {
  readonly upload: Upload;
  readonly uploader: Uploader;
  readonly index: number;
  readonly count: number;
  readonly isDragged: boolean;
  readonly onGrab: (event: PointerEvent) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onRemove: () => void;
}

function Progress({ upload: { state, progress }, nth }: { upload: Upload; nth: number }) {
  if (state === "waiting") return <p class="field-hint">Waiting…</p>;
  if (state !== "sending") return null;
  // All of it has gone: how long the server takes to develop it is not known.
  const isSent = progress === 1;
  return (
    <div class="photo-progress">
      <progress
        aria-label={`Sending picture ${nth}`}
        max={1}
        {...(isSent ? {} : { value: progress })}
      />
      <span class="field-hint">{isSent ? "Developing…" : `${Math.round(progress * 100)}%`}</span>
    </div>
  );
}

function Photo(
  { upload, uploader, index, count, isDragged, onGrab, onMove, onRemove }: PhotoProps,
) {
  const { id, preview, media, alt, state, failure } = upload;
  const nth = index + 1;
  const unseen = useSignal(false);
  // What a browser cannot show, such as HEIC, it can show once the server has developed it.
  const shown = media ? smallest(media.url) : unseen.value ? null : preview;
  const isUnderWay = state === "waiting" || state === "sending";
  return (
    <li class={`photo photo-${state} ${isDragged ? "photo-dragged" : ""}`} data-photo={id}>
      <div class={`photo-frame ${count > 1 ? "photo-grip" : ""}`} onPointerDown={onGrab}>
        {shown !== null && (
          <img
            src={shown}
            alt={alt || `Picture ${nth}`}
            width="96"
            height="96"
            decoding="async"
            draggable={false}
            onError={() => {
              if (media) uploader.refuse(id, "This picture is gone. Choose it again.");
              else unseen.value = true;
            }}
          />
        )}
        {count > 1 && <span class="photo-place" aria-hidden="true">{nth}</span>}
      </div>
      <div class="photo-body">
        <label class="field-hint" for={`photo-alt-${id}`}>
          What {count > 1 ? `picture ${nth}` : "it"} shows
        </label>
        <textarea
          class="field-control photo-alt"
          id={`photo-alt-${id}`}
          rows={1}
          placeholder="For those who cannot see it"
          maxLength={LIMITS.altLength}
          value={alt}
          onInput={({ currentTarget }) => uploader.describe(id, currentTarget.value)}
        />
        {failure !== null && (
          <p class="field-error" role="alert">
            <Icon path={alert} />
            {failure}
          </p>
        )}
        <Progress upload={upload} nth={nth} />
      </div>
      <div class="photo-actions">
        {count > 1 && (
          <>
            <button
              class="icon-button photo-earlier"
              type="button"
              aria-disabled={index === 0 ? "true" : "false"}
              onClick={() => onMove(-1)}
            >
              <Icon path={arrowUp} />
              <span class="visually-hidden">{`Move picture ${nth} earlier`}</span>
            </button>
            <button
              class="icon-button photo-later"
              type="button"
              aria-disabled={nth === count ? "true" : "false"}
              onClick={() => onMove(1)}
            >
              <Icon path={arrowDown} />
              <span class="visually-hidden">{`Move picture ${nth} later`}</span>
            </button>
          </>
        )}
        {state === "failed" && (
          <button
            class="button button-quiet"
            type="button"
            onClick={() => uploader.retry(id)}
          >
            Try again
          </button>
        )}
        <button class="icon-button photo-remove" type="button" onClick={onRemove}>
          <Icon path={close} />
          <span class="visually-hidden">
            {isUnderWay ? `Cancel picture ${nth}` : `Remove picture ${nth}`}
          </span>
        </button>
      </div>
    </li>
  );
}

/** Pictures that are chosen: to describe, to put in order by dragging or with buttons, to take out. */
export default function PhotoList({ uploader }: PhotoListProps) {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useSignal<string | null>(null);
  /** Finds what gets the focus, which moving and removing pictures take from where it was. */
  const nextFocus = useRef<(() => HTMLElement | null | undefined) | null>(null);
  const uploads = uploader.uploads.value;

  useEffect(() => {
    nextFocus.current?.()?.focus();
    nextFocus.current = null;
  }, [uploads]);

  useEffect(() => {
    if (dragged.value === null) return;
    const release = () => dragged.value = null;
    document.addEventListener("pointermove", drag);
    document.addEventListener("pointerup", release);
    document.addEventListener("pointercancel", release);
    return () => {
      document.removeEventListener("pointermove", drag);
      document.removeEventListener("pointerup", release);
      document.removeEventListener("pointercancel", release);
    };
  }, [dragged.value]);

  /** The picture goes where it is held, as soon as it is past the middle of what is there. */
  function drag({ clientY }: PointerEvent) {
    const all = uploader.uploads.value;
    const own = all.findIndex(({ id }) => id === dragged.value);
    const above = [...list.current!.children].filter((one, index) => {
      const { top, height } = one.getBoundingClientRect();
      return index !== own && clientY > top + height / 2;
    }).length;
    if (above !== own) uploader.move(all[own]!.id, above);
  }

  function move(id: string, place: number) {
    const { activeElement } = document;
    nextFocus.current = () => activeElement as HTMLElement;
    uploader.move(id, place);
  }

  function remove(id: string, index: number) {
    const form = list.current!.closest("form")!;
    nextFocus.current = () =>
      list.current?.querySelectorAll<HTMLElement>(".photo-remove").item(Math.max(0, index - 1)) ??
        form.querySelector<HTMLElement>('input[type="file"]');
    uploader.remove(id);
  }

  if (uploads.length === 0) return null;
  return (
    <ol class="photos needs-script" ref={list}>
      {uploads.map((upload, index) => (
        <Photo
          key={upload.id}
          upload={upload}
          uploader={uploader}
          index={index}
          count={uploads.length}
          isDragged={dragged.value === upload.id}
          onGrab={({ button }) => {
            if (button === 0 && uploads.length > 1) dragged.value = upload.id;
          }}
          onMove={(step) => move(upload.id, index + step)}
          onRemove={() => remove(upload.id, index)}
        />
      ))}
    </ol>
  );
}
