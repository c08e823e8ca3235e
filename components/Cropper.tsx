import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import {
  centred,
  type Crop,
  MAX_ZOOM,
  moved,
  sideOf,
  type Size,
  within,
  zoomed,
} from "./client/crop.ts";
import Icon from "./Icon.tsx";
import { close as closeIcon } from "./icons.ts";

export interface CropperProps {
  readonly picture: ImageBitmap;
  readonly onCropped: (square: Blob) => void;
  /** Called when it is closed without a choice. */
  readonly onCancel: () => void;
}

/** Of what is made, at most, and of what is shown; in pixels. */
const MOST = 1080;
const SHOWN = 640;
const STEP = 0.05;
const ZOOM_STEP = 1.1;

type Change = (size: Size, crop: Crop) => Crop;

const KEYS: Readonly<Record<string, Change>> = {
  ArrowLeft: (size, crop) => moved(size, crop, -STEP, 0),
  ArrowRight: (size, crop) => moved(size, crop, STEP, 0),
  ArrowUp: (size, crop) => moved(size, crop, 0, -STEP),
  ArrowDown: (size, crop) => moved(size, crop, 0, STEP),
  "+": (size, crop) => zoomed(size, crop, ZOOM_STEP),
  "-": (size, crop) => zoomed(size, crop, 1 / ZOOM_STEP),
};

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const side = sideOf(crop, picture);
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(
    picture,
    ...[crop.x - side / 2, crop.y - side / 2, side, side] as const,
    ...[0, 0, canvas.width, canvas.height] as const,
  );
}

/** Chooses a square of a picture: by dragging, pinching, the wheel, or keys. */
export default function Cropper({ picture, onCropped, onCancel }: CropperProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const crop = useSignal(centred(picture));
  /** Where fingers are, by their pointers' ids. */
  const pointers = useRef(new Map<number, { readonly x: number; readonly y: number }>());

  useEffect(() => {
    dialog.current!.showModal();
    canvas.current!.focus();
  }, []);
  useEffect(() => draw(canvas.current!, picture, crop.value), [crop.value]);

  function press(event: PointerEvent) {
    canvas.current!.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, event);
  }

  function drag(event: PointerEvent) {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, event);
    const [other] = others;
    if (other !== undefined) {
      const distanceTo = ({ x, y }: { x: number; y: number }) =>
        Math.hypot(x - other[1].x, y - other[1].y);
      crop.value = zoomed(picture, crop.value, distanceTo(event) / distanceTo(before));
    } else {
      const width = canvas.current!.clientWidth;
      const [right, down] = [(event.x - before.x) / width, (event.y - before.y) / width];
      crop.value = moved(picture, crop.value, right, down);
    }
  }

  const release = ({ pointerId }: PointerEvent) => pointers.current.delete(pointerId);

  function key(event: KeyboardEvent) {
    const change = KEYS[event.key];
    if (change === undefined) return;
    event.preventDefault();
    crop.value = change(picture, crop.value);
  }

  function finish() {
    const made = document.createElement("canvas");
    made.width = made.height = Math.round(Math.min(sideOf(crop.value, picture), MOST));
    draw(made, picture, crop.value);
    made.toBlob((square) => onCropped(square!), "image/jpeg", 0.92);
  }

  return (
    <dialog class="dialog cropper" aria-labelledby="cropper-title" ref={dialog} onClose={onCancel}>
      <form class="dialog-head" method="dialog">
        <h2 id="cropper-title">Your picture</h2>
        <button class="icon-button" type="submit" aria-label="Close">
          <Icon path={closeIcon} />
        </button>
      </form>
      <canvas
        class="cropper-view"
        ref={canvas}
        width={SHOWN}
        height={SHOWN}
        tabIndex={0}
        role="application"
        aria-label="Part of the picture that is shown"
        aria-describedby="cropper-hint"
        onPointerDown={press}
        onPointerMove={drag}
        onPointerUp={release}
        onPointerCancel={release}
        onKeyDown={key}
        onWheel={(event) => {
          event.preventDefault();
          crop.value = zoomed(picture, crop.value, event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
        }}
      />
      <p class="field-hint" id="cropper-hint">
        Drag it, or use the arrow keys; plus and minus zoom.
      </p>
      <label class="cropper-zoom">
        Zoom
        <input
          type="range"
          min={1}
          max={MAX_ZOOM}
          step={0.01}
          value={crop.value.zoom}
          onInput={({ currentTarget }) =>
            crop.value = within(picture, { ...crop.value, zoom: Number(currentTarget.value) })}
        />
      </label>
      <button class="button button-primary button-block" type="button" onClick={finish}>
        Use this
      </button>
    </dialog>
  );
}
