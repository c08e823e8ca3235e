import { useLayoutEffect, useRef } from "preact/hooks";
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
  { upload, uploader, index, count, isDragged, onGrab, onMove }: PhotoProps,
) {
  const { id, preview, media, alt, state, failure } = upload;
  const nth = index + 1;
  const unseen = useSignal(false);
  const kept = media && smallest(media.url);
  // What a browser cannot show, such as HEIC, it can show once the server has developed it.
  const shown = unseen.value ? kept : preview ?? kept;
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
            draggable={false}
            onError={() => unseen.value = true}
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
          {...(failure === null
            ? {}
            : { "aria-invalid": "true", "aria-describedby": `photo-error-${id}` })}
        />
        {failure !== null && (
          <p class="field-error" id={`photo-error-${id}`} role="alert">
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
        <button class="icon-button" type="button" onClick={() => uploader.remove(id)}>
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
  /** A button that was pressed, and is moved with its picture: moving takes the focus from it. */
  const pressed = useRef<HTMLElement | null>(null);
  const uploads = uploader.uploads.value;

  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  }, [uploads]);

  function grab({ currentTarget, pointerId, button }: PointerEvent, id: string) {
    if (button !== 0 || uploads.length < 2) return;
    (currentTarget as Element).setPointerCapture(pointerId);
    dragged.value = id;
  }

  /** The picture goes where it is held, as soon as it is past the middle of what is there. */
  function drag({ clientY }: PointerEvent) {
    if (dragged.value === null) return;
    const places = Array.from(list.current!.children, (one) => one.getBoundingClientRect());
    const own = uploads.findIndex(({ id }) => id === dragged.value);
    const above =
      places.filter(({ top, height }, index) => index !== own && clientY > top + height / 2).length;
    if (above !== own) uploader.move(dragged.value, above);
  }

  const release = () => dragged.value = null;

  if (uploads.length === 0) return null;
  return (
    <ol
      class="photos needs-script"
      ref={list}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
    >
      {uploads.map((upload, index) => (
        <Photo
          key={upload.id}
          upload={upload}
          uploader={uploader}
          index={index}
          count={uploads.length}
          isDragged={dragged.value === upload.id}
          onGrab={(event) => grab(event, upload.id)}
          onMove={(step) => {
            pressed.current = document.activeElement as HTMLElement;
            uploader.move(upload.id, index + step);
          }}
        />
      ))}
    </ol>
  );
}
