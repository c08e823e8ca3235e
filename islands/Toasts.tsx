import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { watchDeletions } from "../components/client/deletions.ts";
import { TOAST, type Toast } from "../components/client/toast.ts";
import Icon from "../components/Icon.tsx";
import { close } from "../components/icons.ts";

export interface ToastsProps {
  /** What the server has to say about the last form, shown without script too. */
  readonly flash?: string | null;
}

interface ToastItemProps {
  readonly toast: Toast;
  readonly onClose: () => void;
  readonly onUndo: () => void;
}

const SHOWN_MS = 7_000;

function ToastItem({ toast, onClose, onUndo }: ToastItemProps) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (toast.focus) box.current!.querySelector("button")!.focus();
    const timer = setInterval(() => {
      // It waits for who is about to press its button.
      if (!box.current!.matches(":hover, :focus-within")) onClose();
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <div class="toast" ref={box}>
      <p>{toast.message}</p>
      {toast.undo && <button class="toast-undo" type="button" onClick={onUndo}>Undo</button>}
      <button
        class="icon-button"
        type="button"
        aria-label="Dismiss"
        onClick={() => {
          onClose();
          document.getElementById("main")?.focus({ preventScroll: true });
        }}
      >
        <Icon path={close} />
      </button>
    </div>
  );
}

/** The corner where the page says what happened, and where deletions wait for a change of mind. */
export default function Toasts({ flash = null }: ToastsProps) {
  const toasts = useSignal<readonly Toast[]>(flash === null ? [] : [{ message: flash }]);

  function remove(toast: Toast, then: (() => void) | undefined) {
    if (!toasts.value.includes(toast)) return;
    toasts.value = toasts.value.filter((other) => other !== toast);
    then?.();
  }

  useEffect(() => {
    const add = (event: Event) => {
      toasts.value = [...toasts.value, (event as CustomEvent<Toast>).detail];
    };
    const leave = () => toasts.value.forEach((toast) => remove(toast, toast.closed));
    addEventListener(TOAST, add);
    addEventListener("pagehide", leave);
    const unwatch = watchDeletions();
    return () => {
      removeEventListener(TOAST, add);
      removeEventListener("pagehide", leave);
      unwatch();
    };
  }, []);

  return (
    <div class="toasts" role="status">
      {toasts.value.map((toast) => (
        <ToastItem
          key={toast}
          toast={toast}
          onClose={() => remove(toast, toast.closed)}
          onUndo={() => remove(toast, toast.undo)}
        />
      ))}
    </div>
  );
}
