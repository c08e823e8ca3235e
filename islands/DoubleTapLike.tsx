import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import Icon from "../components/Icon.tsx";
import { heart } from "../components/icons.ts";

export interface DoubleTapLikeProps {
  /** The picture. */
  readonly children: ComponentChildren;
}

const DOUBLE_TAP_MS = 350;
const DOUBLE_TAP_PX = 30;

/**
 * Two taps on the picture press the like button of the same post, unless it is pressed already.
 * Counts clicks itself, since touch browsers do not agree on `dblclick`.
 */
export default function DoubleTapLike({ children }: DoubleTapLikeProps) {
  const last = useRef<{ at: number; x: number; y: number } | null>(null);
  const bursts = useSignal(0);

  function tapped(event: MouseEvent & { currentTarget: HTMLElement }) {
    if ((event.target as Element).closest("a, button, details")) return;
    const { timeStamp: at, clientX: x, clientY: y } = event;
    const previous = last.current;
    const isDouble = previous !== null && at - previous.at < DOUBLE_TAP_MS &&
      Math.hypot(x - previous.x, y - previous.y) < DOUBLE_TAP_PX;
    last.current = isDouble ? null : { at, x, y };
    if (!isDouble) return;
    bursts.value++;
    event.currentTarget.closest("article")
      ?.querySelector<HTMLButtonElement>('.like-button[aria-pressed="false"]')?.click();
  }

  return (
    <div class="double-tap" onClick={tapped}>
      {children}
      {bursts.value > 0 && (
        <span class="burst" key={bursts.value}>
          <Icon path={heart} />
        </span>
      )}
    </div>
  );
}
