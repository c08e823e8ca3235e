import type { ComponentChildren } from "preact";
import Background from "../islands/Background.tsx";
import Toasts from "../islands/Toasts.tsx";
import { UnreadTitle } from "../islands/UnreadCounts.tsx";
import Masthead from "./Masthead.tsx";
import type { NavName } from "./nav.ts";
import Rail from "./Rail.tsx";
import ShortcutsDialog from "./ShortcutsDialog.tsx";
import type { Unread } from "./unread.ts";
import type { Viewer } from "./viewer.ts";

export interface ShellProps {
  readonly viewer: Viewer | null;
  /** Path of the page. */
  readonly path: string;
  /** The places that the rail leads to. */
  readonly nav: readonly NavName[];
  /** How much the viewer has not read. */
  readonly unread: Unread;
  /** The event from which on a member's page listens to what happens: it shows all before it. */
  readonly livePosition: number;
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
    unread,
    livePosition,
    flash = null,
    layout = "column",
    aside,
    children,
  }: ShellProps,
) {
  return (
    <>
      <a class="skip-link" href="#main">Skip to content</a>
      <div
        class={`shell ${viewer === null ? "shell-public" : "shell-member"}`}
        data-live={viewer === null ? undefined : livePosition}
      >
        {viewer === null
          ? <Masthead />
          : <Rail viewer={viewer} path={path} nav={nav} unread={unread} />}
        <main class={`main main-${layout}`} id="main" tabIndex={-1}>{children}</main>
        {aside && <aside class="aside">{aside}</aside>}
      </div>
      <Toasts flash={flash} />
      <ShortcutsDialog />
      <Background />
      {viewer !== null && <UnreadTitle {...unread} />}
    </>
  );
}
