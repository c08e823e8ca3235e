import type { ComponentChildren } from "preact";
import Meta, { type MetaProps } from "../../components/Meta.tsx";
import type { NavName } from "../../components/nav.ts";
import Shell, { type ShellProps } from "../../components/Shell.tsx";
import type { State } from "../../web/state.ts";

const NAV: readonly NavName[] = [
  "home",
  "search",
  "create",
  "messages",
  "notifications",
  "profile",
];

export interface PageProps extends Omit<MetaProps, "url"> {
  readonly state: Pick<State, "caller" | "livePosition" | "notice" | "publicUrl" | "unread">;
  readonly url: URL;
  readonly layout?: NonNullable<ShellProps["layout"]>;
  readonly children: ComponentChildren;
}

/** What every page has: its metadata, and the shell around its content. */
export default function Page({ state, url, layout = "column", children, ...meta }: PageProps) {
  return (
    <>
      <Meta {...meta} url={new URL(url.pathname + url.search, state.publicUrl)} />
      <Shell
        viewer={state.caller}
        path={url.pathname}
        nav={NAV}
        unread={state.unread}
        livePosition={state.livePosition}
        flash={state.notice}
        layout={layout}
      >
        {children}
      </Shell>
    </>
  );
}
