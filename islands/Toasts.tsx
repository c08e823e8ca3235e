import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { TOAST } from "../components/client/toast.ts";
import Icon from "../components/Icon.tsx";
import { close } from "../components/icons.ts";

export interface ToastsProps {
  /** What the server has to say about the last form, shown without script too. */
  readonly flash?: string | null;
}

interface Toast {
  readonly id: number;
  readonly message: string;
}

const SHOWN_MS = 7_000;

/** The corner where the page says what happened. */
export default function Toasts({ flash = null }: ToastsProps) {
  const toasts = useSignal<readonly Toast[]>(flash === null ? [] : [{ id: 0, message: flash }]);
  const dismiss = (id: number) => toasts.value = toasts.value.filter((toast) => toast.id !== id);

  useEffect(() => {
    let lastId = 0;
    const later = (id: number) => setTimeout(() => dismiss(id), SHOWN_MS);
    const add = (event: Event) => {
      const id = ++lastId;
      toasts.value = [...toasts.value, { id, message: (event as CustomEvent<string>).detail }];
      later(id);
    };
    if (flash !== null) later(0);
    addEventListener(TOAST, add);
    return () => removeEventListener(TOAST, add);
  }, []);

  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, message }) => (
        <div class="toast" key={id}>
          <p>{message}</p>
          <button
            class="icon-button"
            type="button"
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
          >
            <Icon path={close} />
          </button>
        </div>
      ))}
    </div>
  );
}
