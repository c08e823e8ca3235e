import type { ComponentChildren } from "preact";
import RelativeTimes from "../islands/RelativeTimes.tsx";
import Toasts from "../islands/Toasts.tsx";
import Masthead from "./Masthead.tsx";
import type { NavName } from "./nav.ts";
import Rail from "./Rail.tsx";
import type { Viewer } from "./viewer.ts";

export interface ShellProps {
  readonly viewer: Viewer | null;
  /** Path of the page. */
  readonly path: string;
  /** The places that the rail leads to. */
  readonly nav: readonly NavName[];
  /** What is unread, by place. */
  readonly counts?: Readonly<Partial<Record<NavName, number>>>;
  /** What to say about the form that led here. */
  readonly flash?: string | null;
  /** column: at most 630 px, for reading; wide: 935 px, for grids; full: the page sees to it. */
  readonly layout?: "column" | "wide" | "full";
  /** Beside the column where there is room for it. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** What is around every page: the content of `body`. */
export default function Shell(
  {
    viewer,
    path,
    nav,
    counts = {},
    flash = null,
    layout = "column",
    aside,
    children,
  }: ShellProps,
) {
  return (
    <>
      <a class="skip-link" href="#main">Skip to content</a>
      <div class={`shell ${viewer === null ? "shell-public" : "shell-member"}`}>
        {viewer === null
          ? <Masthead />
          : <Rail viewer={viewer} path={path} nav={nav} counts={counts} />}
        <main class={`main main-${layout}`} id="main" tabIndex={-1}>{children}</main>
        {aside && <aside class="aside">{aside}</aside>}
      </div>
      <Toasts flash={flash} />
      <RelativeTimes />
    </>
  );
}
