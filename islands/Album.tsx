import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import Icon from "../components/Icon.tsx";
import { chevronLeft, chevronRight } from "../components/icons.ts";

export interface AlbumProps {
  readonly count: number;
  /** The pictures, each a list item. */
  readonly children: ComponentChildren;
}

/**
 * Several pictures in one frame: a strip to swipe or scroll through, with or without script. Script
 * adds arrows, the keys of their name anywhere in the post, and dots.
 */
export default function Album({ count, children }: AlbumProps) {
  const strip = useRef<HTMLUListElement>(null);
  const index = useSignal(0);
  const announced = useSignal("");
  /** Where the strip is on its way to: what it passes meanwhile is not what is looked at. */
  const target = useRef<number | null>(null);

  function move(step: 1 | -1) {
    const next = index.value + step;
    const slide = strip.current!.children[next] as HTMLElement | undefined;
    if (slide === undefined) return;
    target.current = index.value = next;
    announced.value = `Picture ${next + 1} of ${count}`;
    strip.current!.scrollTo({ left: slide.offsetLeft });
  }

  function scrolled() {
    const { scrollLeft, clientWidth } = strip.current!;
    const at = Math.round(Math.abs(scrollLeft) / clientWidth);
    if (target.current !== null && target.current !== at) return;
    target.current = null;
    index.value = at;
    fetchNext();
  }

  /** Has the browser fetch the picture after this one, which lazy loading would leave for too late. */
  function fetchNext() {
    const next = strip.current!.children[index.value + 1];
    next?.querySelector(".picture-image")?.setAttribute("loading", "eager");
  }

  useEffect(() => {
    const post = strip.current!.closest("article")!;
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      move(event.key === "ArrowRight" ? 1 : -1);
    };
    post.addEventListener("keydown", pressed);
    return () => post.removeEventListener("keydown", pressed);
  }, []);

  const arrow = (step: 1 | -1, path: string, label: string) => (
    <button
      class={`album-arrow album-${step < 0 ? "previous" : "next"}`}
      type="button"
      aria-disabled={index.value + step < 0 || index.value + step >= count ? "true" : "false"}
      onClick={() => move(step)}
    >
      <Icon path={path} />
      <span class="visually-hidden">{label}</span>
    </button>
  );
  return (
    <div class="album" role="group" aria-label={`${count} pictures`}>
      <ul
        class="album-strip"
        onPointerEnter={fetchNext}
        tabIndex={0}
        aria-label="Pictures"
        ref={strip}
        onScroll={scrolled}
        onPointerDown={() => target.current = null}
      >
        {children}
      </ul>
      <div class="needs-script">
        {arrow(-1, chevronLeft, "Previous picture")}
        {arrow(1, chevronRight, "Next picture")}
        <p class="album-dots" aria-hidden="true">
          {Array.from(
            { length: count },
            (_, at) => <span key={at} class={at === index.value ? "album-dot-now" : ""} />,
          )}
        </p>
        <span class="visually-hidden" role="status">{announced.value}</span>
      </div>
    </div>
  );
}
